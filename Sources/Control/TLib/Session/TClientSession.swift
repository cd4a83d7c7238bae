/// A T-Server as its client sees it: introduces the client, numbers requests, finds the request that an answer belongs
/// to, and watches over the connection.
///
/// Requests wait while there is no connection. When the link breaks, those that were sent fail; the session then
/// connects again, ever less eagerly, asks anew for all that it had asked for and that lasts, and reports the gap.
public struct TClientSession: StateMachine {
    /// Names a request of the client's host.
    public typealias Token = Int

    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// Connect and introduce the client.
        case start
        /// Ask the server for something; the token comes back with the answer.
        case request(TMessage, Token)
        /// Nobody waits for the answer any more.
        case forget(Token)
        /// A message came from the server, or `EventServerDisconnected` from the transport.
        case received(TMessage)
        /// A timer has run out.
        case timerFired(Timer)
        /// The client ends.
        case stop
    }

    /// What must be done.
    public enum Effect: Hashable, Sendable {
        /// Send to the server.
        case send(TMessage)
        /// Close the connection: nobody is there.
        case disconnect
        /// Start a timer.
        case setTimer(Timer, after: Duration)
        /// A request was answered.
        case answered(Token, TMessage)
        /// A request was refused, or no answer will come.
        case failed(Token, TError)
        /// Tell the host what the server says; answers are among it.
        case event(TMessage)
        /// Tell the host that events are missing.
        case gap(TGap)
    }

    /// What is waited for.
    public enum Timer: Hashable, Sendable {
        /// The answer to the request of this reference id.
        case answer(Int)
        /// The answer to `RequestRegisterClient`, number so many.
        case connection(Int)
        /// The moment to connect again, number so many.
        case reconnection(Int)
        /// The moment to look whether the server is there, on the connection number so many.
        case silence(Int)
    }

    /// How the connection stands.
    public enum State: Hashable, Sendable {
        /// Not started, or ended. Exits: connecting.
        case idle
        /// Has introduced itself and waits for the answer. Exits: connected, waiting, idle.
        case connecting
        /// The server knows the client. Exits: waiting, idle.
        case connected
        /// The link is broken; waits for the moment to connect again. Exits: connecting, idle.
        case waiting
    }

    /// How the connection stands.
    public private(set) var state = State.idle
    /// The DNs that the server has registered for this client.
    public var registered: Set<DN> { self.standing.registered }

    private let applicationName: String
    private let answerTimeout: Duration
    private let keepAlive: TKeepAlive?
    private var requests: TRequestBook
    private var standing = TStandingRequests()
    private var connectionReference: Int?
    private var attempt = 0
    private var failures = 0
    private var watch: TConnectionWatch?
    /// What is known so far of the gap that is not over yet.
    private var gap: TGap?
    private var answersQueries = true

    /// A session that has not been started.
    ///
    /// - Parameters:
    ///   - applicationName: how the client introduces itself, `AttributeApplicationName`.
    ///   - answerTimeout: how long to wait for an answer, the wait for a connection included.
    ///   - keepAlive: how to watch over the connection; nil to rely on the transport alone.
    public init(
        applicationName: String = "call-recording", answerTimeout: Duration = .seconds(10), keepAlive: TKeepAlive? = nil
    ) {
        self.init(
            applicationName: applicationName, answerTimeout: answerTimeout, keepAlive: keepAlive, lastReference: 0)
    }

    package init(applicationName: String, answerTimeout: Duration, keepAlive: TKeepAlive?, lastReference: Int) {
        (self.applicationName, self.answerTimeout) = (applicationName, answerTimeout)
        (self.keepAlive, self.requests) = (keepAlive, TRequestBook(lastReference: lastReference))
    }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .start:
            return self.state == .idle ? self.connect() : []
        case .request(let message, let token):
            return self.request(message, token)
        case .forget(let token):
            self.requests.forget(token)
            return []
        case .received(let message):
            return message.type == .eventServerDisconnected ? self.lose(at: now) : self.receive(message, at: now)
        case .timerFired(let timer):
            return self.fire(timer, at: now)
        case .stop:
            (self.state, self.watch, self.gap) = (.idle, nil, nil)
            self.standing = TStandingRequests()
            let error = TError(.closed, "The T-Library client has ended")
            return self.requests.removeAll().map { .failed($0, error) }
        }
    }

    // MARK: - The connection

    private mutating func connect() -> [Effect] {
        self.state = .connecting
        self.attempt += 1
        var message = TMessage(.requestRegisterClient)
        let reference = self.requests.nextReference()
        message[.referenceID] = reference
        message[.applicationName] = self.applicationName
        message[.keepAliveTimeout] = self.keepAlive?.remoteTimeout.map { Int(clamping: $0.milliseconds) }
        self.connectionReference = reference
        return [.send(message), .setTimer(.connection(self.attempt), after: self.answerTimeout)]
    }

    /// The server knows the client: asks for what lasts, then sends what has waited.
    private mutating func open(at now: MonotonicTime) -> [Effect] {
        (self.state, self.failures) = (.connected, 0)
        var effects: [Effect] = []
        if let keepAlive = self.keepAlive {
            self.watch = TConnectionWatch(timeout: keepAlive.localTimeout, at: now)
            effects.append(.setTimer(.silence(self.attempt), after: keepAlive.localTimeout))
        }
        for message in self.standing.messages {
            let reference = self.requests.add(message, of: .session)
            effects.append(.setTimer(.answer(reference), after: self.answerTimeout))
            effects += self.dispatch(reference)
        }
        for reference in self.requests.waiting { effects += self.dispatch(reference) }
        return effects + self.closeGap(at: now)
    }

    /// The link broke.
    private mutating func lose(at now: MonotonicTime) -> [Effect] {
        guard self.state == .connected || self.state == .connecting else { return [] }
        return [.event(TMessage(.eventServerDisconnected))] + self.retreat(at: now)
    }

    private mutating func retreat(at now: MonotonicTime) -> [Effect] {
        if self.state == .connected {
            let began = self.gap?.began ?? now
            self.gap = TGap(began: began, ended: now)
        }
        (self.state, self.watch, self.connectionReference) = (.waiting, nil, nil)
        self.failures += 1
        let error = TError(.disconnected, "The connection to the T-Server broke before its answer came")
        let delay = Duration.seconds(min(30, 1 << min(5, self.failures - 1)))
        return self.requests.removeSent().map { .failed($0, error) }
            + [.setTimer(.reconnection(self.attempt), after: delay)]
    }

    // MARK: - Requests and answers

    private mutating func request(_ message: TMessage, _ token: Token) -> [Effect] {
        let reference = self.requests.add(message, of: .host(token))
        let timer = Effect.setTimer(.answer(reference), after: self.answerTimeout)
        return self.state == .connected ? [timer] + self.dispatch(reference) : [timer]
    }

    private mutating func dispatch(_ reference: Int) -> [Effect] {
        self.requests.send(reference).map { [.send($0)] } ?? []
    }

    private mutating func receive(_ message: TMessage, at now: MonotonicTime) -> [Effect] {
        self.watch?.hear(at: now)
        switch message.type {
        case .keepAlivePoll: return self.traced(message) + [.send(TMessage(.keepAliveAnswer))]
        case .keepAliveAnswer: return self.traced(message)
        default: break
        }
        if self.state == .connecting, let effects = self.introduced(by: message, at: now) {
            return [.event(message)] + effects
        }
        guard let reference = message[.referenceID], let request = self.requests.remove(reference) else {
            return [.event(message)]
        }
        self.standing.note(request.message, answeredBy: message.type)
        switch request.owner {
        case .host(let token) where message.type == .eventError:
            return [.event(message), .failed(token, TError(refusal: message))]
        case .host(let token):
            return [.event(message), .answered(token, message)]
        case .session:
            let error = message.type == .eventError ? TError(refusal: message) : nil
            return [.event(message)] + self.restored(request.message, message, error) + self.closeGap(at: now)
        }
    }

    private func traced(_ message: TMessage) -> [Effect] { self.keepAlive?.isTraced == true ? [.event(message)] : [] }

    /// What follows from the answer to the introduction; nil where the message is none.
    private mutating func introduced(by message: TMessage, at now: MonotonicTime) -> [Effect]? {
        if message.type == .eventError, message[.errorCode] == .incorrectProtocolVersion {
            // Waiting longer does not help those who wait.
            let error = TError(refusal: message)
            return self.requests.removeAll().map { .failed($0, error) } + [.disconnect] + self.retreat(at: now)
        }
        guard let reference = message[.referenceID], reference == self.connectionReference else { return nil }
        self.connectionReference = nil
        return message.type == .eventError ? [.disconnect] + self.retreat(at: now) : self.open(at: now)
    }

    private mutating func fire(_ timer: Timer, at now: MonotonicTime) -> [Effect] {
        switch timer {
        case .answer(let reference):
            guard let request = self.requests.remove(reference) else { return [] }
            let error = TError(
                .timedOut, "The T-Server did not answer \(request.message.type) in \(self.answerTimeout)")
            switch request.owner {
            case .host(let token): return [.failed(token, error)]
            case .session: return self.restored(request.message, nil, error) + self.closeGap(at: now)
            }
        case .connection(let attempt):
            guard attempt == self.attempt, self.state == .connecting else { return [] }
            return [.disconnect] + self.retreat(at: now)
        case .reconnection(let attempt):
            return attempt == self.attempt && self.state == .waiting ? self.connect() : []
        case .silence(let attempt):
            guard attempt == self.attempt, self.state == .connected else { return [] }
            return self.look(at: now)
        }
    }

    private mutating func look(at now: MonotonicTime) -> [Effect] {
        let again = Timer.silence(self.attempt)
        switch self.watch?.fire(at: now) {
        case .wait(let rest): return [.setTimer(again, after: rest)]
        case .poll:
            let poll = TMessage(.keepAlivePoll)
            return self.traced(poll) + [.send(poll), .setTimer(again, after: self.watch?.timeout ?? .zero)]
        case .giveUp: return [.disconnect] + self.lose(at: now)
        case nil: return []
        }
    }

    // MARK: - The gap

    /// A request that lasts was repeated, or an address was asked after.
    private mutating func restored(_ request: TMessage, _ answer: TMessage?, _ error: TError?) -> [Effect] {
        guard let dn = request[.thisDN] else { return [] }
        switch (request.type, error) {
        case (.requestRegisterAddress, nil):
            self.gap?.registered.append(dn)
            guard self.gap != nil, self.answersQueries else { return [] }
            let query = TQueryAddress(queue: nil, dn: dn, addressType: request[.addressType] ?? .dn).message
            let reference = self.requests.add(query, of: .session)
            return [.setTimer(.answer(reference), after: self.answerTimeout)] + self.dispatch(reference)
        case (.requestRegisterAddress, let error?):
            // What was not answered may well be registered, and is asked for again on the next connection.
            if case .refused = error.code { self.standing.remove(request) }
            self.gap?.lost[dn] = error
        case (.requestQueryAddress, nil):
            if let answer { self.gap?.addresses.append(answer) }
        case (.requestQueryAddress, let error?):
            // The others would be refused as well.
            if error.code == .refused(.unsupportedOperation) { self.answersQueries = false }
        default: break
        }
        return []
    }

    /// The gap is over when nothing of the session's own is under way.
    private mutating func closeGap(at now: MonotonicTime) -> [Effect] {
        guard self.state == .connected, var gap = self.gap, !self.requests.hasOwn else { return [] }
        self.gap = nil
        gap.ended = now
        return [.gap(gap)]
    }
}
