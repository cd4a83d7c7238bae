internal import MSML
public import RecordingControl
public import RecordingStorage
public import SIP
public import TLib

/// All of SIP Server but its sockets: registrar, calls between two devices, the media dialog of each recorded call,
/// the T-Server, and the call history.
///
/// - Source: GIR Solution Guide, "How Recording Works", Overview, steps 1, 2 and 4.
public struct CallControl: StateMachine {
    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// A SIP message has come: from a phone, or from the Resource Manager.
        case sip(SIPMessage, from: Endpoint)
        /// A T-Library message has come from a client.
        case tLibrary(TMessage, from: Endpoint)
        /// A timer's time has come.
        case timerFired(Timer)
        /// Take no new calls, end those that stand, and say when it is done.
        case shutDown
    }

    /// What is to be done.
    public enum Effect: Hashable, Sendable {
        /// Send a SIP message.
        case sendSIP(SIPMessage, to: Endpoint)
        /// Send a T-Library message to a client; `EventServerDisconnected` closes the connection to it.
        case sendTLibrary(TMessage, to: Endpoint)
        /// Bring the timer back after some time.
        case setTimer(Timer, after: Duration)
        /// Add to the call history; the order matters.
        case appendHistory(CallHistoryEntry)
        /// Tell observers.
        case report(CallReport)
        /// All calls have ended after `.shutDown`.
        case finished
    }

    /// A timer; those that no longer matter are ignored.
    public struct Timer: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case sip(SIPTimer)
            case media(ConnID, conference: String, MediaDialog.Timer)
            case client(Endpoint, TServerSession.Timer)
            /// Phones that do not answer must not hold up the end.
            case shutDown
        }

        let kind: Kind
    }

    /// What a SIP session is for.
    enum SessionUse: Hashable, Sendable {
        case party(ConnID, Call.Role)
        case leg(ConnID, Call.Role)
    }

    static let box = "SIPServer"

    let configuration: SwitchConfiguration
    let sipEndpoint: Endpoint
    let resourceManager: Endpoint
    let epoch: WallTime
    let policy: any RecordingPolicy
    let recordingName: RecordingName

    var userAgent: SIPUserAgent
    var tokens: TokenGenerator
    var registrar = Registrar()
    var tServer: TServer
    var calls: [ConnID: Call] = [:]
    var sessions: [SIPSessionID: SessionUse] = [:]
    /// INFO of a phone that was passed to the other: who waits for the answer.
    var passedInfo: [Int: PassedInfo] = [:]
    var lastInfoToken = 0
    var lastCallID = 0
    var isShuttingDown = false
    var hasFinished = false

    /// The moment of the event that is being taken.
    var now = MonotonicTime.zero
    /// What the event has brought about so far.
    var effects: [Effect] = []
    /// What the user agent wants and was not yet given.
    var wanted: [SIPUserAgent.Effect] = []

    /// A switch without calls.
    ///
    /// - Parameters:
    ///   - sipEndpoint: where phones and the Resource Manager reach us by UDP.
    ///   - streams: where phones reach us by TCP and TLS.
    ///   - resourceManager: through whom media servers are reached.
    ///   - epoch: the date of the clock's beginning.
    ///   - seed: makes the names that must not repeat.
    ///   - policy: who is recorded; nil for the options of the DNs.
    /// - Throws: where the configuration cannot be used.
    public init(
        configuration: SwitchConfiguration, sipEndpoint: Endpoint, streams: [SIPWire: Endpoint] = [:],
        resourceManager: Endpoint, epoch: WallTime, seed: UInt64, policy: (any RecordingPolicy)? = nil
    ) throws(ConfigurationError) {
        (self.configuration, self.sipEndpoint) = (configuration, sipEndpoint)
        (self.resourceManager, self.epoch) = (resourceManager, epoch)
        self.policy = policy ?? DNOptionsPolicy(configuration.dns)
        self.recordingName = try RecordingName(template: configuration.recordingFilename)
        self.tokens = TokenGenerator(seed: seed)
        self.userAgent = SIPUserAgent(
            localEndpoint: sipEndpoint, streams: streams, seed: self.tokens.next(),
            product: configuration.applicationName)
        self.tServer = TServer(epoch: epoch)
    }

    /// How many calls stand.
    public var callCount: Int { self.calls.count }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        self.now = now
        switch event {
        case .sip(let message, let peer): self.want(.received(message, from: peer))
        case .tLibrary(let message, let client): self.tLibrary(message, from: client)
        case .timerFired(let timer): self.timerFired(timer)
        case .shutDown: self.shutDown()
        }
        self.settle()
        if self.isShuttingDown, self.calls.isEmpty, self.sessions.isEmpty { self.finish() }
        defer { self.effects = [] }
        return self.effects
    }

    /// The date of the event that is being taken.
    var wallTime: WallTime { WallTime(epoch: self.epoch, moment: self.now) }

    private mutating func timerFired(_ timer: Timer) {
        switch timer.kind {
        case .sip(let timer): self.want(.timerFired(timer))
        case .media(let connID, let conference, let timer):
            if self.calls[connID]?.recording.conference == conference { self.media(.timerFired(timer), of: connID) }
        case .client(let client, let timer): self.tLibrary(.timerFired(timer), of: client)
        case .shutDown:
            if self.isShuttingDown { self.finish() }
        }
    }
}

// MARK: - The user agent

extension CallControl {
    /// Tells the user agent something; what it wants in return waits for its turn.
    mutating func want(_ event: SIPUserAgent.Event) {
        self.wanted += self.userAgent.handle(event, at: self.now)
    }

    mutating func order(_ session: SIPSessionID?, _ order: SIPSession.Order) {
        guard let session else { return }
        self.want(.order(session, order))
    }

    /// Gives the user agent what it wants, in the order in which it wanted it.
    private mutating func settle() {
        var next = 0
        while next < self.wanted.count {
            let effect = self.wanted[next]
            next += 1
            switch effect {
            case .send(let message, let peer): self.effects.append(.sendSIP(message, to: peer))
            case .setTimer(let timer, let delay):
                self.effects.append(.setTimer(Timer(kind: .sip(timer)), after: delay))
            case .session(let session, let report): self.session(session, report)
            case .request(let message, let peer, let transaction): self.request(message, from: peer, transaction)
            case .response, .noResponse: break
            }
        }
        self.wanted = []
    }

    private mutating func session(_ session: SIPSessionID, _ report: SIPSession.Report) {
        if case .invited(let invite) = report { return self.invited(session, invite) }
        guard let use = self.sessions[session] else { return }
        switch report {
        case .rejected, .ended:
            self.sessions[session] = nil
            if !self.passedInfo.isEmpty { self.passedInfo = self.passedInfo.filter { $0.value.session != session } }
        default: break
        }
        switch use {
        case .party(let connID, let role): self.party(role, of: connID, session, report)
        case .leg(let connID, let side): self.leg(side, of: connID, session, report)
        }
    }

    /// Requests outside dialogs.
    private mutating func request(_ message: SIPMessage, from peer: Endpoint, _ transaction: SIPTransactionID) {
        switch message.method {
        case .register: self.register(message, from: peer, transaction)
        case .options:
            var answer = SIPMessage(response: .ok, to: message, tag: self.tokens.token())
            answer.setAll(Self.allowedMethods, for: .allow)
            self.want(.respond(transaction, answer))
        default:
            var answer = SIPMessage(response: .methodNotAllowed, to: message, tag: self.tokens.token())
            answer.setAll(Self.allowedMethods, for: .allow)
            self.want(.respond(transaction, answer))
        }
    }

    private static let allowedMethods: [SIPMethod] = SIPUserAgent.allowedMethods + [.register]
}

// MARK: - The end

extension CallControl {
    /// How long phones and media servers have to confirm the end of their calls.
    private static let patience = Duration.seconds(4)

    private mutating func shutDown() {
        guard !self.isShuttingDown else { return }
        self.isShuttingDown = true
        for connID in self.calls.keys.sorted(by: { $0.rawValue < $1.rawValue }) { self.end(connID, by: nil) }
        self.effects.append(.setTimer(Timer(kind: .shutDown), after: Self.patience))
    }

    private mutating func finish() {
        guard !self.hasFinished else { return }
        self.hasFinished = true
        self.effects.append(.finished)
    }
}

// MARK: - Reports

extension CallControl {
    mutating func report(
        _ level: CallReport.Level, _ name: String, _ message: String, _ metadata: [String: String] = [:]
    ) {
        self.effects.append(.report(CallReport(level, Self.box, name, message, metadata)))
    }

    mutating func report(_ level: CallReport.Level, _ name: String, _ message: String, about call: Call) {
        self.report(
            level, name, message,
            [
                "callUUID": call.callUUID.rawValue, "connID": call.connID.description, "ani": call.ani.rawValue,
                "dnis": call.dnis.rawValue,
            ])
    }

    mutating func history(_ kind: CallHistoryEntry.Kind, of call: CallUUID) {
        self.effects.append(.appendHistory(CallHistoryEntry(callUUID: call, time: self.wallTime, kind: kind)))
    }
}
