/// The transactions, dialogs and INVITE sessions of one box, over an unreliable transport.
///
/// What the protocol decides alone is done here: retransmissions, 100 Trying, ACK, 481 for what belongs to no
/// dialog, 405 and 501 for methods that nobody handles, 400 for malformed requests. The box hears of the rest.
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

    let localEndpoint: Endpoint
    let product: String
    let timers: SIPTimerValues
    var tokens: TokenGenerator
    var lastNumber: UInt64 = 0

    /// A user agent without any session.
    ///
    /// - Parameters:
    ///   - localEndpoint: where peers reach us; it stands in Via and Contact.
    ///   - seed: makes tags, branches and Call-IDs; two user agents in one network need different ones.
    ///   - product: the text of User-Agent and Server.
    public init(localEndpoint: Endpoint, seed: UInt64, product: String, timers: SIPTimerValues = SIPTimerValues()) {
        (self.localEndpoint, self.product, self.timers) = (localEndpoint, product, timers)
        self.tokens = TokenGenerator(seed: seed)
    }

    /// Makes the name of a session that we are about to start by `.invite`.
    public mutating func makeSession() -> SIPSessionID {
        self.lastNumber += 1
        return SIPSessionID(number: self.lastNumber)
    }

    /// The dialog of a session: nil before there is one, and after the session was forgotten.
    public func dialog(of session: SIPSessionID) -> SIPDialog? { nil }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] { [] }
}
