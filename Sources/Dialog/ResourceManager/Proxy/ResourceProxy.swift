public import SIP

/// The proxy in front of the media servers: places the legs of a recording on one of them, and stays in their way.
///
/// It keeps no transactions: a retransmission is carried again, under the same branch. What it keeps is which
/// conference is pinned to which media server, so that all legs of one recording meet there.
///
/// - Source: RFC 3261 §16.11 (stateless proxy), §16.3-16.7; GIR Solution Guide, "Agent Recording", step 3.
public struct ResourceProxy: StateMachine {
    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// A message has come.
        case sip(SIPMessage, from: Endpoint)
        /// A timer's time has come.
        case timerFired(Timer)
    }

    /// What is to be done.
    public enum Effect: Hashable, Sendable {
        /// Send a message.
        case sendSIP(SIPMessage, to: Endpoint)
        /// Bring the timer back after some time.
        case setTimer(Timer, after: Duration)
        /// Tell whoever watches.
        case report(CallReport)
    }

    /// A timer of the proxy.
    public struct Timer: Hashable, Sendable {
        enum Purpose: Hashable, Sendable {
            /// No final answer to the INVITE of a leg came.
            case unanswered(callID: String, serial: UInt64)
            /// A leg is over, and its last messages can no longer come.
            case over(callID: String, serial: UInt64)
            /// A pin has grown old.
            case aged(conference: String, sessionID: String)
        }

        let purpose: Purpose
    }

    /// How long things are remembered.
    enum Patience {
        /// How long an INVITE may go without a final answer. - Source: RFC 3261 §16.6, timer C.
        static let unanswered = Duration.seconds(185)
        /// How long the way of an ended leg is kept for retransmissions. - Source: RFC 3261 §17, 64 × T1.
        static let over = Duration.seconds(32)
        /// How long nothing may be said in a conference.
        static let aged = Duration.seconds(86_400)
    }

    let endpoint: Endpoint
    let configuration: SwitchConfiguration
    let mediaServers: [MediaResource]
    /// The user part of our Record-Route.
    let instance: String
    var selection: any MediaResourceSelection
    var tokens: TokenGenerator
    var table = LegTable()

    /// A proxy without any leg.
    ///
    /// - Parameters:
    ///   - mediaServers: where legs can be placed, in order of preference among equals.
    ///   - configuration: whose recordings are served, and with which profile.
    ///   - endpoint: where peers reach us; it stands in Via and Record-Route.
    ///   - seed: makes session ids.
    public init(
        mediaServers: [MediaResource], configuration: SwitchConfiguration, endpoint: Endpoint, seed: UInt64,
        selection: any MediaResourceSelection = LeastUsed()
    ) {
        (self.mediaServers, self.configuration, self.endpoint) = (mediaServers, configuration, endpoint)
        self.selection = selection
        self.tokens = TokenGenerator(seed: seed)
        self.instance = "0x" + self.tokens.token().prefix(8)
    }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .sip(let message, let source):
            message.isRequest ? self.request(message, from: source, at: now) : self.response(message, at: now)
        case .timerFired(let timer): self.fired(timer, at: now)
        }
    }

    /// The media server that a conference is pinned to.
    public func mediaServer(of conference: String) -> Endpoint? { self.table.pins[conference]?.server }

    private mutating func fired(_ timer: Timer, at now: MonotonicTime) -> [Effect] {
        switch timer.purpose {
        case .unanswered(let callID, let serial):
            guard let leg = self.table.legs[callID], leg.serial == serial, leg.state == .placed else { return [] }
            self.table.forget(callID, serial: serial)
            return [
                .report(
                    .warning, "leg.unanswered", "media server \(leg.server) never answered",
                    ["conference": leg.conference])
            ]
        case .over(let callID, let serial):
            self.table.forget(callID, serial: serial)
            return []
        case .aged(let conference, let sessionID):
            guard let pin = self.table.pins[conference], pin.sessionID == sessionID else { return [] }
            let left = Patience.aged - (now - pin.lastActivity)
            if left > .zero { return [.setTimer(timer, after: left)] }
            self.table.drop(conference)
            return [
                .report(
                    .warning, "conference.aged", "nothing was said for \(Patience.aged); the pin is dropped",
                    ["conference": conference])
            ]
        }
    }
}

extension ResourceProxy.Effect {
    /// A report of this box.
    static func report(
        _ level: CallReport.Level, _ name: String, _ message: String, _ metadata: [String: String] = [:]
    ) -> Self {
        .report(CallReport(level, "ResourceManager", name, message, metadata))
    }
}
