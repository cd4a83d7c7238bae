public import RecordingControl
public import RecordingStorage
public import SIP
public import TLib

/// SIP Server: phones register with it and call through it, T-Library clients watch and control the calls, and it has
/// them recorded by a media server behind the Resource Manager.
///
/// A thin shell: ``CallControl`` decides everything.
public actor B2BUA {
    private let sip: any Transport<SIPMessage>
    private let tLibrary: any Transport<TMessage>
    private let history: any CallHistoryStore
    private let clock: any CallClock
    private let observer: any CallObserver
    private let alarms = Alarms<CallControl.Timer>()
    private let outcome: Result<Void, ConfigurationError>
    private var control: CallControl?

    /// What is still to be added to the call history.
    private var entries: [CallHistoryEntry] = []
    private var isWritingHistory = false
    private let historyWork = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let end = AsyncStream.makeStream(of: Void.self)
    private var hasFinished = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// A switch that does not run yet.
    ///
    /// - Parameters:
    ///   - sip: to and from phones and the Resource Manager.
    ///   - tLibrary: to and from T-Library clients.
    ///   - resourceManager: through whom media servers are reached.
    ///   - configuration: the DNs and their options.
    ///   - history: gets every call's history.
    ///   - clock: the time.
    ///   - observer: is told what happens.
    ///   - seed: makes the names that must not repeat; take it from the system's randomness.
    ///   - policy: who is recorded; nil for the options of the DNs.
    public init(
        sip: any Transport<SIPMessage>, tLibrary: any Transport<TMessage>, resourceManager: Endpoint,
        configuration: SwitchConfiguration, history: any CallHistoryStore, clock: any CallClock,
        observer: any CallObserver = SilentObserver(), seed: UInt64, policy: (any RecordingPolicy)? = nil
    ) {
        (self.sip, self.tLibrary, self.history) = (sip, tLibrary, history)
        (self.clock, self.observer) = (clock, observer)
        do throws(ConfigurationError) {
            self.control = try CallControl(
                configuration: configuration, sipEndpoint: sip.localEndpoint, streams: sip.streamEndpoints,
                resourceManager: resourceManager, epoch: clock.epoch, seed: seed, policy: policy)
            self.outcome = .success(())
        } catch {
            self.control = nil
            self.outcome = .failure(error)
        }
    }

    /// Runs until the surrounding task is cancelled or ``shutDown()`` has ended all calls.
    ///
    /// - Throws: `ConfigurationError` where the configuration cannot be used, `TransportError` where a transport broke.
    public func run() async throws {
        try self.outcome.get()
        defer { self.finish() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await self.sip.run { message, peer in await self.take(.sip(message, from: peer)) }
                return true
            }
            group.addTask {
                try await self.tLibrary.run { message, peer in await self.take(.tLibrary(message, from: peer)) }
                return true
            }
            group.addTask {
                await self.alarms.run(on: self.clock) { await self.take(.timerFired($0)) }
                return true
            }
            group.addTask {
                for await _ in self.historyWork.stream { await self.writeHistory() }
                return false
            }
            group.addTask {
                for await _ in self.end.stream {}
                return true
            }
            defer { group.cancelAll() }
            while let isLast = try await group.next() {
                if isLast { break }
            }
        }
        // What happened last must be told, too, even where this task was cancelled.
        await Task { await self.writeHistory(attempts: 3) }.value
    }

    /// Takes no new calls, ends those that stand with BYE, and returns when their ends are confirmed.
    public func shutDown() async {
        guard !self.hasFinished, self.control != nil else { return }
        await withCheckedContinuation { continuation in
            self.waiters.append(continuation)
            self.take(.shutDown)
        }
    }

    /// How many calls stand.
    public var callCount: Int { self.control?.callCount ?? 0 }

    private func take(_ event: CallControl.Event) {
        for effect in self.control?.handle(event, at: self.clock.now) ?? [] { self.perform(effect) }
    }

    private func perform(_ effect: CallControl.Effect) {
        switch effect {
        case .sendSIP(let message, let peer): self.send(message, to: peer, over: self.sip)
        case .sendTLibrary(let message, let client): self.send(message, to: client, over: self.tLibrary)
        case .setTimer(let timer, let delay): self.alarms.set(timer, after: delay)
        case .appendHistory(let entry):
            self.entries.append(entry)
            self.historyWork.continuation.yield()
        case .report(let report): self.observer.observe(report)
        case .finished: self.finish()
        }
    }

    private func send<Message>(_ message: Message, to peer: Endpoint, over transport: any Transport<Message>) {
        do throws(TransportError) {
            try transport.send(message, to: peer)
        } catch {
            // Retransmissions, or the end of the connection, deal with it.
            self.observer.observe(
                CallReport(
                    .warning, CallControl.box, "transport.unreachable", "Nothing can be sent to \(peer): \(error)"))
        }
    }

    private func finish() {
        self.hasFinished = true
        self.end.continuation.finish()
        let waiters = self.waiters
        self.waiters = []
        for waiter in waiters { waiter.resume() }
    }
}

// MARK: - The call history

extension B2BUA {
    private static let patience = Duration.seconds(1)

    /// Adds what has happened, in order; one writer at a time.
    ///
    /// - Parameter attempts: how often an entry is tried that the store cannot take for the time being.
    private func writeHistory(attempts: Int = .max) async {
        guard !self.isWritingHistory else { return }
        self.isWritingHistory = true
        defer { self.isWritingHistory = false }
        var attempt = 0
        while let entry = self.entries.first {
            do throws(StorageError) {
                try await self.history.append(entry)
                self.entries.removeFirst()
                attempt = 0
            } catch {
                attempt += 1
                self.observer.observe(
                    CallReport(
                        .alarm, CallControl.box, "history.failed", "The call history cannot be written: \(error)",
                        ["callUUID": entry.callUUID.rawValue]))
                guard error.isTransient, attempt < attempts else {
                    self.entries.removeFirst()
                    attempt = 0
                    continue
                }
                do { try await self.clock.sleep(for: Self.patience) } catch { return }
            }
        }
    }
}
