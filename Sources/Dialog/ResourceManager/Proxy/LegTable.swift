import SIP

/// Which conference is pinned to which media server, and which legs it has.
///
/// Only what cannot be read from a message is kept here. A leg that is not known is still routed by Route and
/// Request-URI, so a restart loses the pins of calls that are being set up, and nothing else.
struct LegTable: Sendable {
    /// A conference that has been placed.
    struct Pin: Hashable, Sendable {
        var server: Endpoint
        /// The id under which the media server and its files know the conference.
        var sessionID: String
        /// The Call-IDs of the legs that are not over.
        var legs: Set<String>
        var lastActivity: MonotonicTime
    }

    /// One party's dialog with the media server.
    struct Leg: Hashable, Sendable {
        enum State: Hashable, Sendable { case placed, established, over }

        var conference: String
        var server: Endpoint
        var client: Endpoint
        /// The From-tag of the INVITE: requests that carry it go to the media server, all others back.
        var clientTag: String?
        var state: State
        /// Tells a leg from a later one of the same Call-ID.
        var serial: UInt64
    }

    private(set) var pins: [String: Pin] = [:]
    private(set) var legs: [String: Leg] = [:]
    /// How many legs that are not over each media server has.
    private(set) var use: [Endpoint: Int] = [:]
    private var lastSerial: UInt64 = 0

    /// Pins a conference.
    mutating func pin(_ conference: String, to server: Endpoint, sessionID: String, at now: MonotonicTime) {
        self.pins[conference] = Pin(server: server, sessionID: sessionID, legs: [], lastActivity: now)
    }

    /// Adds a leg to a conference that is pinned.
    mutating func add(
        _ callID: String, of conference: String, from client: Endpoint, tag: String?, at now: MonotonicTime
    ) -> Leg? {
        guard var pin = self.pins[conference] else { return nil }
        self.end(callID)
        self.lastSerial += 1
        let leg = Leg(
            conference: conference, server: pin.server, client: client, clientTag: tag, state: .placed,
            serial: self.lastSerial)
        self.legs[callID] = leg
        self.use[pin.server, default: 0] += 1
        pin.legs.insert(callID)
        pin.lastActivity = now
        self.pins[conference] = pin
        return leg
    }

    /// Notes that something was said on a leg.
    mutating func touch(_ callID: String, at now: MonotonicTime) {
        guard let leg = self.legs[callID] else { return }
        self.pins[leg.conference]?.lastActivity = now
    }

    /// Notes that a leg stands.
    mutating func establish(_ callID: String) {
        guard self.legs[callID]?.state == .placed else { return }
        self.legs[callID]?.state = .established
    }

    /// Ends a leg; with the last one goes the pin. The way of the leg stays known until ``forget(_:serial:)``.
    ///
    /// - Returns: the leg, where it was not over already.
    @discardableResult
    mutating func end(_ callID: String) -> Leg? {
        guard let leg = self.legs[callID], leg.state != .over else { return nil }
        self.legs[callID]?.state = .over
        self.use[leg.server] = self.use[leg.server].flatMap { $0 > 1 ? $0 - 1 : nil }
        self.pins[leg.conference]?.legs.remove(callID)
        if self.pins[leg.conference]?.legs.isEmpty == true { self.pins[leg.conference] = nil }
        return leg
    }

    /// Ends a leg and forgets its way.
    mutating func forget(_ callID: String, serial: UInt64) {
        guard self.legs[callID]?.serial == serial else { return }
        self.end(callID)
        self.legs[callID] = nil
    }

    /// Drops a pin with all its legs.
    mutating func drop(_ conference: String) {
        for callID in self.pins[conference]?.legs ?? [] {
            guard let leg = self.legs[callID] else { continue }
            self.forget(callID, serial: leg.serial)
        }
        self.pins[conference] = nil
    }
}
