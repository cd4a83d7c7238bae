public import CallCore
public import RTP
internal import SDP
public import SIP
private import Synchronization

/// A phone for examples, tests and simulations: real SIP, real RTP.
///
/// ```swift
/// let phone = try Softphone(configuration: …, playing: speech, sip: udp, media: media, clock: SystemClock(), seed: 1)
/// async let running: Void = phone.run()
/// await phone.register()
/// await phone.call("7001")
/// for await report in phone.reports { … }
/// ```
public actor Softphone {
    /// What happens on the phone, from its making on. One reader.
    public nonisolated let reports: AsyncStream<PhoneReport>
    /// Where it hears.
    public nonisolated let mediaEndpoint: Endpoint

    private let sip: any Transport<SIPMessage>
    private let clock: any CallClock
    private let line: PhoneLine
    private let alarms = Alarms<PhoneMachine.Timer>()
    private let reportsContinuation: AsyncStream<PhoneReport>.Continuation
    private var machine: PhoneMachine

    /// Makes a phone and opens its port for media.
    ///
    /// - Parameters:
    ///   - samples: what it says, in µ-law at 8 kHz.
    ///   - media: belongs to this phone alone.
    ///   - clock: the one that `media` reads, so that what is said and what is heard are on one scale.
    /// - Throws: where no port for media is free.
    public init(
        configuration: PhoneConfiguration, playing samples: [UInt8] = [], sip: any Transport<SIPMessage>,
        media: any MediaTransport, clock: any CallClock, seed: UInt64
    ) throws(TransportError) {
        let port = try media.openPort()
        var tokens = TokenGenerator(seed: seed)
        self.mediaEndpoint = port.localEndpoint
        (self.sip, self.clock) = (sip, clock)
        self.line = PhoneLine(transport: media, port: port, media: PhoneMedia(playing: samples, seed: tokens.next()))
        self.machine = PhoneMachine(
            configuration: configuration, sipEndpoint: sip.localEndpoint, mediaEndpoint: port.localEndpoint,
            seed: tokens.next())
        (self.reports, self.reportsContinuation) = AsyncStream.makeStream()
    }

    /// Runs the phone until the surrounding task is cancelled. Call it once.
    ///
    /// - Throws: where the SIP transport broke.
    public func run() async throws {
        self.line.start()
        defer {
            self.line.stop()
            self.reportsContinuation.finish()
        }
        let alarms = self.alarms
        async let timers: Void = alarms.run(on: self.clock) { await self.take(.timerFired($0)) }
        try await self.sip.run { message, peer in await self.take(.sip(message, from: peer)) }
        await timers
    }

    /// Registers, and stays registered.
    public func register() { self.take(.register) }

    /// Takes the registration back.
    public func unregister() { self.take(.unregister) }

    /// Calls a number.
    public func call(_ number: DN) { self.take(.call(number)) }

    /// Takes the call that rings.
    public func answer() { self.take(.answer) }

    /// Ends the call.
    public func hangUp() { self.take(.hangUp) }

    /// What was said and heard so far, as it stands at this moment.
    public nonisolated var media: PhoneMedia { self.line.snapshot }

    private func take(_ event: PhoneMachine.Event) {
        for effect in self.machine.handle(event, at: self.clock.now) {
            switch effect {
            // What becomes of a message is for SIP's own timers.
            case .sendSIP(let message, let peer): try? self.sip.send(message, to: peer)
            case .setTimer(let timer, let wait): self.alarms.set(timer, after: wait)
            case .speak(let target): self.line.speak(to: target)
            case .fallSilent: self.line.fallSilent()
            case .tell(let report): self.reportsContinuation.yield(report)
            }
        }
    }
}

/// The media of a softphone, on a thread of its transport's own.
private final class PhoneLine: Sendable {
    private struct State: Sendable {
        var media: PhoneMedia
        var isOver = false
    }

    private let transport: any MediaTransport
    private let port: any MediaPort
    private let state: Mutex<State>

    init(transport: any MediaTransport, port: any MediaPort, media: PhoneMedia) {
        (self.transport, self.port) = (transport, port)
        self.state = Mutex(State(media: media))
    }

    var snapshot: PhoneMedia { self.state.withLock { $0.media } }

    func start() {
        self.transport.start {
            while let patience = self.patience {
                self.transport.wait(patience)
                self.turn()
            }
            self.port.close()
        }
    }

    func stop() {
        self.state.withLock { $0.isOver = true }
        self.transport.wake()
    }

    func speak(to target: AudioTarget) {
        self.state.withLock { state in
            state.media.begin(at: self.transport.now)
            state.media.follow(target)
        }
        self.transport.wake()
    }

    func fallSilent() { self.state.withLock { $0.media.end() } }

    /// How long nothing has to be said; nil when the phone is taken away.
    private var patience: Duration? {
        self.state.withLock { state in
            guard !state.isOver else { return nil }
            guard let next = state.media.nextPacket else { return .milliseconds(100) }
            return max(.zero, self.transport.now.duration(to: next))
        }
    }

    private func turn() {
        self.state.withLock { state in
            self.transport.drain { datagram, arrival in state.media.receive(datagram, arrival) }
            while let (datagram, peer) = state.media.packet(at: self.transport.now) {
                self.port.send(datagram.span, to: peer)
            }
        }
    }
}
