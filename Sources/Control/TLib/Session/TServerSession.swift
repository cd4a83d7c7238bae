/// One client as the server sees it: whether it has introduced itself, and which DNs it has registered.
///
/// Refuses by itself what needs no look at the switch: requests before `RequestRegisterClient`, and requests for a
/// DN that the client has not registered. Everything else it hands on, and the switch answers with one of the
/// events ``Event/accept(_:)``, ``Event/refuse(_:_:)`` and ``Event/answer(_:)``. Answers polls, and polls the client
/// where that was asked for.
public struct TServerSession: StateMachine {
    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// A message came from the client.
        case received(TMessage)
        /// The switch agrees to a request: answered by `EventRegistered` or `EventUnregistered` where it was about
        /// an address, by `EventACK` otherwise.
        case accept(TMessage)
        /// The switch refuses a request: answered by `EventError`.
        case refuse(TMessage, TErrorCode)
        /// The switch has an answer of its own, made with ``TMessage/init(_:answering:)``; sent whatever its ThisDN.
        case answer(TMessage)
        /// Something happened at the message's ThisDN: sent where the client has registered it.
        case distribute(TMessage)
        /// A timer has run out.
        case timerFired(Timer)
        /// The connection has ended.
        case disconnected
    }

    /// What must be done.
    public enum Effect: Hashable, Sendable {
        /// Send to the client.
        case send(TMessage)
        /// Is there such a DN? Accept or refuse the request.
        case register(DN, TMessage)
        /// Do what is asked, then accept or refuse the request, or answer it.
        case perform(TMessage)
        /// Start a timer.
        case setTimer(Timer, after: Duration)
        /// Close the connection: nobody is there.
        case disconnect
    }

    /// The moment to look whether the client is there.
    public struct Timer: Hashable, Sendable {
        /// Whose: a client that comes from where another one came from must not get its timers.
        let clientID: Int
    }

    /// The DNs that the client has registered.
    public private(set) var registered: Set<DN> = []
    /// Whether the client has introduced itself.
    public private(set) var isOpen = false
    /// The name under which the client has introduced itself.
    public private(set) var applicationName = ""

    private let clientID: Int
    private let epoch: WallTime
    private var watch: TConnectionWatch?
    /// However often a client introduces itself, it has one timer.
    private var isTimerSet = false

    /// A client that has just connected.
    ///
    /// - Parameters:
    ///   - clientID: names the client at this server, `AttributeClientID`.
    ///   - epoch: the date of the clock's beginning, for `AttributeTimeinSecs`.
    public init(clientID: Int, epoch: WallTime) { (self.clientID, self.epoch) = (clientID, epoch) }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .received(let message):
            return self.receive(message, at: now)
        case .accept(let request):
            return [self.accept(request, at: now)]
        case .refuse(let request, let code):
            return [self.refuse(request, code, at: now)]
        case .answer(let message):
            return [self.send(message, at: now)]
        case .distribute(let message):
            guard self.isOpen, let dn = message[.thisDN], self.registered.contains(dn) else { return [] }
            return [self.send(message, at: now)]
        case .timerFired(let timer):
            return timer.clientID == self.clientID ? self.look(at: now) : []
        case .disconnected:
            (self.registered, self.isOpen, self.watch) = ([], false, nil)
            return []
        }
    }

    private mutating func receive(_ message: TMessage, at now: MonotonicTime) -> [Effect] {
        if message.type == .eventServerDisconnected { return self.handle(.disconnected, at: now) }
        self.watch?.hear(at: now)
        if message.type == .keepAlivePoll { return [.send(TMessage(.keepAliveAnswer))] }
        // A client has nothing to report: what is no request is dropped.
        guard message.type.isRequest else { return [] }
        if message.type == .requestRegisterClient { return self.open(message, at: now) }
        guard self.isOpen else { return [self.refuse(message, .notRegistered, at: now)] }
        guard let dn = message[.thisDN], !dn.rawValue.isEmpty else {
            guard Self.needsNoDN.contains(message.type) else {
                return [self.refuse(message, .invalidAttribute, at: now)]
            }
            return [.perform(message)]
        }
        switch message.type {
        case .requestRegisterAddress:
            return [.register(dn, message)]
        case _ where Self.needsNoDN.contains(message.type):
            return [.perform(message)]
        case _ where !self.registered.contains(dn):
            return [self.refuse(message, .notRegistered, at: now)]
        case .requestUnregisterAddress:
            return [self.accept(message, at: now)]
        default:
            return [.perform(message)]
        }
    }

    private mutating func open(_ request: TMessage, at now: MonotonicTime) -> [Effect] {
        self.isOpen = true
        self.applicationName = request[.applicationName] ?? ""
        let effects = [
            self.send(TMessage(.eventServerConnected, answering: request), at: now),
            self.send(TMessage(.eventLinkConnected), at: now),
        ]
        self.watch = request[.keepAliveTimeout].map { asked in
            let accepted = TKeepAlive.acceptedTimeouts
            let timeout = min(max(asked, accepted.lowerBound), accepted.upperBound)
            return TConnectionWatch(timeout: .milliseconds(timeout), at: now)
        }
        guard let watch = self.watch, !self.isTimerSet else { return effects }
        self.isTimerSet = true
        return effects + [.setTimer(Timer(clientID: self.clientID), after: watch.timeout)]
    }

    private mutating func look(at now: MonotonicTime) -> [Effect] {
        let timer = Timer(clientID: self.clientID)
        switch self.watch?.fire(at: now) {
        case .wait(let rest): return [.setTimer(timer, after: rest)]
        case .poll:
            return [.send(TMessage(.keepAlivePoll)), .setTimer(timer, after: self.watch?.timeout ?? .zero)]
        case .giveUp:
            self.isTimerSet = false
            return [.disconnect] + self.handle(.disconnected, at: now)
        case nil:
            self.isTimerSet = false
            return []
        }
    }

    private mutating func accept(_ request: TMessage, at now: MonotonicTime) -> Effect {
        guard let dn = request[.thisDN] else { return self.send(TMessage(.eventACK, answering: request), at: now) }
        switch request.type {
        case .requestRegisterAddress:
            self.registered.insert(dn)
            return self.send(TMessage(.eventRegistered, answering: request), at: now)
        case .requestUnregisterAddress:
            self.registered.remove(dn)
            return self.send(TMessage(.eventUnregistered, answering: request), at: now)
        default:
            return self.send(TMessage(.eventACK, answering: request), at: now)
        }
    }

    private func refuse(_ request: TMessage, _ code: TErrorCode, at now: MonotonicTime) -> Effect {
        self.send(TMessage(refusing: request, code), at: now)
    }

    /// Stamps a message with the time and the client's name.
    private func send(_ message: TMessage, at now: MonotonicTime) -> Effect {
        var message = message
        let microseconds = now.nanoseconds / 1_000 + self.epoch.milliseconds % 1_000 * 1_000
        let carry = microseconds / 1_000_000
        message[.timeinSecs] = Int(self.epoch.milliseconds / 1_000 + carry)
        message[.timeinuSecs] = Int(microseconds - carry * 1_000_000)
        message[.clientID] = self.clientID
        return .send(message)
    }

    /// Requests that are about no DN, or about one that need not be registered.
    private static let needsNoDN: Set<TMessageType> = [
        .requestQueryServer, .requestQueryAddress, .requestSetInputMask, .requestStartCallMonitoring,
        .requestStopCallMonitoring,
    ]
}
