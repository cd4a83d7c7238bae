/// A T-Server as its client sees it: introduces the client, numbers requests, and finds the request that an answer
/// belongs to.
///
/// Requests wait while there is no connection. When the link breaks, those that were sent fail; the session then
/// connects again, ever less eagerly, and registers its DNs anew.
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
        /// Start a timer.
        case setTimer(Timer, after: Duration)
        /// A request was answered.
        case answered(Token, TMessage)
        /// A request was refused, or no answer will come.
        case failed(Token, TError)
        /// Tell the host what the server says; answers are among it.
        case event(TMessage)
    }

    /// What is waited for.
    public enum Timer: Hashable, Sendable {
        /// The answer to the request of a token.
        case answer(Token)
        /// The answer to `RequestRegisterClient`, number so many.
        case connection(Int)
        /// The moment to connect again, number so many.
        case reconnection(Int)
    }

    /// How the connection stands.
    public enum State: Hashable, Sendable {
        /// Not asked for yet, or ended. Exits: connecting.
        case idle
        /// `RequestRegisterClient` has been sent. Exits: connected, waiting, idle.
        case connecting
        /// The server knows the client. Exits: waiting, idle.
        case connected
        /// The link is broken; waits for the moment to connect again. Exits: connecting, idle.
        case waiting
    }

    private struct Pending: Hashable, Sendable {
        var message: TMessage
        /// nil while it waits for a connection.
        var reference: Int?
    }

    /// How the connection stands.
    public private(set) var state = State.idle
    /// The DNs that the server has registered for this client.
    public private(set) var registered: Set<DN> = []

    private let applicationName: String
    private let answerTimeout: Duration
    private var pending: [Token: Pending] = [:]
    private var tokens: [Int: Token] = [:]
    private var lastReference = 0
    private var connectionReference: Int?
    private var attempt = 0
    private var failures = 0

    /// A session that has not been started.
    ///
    /// - Parameters:
    ///   - applicationName: how the client introduces itself, `AttributeApplicationName`.
    ///   - answerTimeout: how long to wait for an answer, the wait for a connection included.
    public init(applicationName: String = "call-recording", answerTimeout: Duration = .seconds(10)) {
        (self.applicationName, self.answerTimeout) = (applicationName, answerTimeout)
    }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .start:
            return self.state == .idle ? self.connect() : []
        case .request(let message, let token):
            return self.request(message, token)
        case .forget(let token):
            self.remove(token)
            return []
        case .received(let message):
            return message.type == .eventServerDisconnected ? self.lose(message) : self.receive(message)
        case .timerFired(let timer):
            return self.fire(timer)
        case .stop:
            self.state = .idle
            self.registered = []
            return self.failAll(TError(.closed, "The T-Library client has ended"))
        }
    }

    private mutating func connect() -> [Effect] {
        self.state = .connecting
        self.attempt += 1
        var message = TMessage(.requestRegisterClient)
        let reference = self.nextReference()
        message[.referenceID] = reference
        message[.applicationName] = self.applicationName
        self.connectionReference = reference
        return [.send(message), .setTimer(.connection(self.attempt), after: self.answerTimeout)]
    }

    private mutating func request(_ message: TMessage, _ token: Token) -> [Effect] {
        self.pending[token] = Pending(message: message, reference: nil)
        let timer = Effect.setTimer(.answer(token), after: self.answerTimeout)
        return self.state == .connected ? [timer, self.dispatch(message, token)] : [timer]
    }

    private mutating func dispatch(_ message: TMessage, _ token: Token) -> Effect {
        var message = message
        let reference = self.nextReference()
        message[.referenceID] = reference
        self.pending[token]?.reference = reference
        self.tokens[reference] = token
        return .send(message)
    }

    private mutating func receive(_ message: TMessage) -> [Effect] {
        var effects: [Effect] = []
        if let reference = message[.referenceID] {
            if reference == self.connectionReference, self.state == .connecting {
                self.connectionReference = nil
                if message.type == .eventError { return [.event(message)] + self.retreat() }
                effects += self.open()
            } else if let token = self.tokens[reference], let request = self.pending[token]?.message {
                self.remove(token)
                effects.append(self.settle(request, token, by: message))
            }
        }
        return [.event(message)] + effects
    }

    private mutating func settle(_ request: TMessage, _ token: Token, by answer: TMessage) -> Effect {
        guard answer.type != .eventError else { return .failed(token, TError(refusal: answer)) }
        if let dn = request[.thisDN] {
            if request.type == .requestRegisterAddress { self.registered.insert(dn) }
            if request.type == .requestUnregisterAddress { self.registered.remove(dn) }
        }
        return .answered(token, answer)
    }

    /// The server knows the client: registers what was registered before, then sends what has waited.
    private mutating func open() -> [Effect] {
        (self.state, self.failures) = (.connected, 0)
        var effects: [Effect] = []
        for dn in self.registered.sorted() {
            var message = TMessage(.requestRegisterAddress)
            message[.thisDN] = dn
            message[.referenceID] = self.nextReference()
            effects.append(.send(message))
        }
        for (token, request) in self.pending.sorted(by: { $0.key < $1.key }) where request.reference == nil {
            effects.append(self.dispatch(request.message, token))
        }
        return effects
    }

    /// The link broke.
    private mutating func lose(_ message: TMessage) -> [Effect] {
        guard self.state == .connected || self.state == .connecting else { return [] }
        return [.event(message)] + self.retreat()
    }

    private mutating func retreat() -> [Effect] {
        self.state = .waiting
        self.connectionReference = nil
        self.failures += 1
        let error = TError(.disconnected, "The connection to the T-Server broke before its answer came")
        let sent = self.pending.filter { $0.value.reference != nil }.keys.sorted()
        for token in sent { self.remove(token) }
        let delay = Duration.seconds(min(30, 1 << min(5, self.failures - 1)))
        return sent.map { .failed($0, error) } + [.setTimer(.reconnection(self.attempt), after: delay)]
    }

    private mutating func fire(_ timer: Timer) -> [Effect] {
        switch timer {
        case .answer(let token):
            guard self.pending[token] != nil else { return [] }
            self.remove(token)
            return [.failed(token, TError(.timedOut, "The T-Server did not answer within \(self.answerTimeout)"))]
        case .connection(let attempt):
            return attempt == self.attempt && self.state == .connecting ? self.retreat() : []
        case .reconnection(let attempt):
            return attempt == self.attempt && self.state == .waiting ? self.connect() : []
        }
    }

    private mutating func failAll(_ error: TError) -> [Effect] {
        let all = self.pending.keys.sorted()
        (self.pending, self.tokens) = ([:], [:])
        return all.map { .failed($0, error) }
    }

    private mutating func remove(_ token: Token) {
        if let reference = self.pending.removeValue(forKey: token)?.reference { self.tokens[reference] = nil }
    }

    /// Reference ids are 32 bits and never zero.
    private mutating func nextReference() -> Int {
        self.lastReference = self.lastReference >= 0x7FFF_FFFF ? 1 : self.lastReference + 1
        return self.lastReference
    }
}
