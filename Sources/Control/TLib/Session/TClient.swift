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
    public func run() async throws(TransportError) {
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
