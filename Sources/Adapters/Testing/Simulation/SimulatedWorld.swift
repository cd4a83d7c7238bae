import CallAudio
import CallCore
import CallRecordingInProcess
import CaptureJournal
import HTTPMessaging
import MediaControlPlatform
import RTP
import RecordingProcessor
import RecordingStorage
import RecordingWebServices
import ResourceManager
import SIP
import SIPServer
import TLib

/// The boxes' machines, two phones and a client, moved by one agenda.
final class SimulatedWorld {
    /// Where everything is.
    enum Place {
        static let server = Endpoint.loopback(5_060)
        static let broker = Endpoint.loopback(5_070)
        static let mediaServer = Endpoint.loopback(5_080)
        static let client = Endpoint.loopback(3_001)
        static let phones = [Endpoint.loopback(6_001), Endpoint.loopback(6_002)]
    }

    /// One thing that happens.
    enum Happening {
        case sip(SIPMessage, from: Endpoint, to: Endpoint)
        case serverTimer(CallControl.Timer)
        case brokerTimer(ResourceProxy.Timer)
        case mediaServerTimer(MediaControl.Timer)
        case phoneTimer(Int, PhoneMachine.Timer)
        case clientTimer(TClientSession.Timer)
        case uploadTimer(Int, UploadJob.Timer)
        case toServer(TMessage)
        case toClient(TMessage)
        case step(SimulatedCall.Step.Act)
        case media
        case committed([UInt8])
        case dial
    }

    static let mediaTick = Duration.milliseconds(5)

    let call: SimulatedCall
    let clock = ManualClock()
    let network: InProcessMediaNetwork
    let media: InProcessMedia
    let phoneMedia: [InProcessMedia]
    let phonePorts: [any MediaPort]
    let spool = MemoryFiles()
    let recordings = MemoryStore()
    let metadata = MemoryMetadata()
    let history = MemoryCallHistory()

    var agenda = Agenda<Happening>()
    var fates: TokenGenerator
    var server: CallControl
    var broker: ResourceProxy
    var mediaServer: MediaControl
    var plane: MediaPlane
    var renderer: Renderer
    var phones: [PhoneMachine]
    var voices: [PhoneMedia]
    var client = TClientSession(applicationName: "simulation")
    var orders: [MediaPlaneOrder] = []
    var uploads: [Int: (job: UploadJob, record: UploadRecord)] = [:]
    var lastUpload = 0
    /// What waits to be done: entries of the call history, steps of uploads.
    var entries: [CallHistoryEntry] = []
    var steps: [(upload: Int, step: UploadJob.Step)] = []
    var problems: [String] = []
    var outcome = SimulatedCall.Outcome()
    var connID: ConnID?
    var callUUID: CallUUID?
    var lastToken = 0
    var hasHungUp = false
    var unfinished = 0
    let processor: RecordingAssembler

    init(_ call: SimulatedCall) throws {
        self.call = call
        var seeds = TokenGenerator(seed: call.seed)
        let clock = self.clock
        self.network = InProcessMediaNetwork(conditions: call.media, seed: seeds.next(), now: { clock.now })
        self.media = self.network.transport(at: .loopback(0), ports: 20_000..<21_000)
        self.phoneMedia = [
            self.network.transport(at: Endpoint(ipv4: 0x7F00_0002, port: 0), ports: 30_000..<30_100),
            self.network.transport(at: Endpoint(ipv4: 0x7F00_0003, port: 0), ports: 30_000..<30_100),
        ]
        self.phonePorts = try self.phoneMedia.map { try $0.openPort() }
        self.outcome.epoch = clock.epoch
        self.server = try CallControl(
            configuration: call.configuration, sipEndpoint: Place.server, resourceManager: Place.broker,
            epoch: clock.epoch, seed: seeds.next())
        self.broker = ResourceProxy(
            mediaServers: [MediaResource(name: "mcp", endpoint: Place.mediaServer)], configuration: call.configuration,
            endpoint: Place.broker, seed: seeds.next())
        self.mediaServer = MediaControl(
            configuration: MediaServerConfiguration(
                tenant: call.configuration.tenant, profile: call.configuration.profile, sounds: call.sounds),
            formats: call.formats.map { RecordingFormat(mediaType: $0.mediaType, pathExtension: $0.pathExtension) },
            sipEndpoint: Place.mediaServer, epoch: clock.epoch, seed: seeds.next())
        self.plane = MediaPlane(transport: self.media, seed: seeds.next())
        self.renderer = Renderer(formats: call.formats, directory: self.spool)
        let numbers = [SimulatedCall.caller, SimulatedCall.callee]
        var phones: [PhoneMachine] = []
        for (index, number) in numbers.enumerated() {
            phones.append(
                PhoneMachine(
                    configuration: PhoneConfiguration(
                        number: number, registrar: Place.server, answersAfter: .milliseconds(500)),
                    sipEndpoint: Place.phones[index], mediaEndpoint: self.phonePorts[index].localEndpoint,
                    seed: seeds.next()))
        }
        self.phones = phones
        self.voices = [
            PhoneMedia(playing: call.callerSpeech, seed: seeds.next()),
            PhoneMedia(playing: call.calleeSpeech, seed: seeds.next()),
        ]
        self.fates = TokenGenerator(seed: seeds.next())
        let webServices = RecordingWebService(metadata: self.metadata, stores: [self.recordings])
        self.processor = RecordingAssembler(
            files: MemoryFiles(), history: self.history,
            publishers: [
                RWSPublisher(over: InProcessExchange(webServices), contactCenter: call.configuration.tenant.rawValue)
            ],
            clock: clock)
        if call.storeFailures > 0 { self.recordings.fail(next: call.storeFailures) }
    }

    func run() async throws -> SimulatedCall.Outcome {
        let processor = self.processor
        let processing = Task { try await processor.run() }
        defer { processing.cancel() }
        self.agenda.enter(.dial, at: .zero + .seconds(3))
        self.agenda.enter(.media, at: .zero)
        for index in self.phones.indices { self.perform(self.phones[index].handle(.register, at: .zero), of: index) }
        self.perform(self.client.handle(.start, at: .zero))
        self.ask(.requestRegisterAddress) { $0[.thisDN] = SimulatedCall.callee }
        while !self.isOver {
            guard let (happening, time) = self.agenda.next(), time < .zero + .seconds(600) else {
                throw SimulationError("the call of seed \(self.call.seed) did not come to its end")
            }
            self.clock.advance(by: self.clock.now.duration(to: time))
            self.take(happening)
            try await self.work()
        }
        await self.drain(processor)
        if let callUUID { self.outcome.recording = try await self.metadata.recording(RecordingID(callUUID)) }
        self.outcome.files = self.recordings.files
        self.outcome.phones = self.voices
        return self.outcome
    }

    /// Lets the processor come to its end in virtual time.
    private func drain(_ processor: RecordingAssembler) async {
        var open = await processor.openJobs
        while open > 0 {
            self.clock.advance(by: .milliseconds(100))
            await Task.yield()
            open = await processor.openJobs
        }
    }

    /// The call is over, and everything that was recorded of it is stored and told.
    private var isOver: Bool {
        self.hasHungUp && self.server.callCount == 0 && self.mediaServer.activeLegCount == 0
            && self.unfinished == 0 && self.renderer.unfinished == 0 && self.uploads.isEmpty
    }

    var now: MonotonicTime { self.clock.now }
}
