/// Decides which SSRC a party's sound is made of, where more than one sends from its address.
///
/// Another SSRC may be the same party after a transfer, or a second sender beside it, and at first nobody can tell which.
/// So its packets are doubtful until the one before has been silent for a while, said goodbye, or gone on.
///
/// - Source: RFC 3550 §8.2, for what two sources of one SSRC are to each other; the rules are ours.
public struct SSRCLock: Hashable, Sendable {
    /// What becomes of a packet.
    public enum Judgement: Hashable, Sendable {
        /// It is the party's.
        case accepted
        /// It is known only later: keep it.
        case doubtful
        /// It is the party's, and so are those that were doubtful.
        case confirmed
        /// It is the party's, and those that were doubtful are not.
        case restored
        /// It is another sender's.
        case refused
    }

    /// The party's; nil before the first packet.
    public private(set) var ssrc: UInt32?

    /// When the party was last heard; nil where it said goodbye.
    private var lastHeard: MonotonicTime?
    private var rival: Rival?
    /// One that has sent beside the party.
    private var refused: UInt32?

    private struct Rival: Hashable {
        var ssrc: UInt32
        var since: MonotonicTime
        /// How often the party was heard again, past what may have been overtaken.
        var returns = 0
    }

    /// How long a sender that goes on is silent at most.
    private static let pause = Duration.milliseconds(100)
    /// By how much the last packets of one may come after the first of the next.
    private static let overtaking = Duration.milliseconds(60)
    /// How long the party must have been silent before a sender beside it takes its place.
    private let silence: Duration

    /// Nothing was heard.
    ///
    /// - Parameter silence: after which a sender is believed that was refused before.
    public init(silence: Duration = .seconds(2)) { self.silence = silence }

    /// Judges a packet.
    public mutating func judge(_ ssrc: UInt32, at time: MonotonicTime) -> Judgement {
        guard let known = self.ssrc, known != ssrc else { return self.hear(ssrc, at: time) }
        let silence = self.lastHeard.map { time - $0 }
        if ssrc == self.refused {
            if let silence, silence < self.silence { return .refused }
            return self.change(to: ssrc, at: time)
        }
        if let rival = self.rival, rival.ssrc != ssrc { return .refused }
        if let silence, silence < Self.pause {
            if self.rival == nil { self.rival = Rival(ssrc: ssrc, since: time) }
            return .doubtful
        }
        return self.change(to: ssrc, at: time)
    }

    /// Takes that a sender has said goodbye.
    public mutating func leave(_ ssrc: UInt32) {
        if ssrc == self.ssrc { self.lastHeard = nil }
        if ssrc == self.refused { self.refused = nil }
    }

    private mutating func hear(_ ssrc: UInt32, at time: MonotonicTime) -> Judgement {
        self.ssrc = ssrc
        self.lastHeard = time
        guard var rival = self.rival, time - rival.since >= Self.overtaking else { return .accepted }
        rival.returns += 1
        self.rival = rival
        guard rival.returns >= 2 else { return .accepted }
        (self.rival, self.refused) = (nil, rival.ssrc)
        return .restored
    }

    private mutating func change(to ssrc: UInt32, at time: MonotonicTime) -> Judgement {
        let isConfirmed = self.rival?.ssrc == ssrc
        (self.ssrc, self.lastHeard, self.rival, self.refused) = (ssrc, time, nil, nil)
        return isConfirmed ? .confirmed : .accepted
    }
}
