/// The transactions, dialogs and INVITE sessions of one box.
///
/// What the protocol decides alone is done here: retransmissions, 100 Trying, ACK, 481 for what belongs to no
/// dialog, 405 and 501 for methods that nobody handles, 400 for malformed requests, challenges and their answers. The
/// box hears of the rest.
///
/// Which wire a request takes – datagrams, TCP or TLS – stands in its top Via when it is handed out to be sent, and that
/// of a response in the response's: the transport follows it. A 503 that comes from our own endpoint is the transport's
/// word that it could not get a request to its peer.
///
/// - Source: RFC 3261 §8, §12-15, §17; RFC 3581; RFC 6026.
public struct SIPUserAgent: StateMachine {
    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// A message has come.
        case received(SIPMessage, from: Endpoint)
        /// A timer's time has come.
        case timerFired(SIPTimer)
        /// The box wants something of a session.
        case order(SIPSessionID, SIPSession.Order)
        /// The box sends a request outside dialogs that is no INVITE. It sets the URI, From, To and fields of its
        /// own; Via, Call-ID, CSeq, Max-Forwards and the tag of From are added where absent.
        case send(SIPMessage, to: Endpoint, as: SIPRequestID)
        /// The box answers a `.request`.
        case respond(SIPTransactionID, SIPMessage)
    }

    /// What is to be done.
    public enum Effect: Hashable, Sendable {
        /// Send a message.
        case send(SIPMessage, to: Endpoint)
        /// Bring the timer back after some time.
        case setTimer(SIPTimer, after: Duration)
        /// A session has something to tell.
        case session(SIPSessionID, SIPSession.Report)
        /// A request outside dialogs has come: REGISTER or OPTIONS. Answer it by `.respond`.
        case request(SIPMessage, from: Endpoint, SIPTransactionID)
        /// The final answer to a `.send`.
        case response(SIPMessage, SIPRequestID)
        /// A `.send` was not answered in time.
        case noResponse(SIPRequestID)
    }

    /// The methods that sessions handle by themselves or hand to the box, whatever the capabilities.
    public static let allowedMethods: [SIPMethod] = [.invite, .ack, .cancel, .bye, .info, .update, .options]
    /// The methods that are refused by 405, not by 501.
    static let knownMethods: Set<SIPMethod> = Set(
        Self.allowedMethods + [.register, .prack, .refer, .subscribe, .notify, .message, .publish])

    /// Answers challenges to our requests; nil leaves 401 and 407 to the box.
    public var credentials: SIPDigestClient?
    /// Challenges peers' requests; nil lets everybody in.
    public var challenger: SIPChallenger?
    /// From where on new requests are refused; nil takes all.
    public var overload: SIPOverloadLimit?

    let context: SIPSession.Context
    let streams: [SIPWire: Endpoint]
    var tokens: TokenGenerator
    var lastNumber: UInt64 = 0
    var lastSequence: UInt32 = 0
    var sessions: [SIPSessionID: SIPSession] = [:]
    var sessionNames: [SessionName: SIPSessionID] = [:]
    var clients: [SIPTransactionID: Client] = [:]
    var clientNames: [ClientName: SIPTransactionID] = [:]
    var servers: [SIPTransactionID: Server] = [:]
    var serverNames: [ServerName: SIPTransactionID] = [:]
    /// How the sessions' peers are reached; kept only where there is more than UDP.
    var flows: [SIPSessionID: Flow] = [:]
    /// Until when a peer is taken to have no TCP.
    var withoutConnections: [Endpoint: MonotonicTime] = [:]
    /// Until when a peer wants to be left alone.
    var resting: [Endpoint: MonotonicTime] = [:]

    /// A user agent without any session.
    ///
    /// - Parameters:
    ///   - localEndpoint: where peers reach us by UDP; it stands in Via and Contact.
    ///   - streams: where peers reach us by TCP and TLS; empty where there is UDP alone.
    ///   - seed: makes tags, branches and Call-IDs; two user agents in one network need different ones.
    ///   - product: the text of User-Agent and Server.
    ///   - capabilities: what the box can do beyond RFC 3261.
    public init(
        localEndpoint: Endpoint, streams: [SIPWire: Endpoint] = [:], seed: UInt64, product: String,
        timers: SIPTimerValues = SIPTimerValues(), capabilities: SIPCapabilities = SIPCapabilities()
    ) {
        self.streams = streams
        self.context = SIPSession.Context(
            localEndpoint: localEndpoint, product: product, timers: timers, capabilities: capabilities)
        self.tokens = TokenGenerator(seed: seed)
    }

    /// Makes the name of a session that we are about to start by `.invite`, or by `.refer`.
    public mutating func makeSession() -> SIPSessionID {
        self.adopt(SIPSession(context: self.context, seed: self.tokens.next()))
    }

    /// The dialog of a session: nil before there is one, and after the session was forgotten.
    public func dialog(of session: SIPSessionID) -> SIPDialog? { self.sessions[session]?.dialog }

    /// Whether nothing is kept any more: neither sessions nor transactions.
    package var isIdle: Bool { self.sessions.isEmpty && self.clients.isEmpty && self.servers.isEmpty }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        var effects: [Effect] = []
        switch event {
        case .received(let message, let source):
            if message.isRequest {
                self.receive(request: message, from: source, at: now, &effects)
            } else {
                self.receive(response: message, from: source, at: now, &effects)
            }
        case .timerFired(let timer):
            switch timer.owner {
            case .client(let id, let letter): self.drive(client: id, .timerFired(letter), at: now, &effects)
            case .server(let id, let letter): self.drive(server: id, .timerFired(letter), at: now, &effects)
            case .session(let id, let timer): self.drive(session: id, .timerFired(timer), at: now, &effects)
            }
        case .order(let session, let order):
            self.drive(session: session, .order(order), at: now, &effects)
        case .send(let message, let destination, let id):
            self.start(self.completed(message), to: destination, for: .box(id), at: now, &effects)
        case .respond(let id, var response):
            if response[.to]?.tag == nil, var to = response[.to] {
                to.tag = self.tokens.token()
                response[.to] = to
            }
            self.drive(server: id, .respond(response), at: now, &effects)
        }
        return effects
    }

    /// Adds what a request outside dialogs needs and the box has not set.
    private mutating func completed(_ request: SIPMessage) -> SIPMessage {
        var message = request
        message.prepend(SIPVia(self.context.localEndpoint, branch: SIPVia.newBranch(&self.tokens)), to: .via)
        if message[.maxForwards] == nil { message[.maxForwards] = 70 }
        if var from = message[.from], from.tag == nil {
            from.tag = self.tokens.token()
            message[.from] = from
        }
        if message[.callID] == nil { message[.callID] = "\(self.tokens.token())@\(self.context.localEndpoint.host)" }
        if message[.cseq] == nil {
            self.lastSequence += 1
            message[.cseq] = SIPCSeq(self.lastSequence, message.method)
        }
        if message[.userAgent] == nil { message[.userAgent] = SIPSoftware(rawValue: self.context.product) }
        return message
    }
}
