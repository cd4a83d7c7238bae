extension SIPSession {
    /// How far the session has come.
    enum Phase: Hashable, Sendable {
        /// Made, not begun. Exits: calling, referring, ended.
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
        /// There is no call: a REFER outside one has made the dialog, or is to make it. Exit: ended.
        case referring
        /// Our BYE is out. Exit: ended.
        case ending
        /// Over. What is still in the network is answered until the session is forgotten.
        case ended
    }

    /// The one offer and answer that may be under way.
    enum Exchange: Sendable {
        case none
        /// Our offer is out, in a request of ours.
        case offering(Offer)
        /// The peer's 2xx had the offer; our ACK will have the answer.
        case owing(sequence: UInt32)
        /// The peer's provisional response had the offer; our PRACK will have the answer.
        case owingProvisional(SIPRAck)
        /// The peer's re-INVITE, UPDATE or PRACK waits for our answer.
        case offered(SIPTransactionID, SIPMessage)
        /// Our 2xx waits for its ACK.
        case unacknowledged(Unacknowledged)
    }

    /// An offer of ours that waits for its answer.
    struct Offer: Sendable {
        /// The number of the request that has it.
        var sequence: UInt32
        /// What is sent again where the peer was offering too.
        var item: Queued
        /// What is offered; nil asks for the peer's offer.
        var body: SIPBody?
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
        case update(SIPBody?)
        case info(SIPBody, token: Int, package: String?)
        case refer(SIPReferral, token: Int)
        /// News of a REFER of the peer; with a reason, the last.
        case notify(SIPTransactionID, SIPStatus, reason: String?)
        /// The session timer asks for a sign of life; the number is that of its round.
        case refresh(Int)

        /// Whether it offers nothing new, so that the box need not hear of the answer.
        var isSignOfLife: Bool {
            switch self {
            case .refresh, .update(nil): true
            case .offer, .update, .info, .refer, .notify: false
            }
        }
    }

    /// An offer that met the peer's and waits to be tried again.
    struct Glare: Sendable {
        var sequence: UInt32
        var item: Queued
    }

    struct Acknowledgement: Sendable {
        var sequence: UInt32
        var message: SIPMessage
        var destination: Endpoint
    }

    /// What is known of one dialog. Where a call is forked, each branch that answers has its own.
    struct Branch: Sendable {
        var dialog: SIPDialog?
        var exchange = Exchange.none
        /// Whether the offer and the answer that begin the session have both gone out reliably.
        var isAgreed = false
        /// The number of the peer's last reliable provisional response.
        var lastReliable: UInt32?
        /// The methods that the peer takes.
        var peerMethods: [SIPMethod] = []
        /// The Info Packages that the peer takes.
        var peerPackages: [String] = []
        /// The descriptions that stand.
        var local: SIPBody?
        var remote: SIPBody?
    }

    /// For what a request of ours was sent.
    enum Purpose: Hashable, Sendable {
        case invite(UInt32)
        case update(UInt32)
        case prack(UInt32)
        case info(token: Int)
        case refer(UInt32)
        case notify(SIPTransactionID)
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
        /// End another session: this one takes its place.
        case end(SIPSessionID)
        case forget
    }

    /// What a session knows of its user agent.
    struct Context: Sendable {
        var localEndpoint: Endpoint
        var product: String
        var timers: SIPTimerValues
        var capabilities: SIPCapabilities
    }
}
