/// A client of a T-Server: what a desktop or any other host uses to watch calls and to ask for recordings.
///
/// Run ``run()`` in a task of its own; requests wait until it connects. When the link breaks it connects again and
/// registers its DNs anew; the host learns of it by `EventServerDisconnected` among its ``events``, and by the gap
/// that follows when all is as before.
public actor TClient {
    /// What a host is told.
    public enum Event: Hashable, Sendable {
        /// What the server says, answers included.
        case message(TMessage)
        /// The connection was broken for some time; what happened then was not told.
        case gap(TGap)
        /// The host has not taken its events for a while: so many were dropped some time before this one.
        case dropped(Int)
    }

    /// What the host is told, in order. Take it in one place: 4096 events wait, then the oldest are dropped.
    public nonisolated let events: AsyncStream<Event>

    private let transport: any Transport<TMessage>
    private let server: Endpoint
    private let clock: any CallClock
    private let alarms = Alarms<TClientSession.Timer>()
    private let continuation: AsyncStream<Event>.Continuation
    private var session: TClientSession
    private var waiting: [TClientSession.Token: CheckedContinuation<Result<TMessage, TError>, Never>] = [:]
    private var lastToken = 0
    private var hasEnded = false
    private var dropped = 0

    /// A client that is not connected yet.
    ///
    /// - Parameters:
    ///   - transport: where messages go and come from.
    ///   - server: the T-Server.
    ///   - clock: measures how long answers take.
    ///   - applicationName: how the client introduces itself.
    ///   - keepAlive: how to watch over the connection; nil to rely on the transport alone.
    public init(
        transport: any Transport<TMessage>, server: Endpoint, clock: any CallClock,
        applicationName: String = "call-recording", keepAlive: TKeepAlive? = nil
    ) {
        (self.transport, self.server, self.clock) = (transport, server, clock)
        self.session = TClientSession(applicationName: applicationName, keepAlive: keepAlive)
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
        case .event(let message): self.tell(.message(message))
        case .gap(let gap): self.tell(.gap(gap))
        case .disconnect:
            // Tells the transport what a transport tells; it answers nothing that matters any more.
            try? self.transport.send(TMessage(.eventServerDisconnected), to: self.server)
        }
    }

    private func tell(_ event: Event) {
        switch self.continuation.yield(event) {
        case .dropped(.dropped(let count)): self.dropped += count
        case .dropped: self.dropped += 1
        case .enqueued(let room) where room > 0 && self.dropped > 0:
            self.continuation.yield(.dropped(self.dropped))
            self.dropped = 0
        default: break
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
    /// Asks for something and waits for the answer, for example `request(TMakeCall("7001", destination: "7002"))`.
    ///
    /// - Returns: the event that answers: `EventACK`, or what the request brings about.
    /// - Throws: `.refused` on `EventError`; `.disconnected`, `.timedOut` where the outcome is not known.
    @discardableResult
    public func request(_ request: some TRequest) async throws(TError) -> TMessage {
        try await self.request(request.message)
    }

    /// `TRegisterAddress`: from now on the events of a DN come to this client, after every break of the link as well.
    ///
    /// - Returns: `EventRegistered`.
    @discardableResult
    public func register(_ dn: DN) async throws(TError) -> TMessage { try await self.request(TRegisterAddress(dn)) }

    /// `TUnregisterAddress`: the events of a DN come no more.
    ///
    /// - Returns: `EventUnregistered`.
    @discardableResult
    public func unregister(_ dn: DN) async throws(TError) -> TMessage { try await self.request(TUnregisterAddress(dn)) }

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
        try await self.request(
            TPrivateService(service, dn: dn, connID: connID, reasons: reasons, extensions: extensions))
    }
}
