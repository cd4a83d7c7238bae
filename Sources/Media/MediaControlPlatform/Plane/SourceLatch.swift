import RTP

/// Decides from which address a party's media is taken.
///
/// The address of its SDP is the party's. Where that has sent nothing, the first that did is (a phone behind a translator
/// of addresses), and no other, but for the same address after a silence: the translator has chosen another port in the
/// midst of the call, or the phone has. An agreement on another address begins anew.
///
/// - Source: RFC 4961; RFC 7362 for the latching.
struct SourceLatch: Hashable, Sendable {
    /// From where media is taken; nil before the first packet.
    private(set) var latched: Endpoint?

    private var agreed: Endpoint?
    private var lastHeard = MonotonicTime.zero
    /// How long the party must have been silent before its address is listened to at another port.
    private let silence: Duration

    init(silence: Duration = .seconds(2)) { self.silence = silence }

    /// Takes where the party says that it is.
    mutating func agree(on endpoint: Endpoint?) {
        if endpoint != self.agreed { self.latched = nil }
        self.agreed = endpoint
    }

    /// Whether media from there is the party's.
    func accepts(_ source: Endpoint, at time: MonotonicTime) -> Bool {
        guard let latched = self.latched, source != latched, source != self.agreed else { return true }
        return source.withPort(0) == latched.withPort(0) && time - self.lastHeard >= self.silence
    }

    /// Notes who sends, after a packet from there was found to be the party's.
    mutating func latch(_ source: Endpoint, at time: MonotonicTime) {
        self.lastHeard = max(self.lastHeard, time)
        self.latched = source
    }
}
