extension SIPSession {
    /// How far the session has come.
    enum Phase: Hashable, Sendable {
        /// Made, not begun. Exits: calling, ended.
        case fresh
        /// Our INVITE is out; whether anything has come back. Exits: cancelling, established, ended.
        case calling(isHeard: Bool)
        /// We want our INVITE back; whether CANCEL was sent. Exits: ending, ended.
        case cancelling(isSent: Bool)
        /// The peer's INVITE waits for our answer. Exits: accepted, ended.
        case ringing(SIPTransactionID)
        /// Our 2xx waits for its ACK; whether BYE is to follow. Exits: established, ending, ended.
        case accepted(thenEnds: Bool)
        /// Both sides agree. Exits: ending, ended.
        case established
        /// Our BYE is out. Exit: ended.
        case ending
        /// Over. What is still in the network is answered until the session is forgotten.
        case ended
    }

    /// The one offer and answer that may be under way.
    enum Exchange: Sendable {
        case none
        /// Our re-INVITE is out.
        case offering(sequence: UInt32, SIPBody?)
        /// The peer's 2xx had the offer; our ACK will have the answer.
        case owing(sequence: UInt32)
        /// The peer's re-INVITE or UPDATE waits for our answer.
        case offered(SIPTransactionID, SIPMessage)
        /// Our 2xx waits for its ACK.
        case unacknowledged(Unacknowledged)
    }

    struct Unacknowledged: Sendable {
        var sequence: UInt32
        var transaction: SIPTransactionID
        var response: SIPMessage
        var interval: Duration
    }

    /// What waits until it may be sent.
    enum Queued: Sendable {
        case offer(SIPBody?)
        case info(SIPBody, token: Int)
    }

    /// An offer that met the peer's and waits to be tried again.
    struct Glare: Sendable {
        var sequence: UInt32
        var offer: SIPBody?
    }

    struct Acknowledgement: Sendable {
        var sequence: UInt32
        var message: SIPMessage
        var destination: Endpoint
    }

    /// For what a request of ours was sent.
    enum Purpose: Hashable, Sendable {
        case invite(UInt32)
        case info(token: Int)
        case bye
        case cancel
        /// The answer does not matter.
        case farewell
    }

    /// What can happen to a session.
    enum Input: Sendable {
        case order(Order)
        /// A request other than ACK and CANCEL.
        case request(SIPMessage, SIPTransactionID)
        case acknowledged(SIPMessage)
        /// A CANCEL of a transaction that was not finally answered.
        case cancelled(SIPMessage, SIPTransactionID)
        case response(SIPMessage, Purpose)
        case unanswered(Purpose)
        case timerFired(Timer)
    }

    /// What a session asks its user agent for.
    enum Output: Sendable {
        /// Send a request in a transaction of its own.
        case request(SIPMessage, to: Endpoint, Purpose)
        /// Send an ACK, which has no transaction.
        case acknowledge(SIPMessage, to: Endpoint)
        case respond(SIPMessage, SIPTransactionID)
        case setTimer(Timer, after: Duration)
        case report(Report)
        case forget
    }

    /// What a session knows of its user agent.
    struct Context: Sendable {
        var localEndpoint: Endpoint
        var product: String
        var timers: SIPTimerValues
    }
}
