public import SIP

/// Resource Manager: finds a media server for each recording, and keeps all its legs there.
///
/// A thin shell round ``ResourceProxy``, which decides everything.
public actor MediaResourceBroker {
    private let sip: any Transport<SIPMessage>
    private let clock: any CallClock
    private let observer: any CallObserver
    private let alarms = Alarms<ResourceProxy.Timer>()
    private var proxy: ResourceProxy

    /// Sets the box up; ``run()`` makes it work.
    ///
    /// - Parameters:
    ///   - sip: towards SIP Server and media servers alike.
    ///   - mediaServers: where recordings can be placed.
    ///   - configuration: whose recordings are served, and with which profile.
    ///   - seed: makes session ids; different for each process.
    ///   - selection: how the load is balanced.
    public init(
        sip: any Transport<SIPMessage>, mediaServers: [MediaResource], configuration: SwitchConfiguration,
        clock: any CallClock, observer: any CallObserver, seed: UInt64,
        selection: any MediaResourceSelection = LeastUsed()
    ) {
        (self.sip, self.clock, self.observer) = (sip, clock, observer)
        self.proxy = ResourceProxy(
            mediaServers: mediaServers, configuration: configuration, endpoint: sip.localEndpoint, seed: seed,
            selection: selection)
    }

    /// Works until the surrounding task is cancelled.
    ///
    /// - Throws: where the transport breaks.
    public func run() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                await self.alarms.run(on: self.clock) { await self.take(.timerFired($0)) }
            }
            group.addTask {
                try await self.sip.run { message, peer in await self.take(.sip(message, from: peer)) }
            }
            // Whichever ends first, by cancellation or by failure, ends the other.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func take(_ event: ResourceProxy.Event) {
        for effect in self.proxy.handle(event, at: self.clock.now) { self.perform(effect) }
    }

    private func perform(_ effect: ResourceProxy.Effect) {
        switch effect {
        case .sendSIP(let message, let peer):
            do {
                try self.sip.send(message, to: peer)
            } catch {
                let text = "\(message.startLine) to \(peer): \(error)"
                self.observer.observe(CallReport(.warning, "ResourceManager", "message.unsent", text))
            }
        case .setTimer(let timer, let duration): self.alarms.set(timer, after: duration)
        case .report(let report): self.observer.observe(report)
        }
    }
}
