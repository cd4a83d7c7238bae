/// What a transaction asks for. The same for all four kinds.
public enum SIPTransactionEffect: Hashable, Sendable {
    /// Send a message: of a client to the server, of a server to the client.
    case send(SIPMessage)
    /// Hand a message up: a response that has come, or the ACK of a 2xx.
    case deliver(SIPMessage)
    /// Bring the timer back after some time.
    case setTimer(SIPTransactionTimer, after: Duration)
    /// The peer has not answered in time.
    case timeOut
    /// The transaction is over and can be forgotten.
    case terminate
}

/// What can happen to a transaction that this side started.
public enum SIPClientTransactionEvent: Hashable, Sendable {
    /// It begins: send the request.
    case start
    /// A response has come.
    case received(SIPMessage)
    /// A timer's time has come.
    case timerFired(SIPTransactionTimer)
}

/// What can happen to a transaction that the peer started.
public enum SIPServerTransactionEvent: Hashable, Sendable {
    /// The request has come again, or an ACK.
    case received(SIPMessage)
    /// This side answers.
    case respond(SIPMessage)
    /// A timer's time has come.
    case timerFired(SIPTransactionTimer)
}
