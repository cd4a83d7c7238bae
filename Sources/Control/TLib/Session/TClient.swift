/// A client of a T-Server: what a desktop or any other host uses to watch calls and to ask for recordings.
///
/// Run ``run()`` in a task of its own; requests wait until it connects. When the link breaks it connects again and
/// registers its DNs anew; the host learns of it by `EventServerDisconnected` in ``events``.
public actor TClient {
    /// What the server says, in order, answers included. The oldest are dropped where nobody takes them.
    public nonisolated let events: AsyncStream<TMessage>

    private let transport: any Transport<TMessage>
    private let server: Endpoint
    private let clock: any CallClock
    private let alarms = Alarms<TClientSession.Timer>()
    private let continuation: AsyncStream<TMessage>.Continuation
    private var session: TClientSession
    private var waiting: [TClientSession.Token: CheckedContinuation<Result<TMessage, TError>, Never>] = [:]
    private var lastToken = 0
    private var hasEnded = false

    /// A client that is not connected yet.
    ///
    /// - Parameters:
    ///   - transport: where messages go and come from.
    ///   - server: the T-Server.
    ///   - clock: measures how long answers take.
    ///   - applicationName: how the client introduces itself.
    public init(
        transport: any Transport<TMessage>, server: Endpoint, clock: any CallClock,
        applicationName: String = "call-recording"
    ) {
        (self.transport, self.server, self.clock) = (transport, server, clock)
        self.session = TClientSession(applicationName: applicationName)
        (self.events, self.continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4_096))
    }

    /// Connects, and stays connected until the surrounding task is cancelled. Call it once.
    ///
    /// - Throws: where the transport broke.
    public func run() async throws {
        self.take(.start)
        let outcome = await self.receive()
        self.hasEnded = true
        self.take(.stop)
        self.continuation.finish()
        try outcome.get()
    }

    private func receive() async -> Result<Void, TransportError> {
        await withTaskGroup(of: Result<Void, TransportError>?.self) { group in
            group.addTask {
                do throws(TransportError) {
                    try await self.transport.run { message, peer in await self.take(message, from: peer) }
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await self.alarms.run(on: self.clock) { await self.take(.timerFired($0)) }
                return nil
            }
            var outcome: Result<Void, TransportError> = .success(())
            for await result in group {
                if let result { outcome = result }
                group.cancelAll()
            }
            return outcome
        }
    }

    private func take(_ message: TMessage, from peer: Endpoint) {
        if peer == self.server { self.take(.received(message)) }
    }

    private func take(_ event: TClientSession.Event) {
        for effect in self.session.handle(event, at: self.clock.now) { self.perform(effect) }
    }

    private func perform(_ effect: TClientSession.Effect) {
        switch effect {
        case .send(let message):
            do throws(TransportError) {
                try self.transport.send(message, to: self.server)
            } catch {
                // What cannot be sent is a broken link, however it was found out.
                self.take(.received(TMessage(.eventServerDisconnected)))
            }
        case .setTimer(let timer, let delay): self.alarms.set(timer, after: delay)
        case .answered(let token, let message): self.resume(token, .success(message))
        case .failed(let token, let error): self.resume(token, .failure(error))
        case .event(let message): self.continuation.yield(message)
        }
    }

    /// Sends a request and waits for the answer to it; the session sets the reference id.
    ///
    /// - Throws: `.refused` on `EventError`; `.disconnected`, `.timedOut` where the outcome is not known.
    @discardableResult
    public func request(_ message: TMessage) async throws(TError) -> TMessage {
        if self.hasEnded { throw TError(.closed, "The T-Library client has ended") }
        self.lastToken += 1
        let token = self.lastToken
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<TMessage, TError>, Never>) in
                if Task.isCancelled {
                    continuation.resume(returning: .failure(TError(.cancelled, "The request was cancelled")))
                    return
                }
                self.waiting[token] = continuation
                self.take(.request(message, token))
            }
        } onCancel: {
            Task { await self.cancel(token) }
        }
        return try outcome.get()
    }

    private func cancel(_ token: TClientSession.Token) {
        self.take(.forget(token))
        self.resume(token, .failure(TError(.cancelled, "The request was cancelled")))
    }

    private func resume(_ token: TClientSession.Token, _ outcome: Result<TMessage, TError>) {
        self.waiting.removeValue(forKey: token)?.resume(returning: outcome)
    }
}

extension TClient {
    /// `TRegisterAddress`: from now on the events of a DN come to this client.
    ///
    /// - Returns: `EventRegistered`.
    @discardableResult
    public func register(
        _ dn: DN, mode: TRegisterMode = .share, control: TControlMode = .default, type: TAddressType = .dn
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestRegisterAddress)
        message[.thisDN] = dn
        message[.registerMode] = mode
        message[.controlMode] = control
        message[.addressType] = type
        return try await self.request(message)
    }

    /// `TUnregisterAddress`: the events of a DN come no more.
    ///
    /// - Returns: `EventUnregistered`.
    @discardableResult
    public func unregister(_ dn: DN) async throws(TError) -> TMessage {
        var message = TMessage(.requestUnregisterAddress)
        message[.thisDN] = dn
        return try await self.request(message)
    }

    /// `TPrivateService`: asks for a service of the vendor's own, for example to record a call.
    ///
    /// - Parameters:
    ///   - service: which service.
    ///   - dn: on behalf of whom; must be registered, need not take part in the call.
    ///   - connID: the call.
    ///   - reasons: why, for the record.
    ///   - extensions: for example `record` = `destination`, `id`, `dest`.
    /// - Returns: `EventACK`.
    @discardableResult
    public func privateService(
        _ service: PrivateMsgID, thisDN dn: DN, connID: ConnID, reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestPrivateService)
        message[.privateMsgID] = service
        message[.thisDN] = dn
        message[.connID] = connID
        message.set(reasons: reasons, extensions: extensions)
        return try await self.request(message)
    }

    /// `TMakeCall`: calls from one device to another.
    ///
    /// - Returns: what the server answers, `EventDialing` or `EventACK`.
    @discardableResult
    public func makeCall(
        from dn: DN, to destination: DN, userData: KVList = KVList(), reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestMakeCall)
        message[.thisDN] = dn
        message[.otherDN] = destination
        if !userData.isEmpty { message[.userData] = userData }
        message.set(reasons: reasons, extensions: extensions)
        return try await self.request(message)
    }

    /// `TAnswerCall`: answers the call that rings.
    @discardableResult
    public func answerCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestAnswerCall, dn, connID))
    }

    /// `TReleaseCall`: leaves the call.
    @discardableResult
    public func releaseCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestReleaseCall, dn, connID))
    }

    /// `THoldCall`: puts the call on hold.
    @discardableResult
    public func holdCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestHoldCall, dn, connID))
    }

    /// `TRetrieveCall`: takes the call off hold.
    @discardableResult
    public func retrieveCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestRetrieveCall, dn, connID))
    }
}

extension TMessage {
    fileprivate init(_ type: TMessageType, _ dn: DN, _ connID: ConnID) {
        self.init(type)
        self[.thisDN] = dn
        self[.connID] = connID
    }

    fileprivate mutating func set(reasons: KVList, extensions: KVList) {
        if !reasons.isEmpty { self[.reason] = reasons }
        if !extensions.isEmpty { self[.extensions] = extensions }
    }
}
