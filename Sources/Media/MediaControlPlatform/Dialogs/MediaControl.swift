public import CallAudio
public import CallCore
public import CaptureJournal
internal import MSML
public import RTP
internal import SDP
public import SIP

/// The signalling of a media server: INVITE legs with SDP, MSML in INFO, conferences and their recorders.
///
/// Each leg is a dialog; its parties are told apart by the parameter `dn` of the request URI, and those whose user part
/// `msml=<conf-id>` is the same belong to one call. Whatever the media plane has to do is answered only when the media
/// plane has said that it is done, so `200` to a pause means that nothing of what follows is kept.
///
/// - Source: GIR Solution Guide, "How recording works"; RFC 5707.
public struct MediaControl: StateMachine {
    /// Waits that end.
    public enum Timer: Hashable, Sendable {
        /// One of SIP's own.
        case sip(SIPTimer)
        /// The ports of a leg should have been opened.
        case port(LegID)
        /// The orders of an INFO should have been carried out.
        case answer(Int)
    }

    /// What happens to a media server.
    public enum Event: Sendable {
        /// A message came.
        case sip(SIPMessage, from: Endpoint)
        /// The media plane says something.
        case media(MediaPlaneReport)
        /// A wait is over.
        case timerFired(Timer)
        /// From now on new recordings are refused, and why; nil to take them again. Those under way go on.
        case newRecordings(String?)
        /// End all dialogs and recordings, and take no new ones.
        case shutDown
    }

    /// What a media server asks for.
    public enum Effect: Hashable, Sendable {
        /// Send a message.
        case sendSIP(SIPMessage, to: Endpoint)
        /// Tell the media plane.
        case media(MediaPlaneOrder)
        /// Bring a timer back.
        case setTimer(Timer, after: Duration)
        /// A recording has begun; it comes back rendered after its end.
        case recordingBegan(RecordingNumber)
        /// The media plane has refused to begin it; it never comes back.
        case recordingRefused(RecordingNumber)
        /// Tell people.
        case report(CallReport)
        /// The shut-down is complete: no dialog and no recording is left.
        case finished
    }

    let configuration: MediaServerConfiguration
    let formats: [RecordingFormat]
    /// What can be decoded beside G.711, as we offer it.
    let payloads: [AudioCodec]
    let encodings: [AudioEncoding]
    let epoch: WallTime
    let makeKeys: @Sendable () -> [SRTPKey]
    var tokens: TokenGenerator
    var userAgent: SIPUserAgent
    var legs: [LegID: PartyLeg] = [:]
    var legsBySession: [SIPSessionID: LegID] = [:]
    var conferences: [String: Conference] = [:]
    /// Recordings that the media plane has not reported as ended.
    var running: Set<RecordingNumber> = []
    /// What the media plane was told to do with recordings and has not reported, in order.
    var outstanding: [RecorderOrder] = []
    var answers: [Int: PendingAnswer] = [:]
    /// How many files each GVP session has.
    var fileCounts: [GVPSessionID: Int] = [:]
    /// What is being played in MSML dialogs.
    var dialogs: [PromptNumber: PlayDialog] = [:]
    /// The sounds of the profile, made once for all recordings.
    let clips: [PromptSound: SoundClip]
    var legCount: UInt64 = 0
    var promptCount: UInt64 = 0
    var answerCount = 0
    /// Why no new recordings begin; nil where they do.
    var recordingRefusal: String?
    var isShuttingDown = false
    var hasFinished = false
    /// What the present event brings about.
    var effects: [Effect] = []

    /// A media server without a call.
    ///
    /// - Parameters:
    ///   - formats: the files that can be made; the profile chooses among them.
    ///   - payloads: codecs beside G.711, in order of preference.
    ///   - sipEndpoint: where SIP peers reach it.
    ///   - epoch: the date of the clock's beginning.
    ///   - seed: starts the names that must not repeat.
    ///   - makeKeys: makes a key that nobody can guess for each suite that the media transport has, the best first.
    public init(
        configuration: MediaServerConfiguration, formats: [RecordingFormat] = [.mp3, .wav],
        payloads: [any AudioPayloadFormat] = [], sipEndpoint: Endpoint,
        epoch: WallTime, seed: UInt64, makeKeys: @escaping @Sendable () -> [SRTPKey] = { [] }
    ) {
        (self.configuration, self.epoch, self.makeKeys) = (configuration, epoch, makeKeys)
        self.formats = RecordingFormat.wanted(by: configuration.profile, of: formats)
        self.encodings = payloads.map { AudioEncoding($0) }
        // The numbers are ours to choose; a party that has named such a codec keeps its own.
        let free = (96...127).filter { number in !configuration.codecs.contains { $0.payloadType == number } }
        self.payloads = zip(payloads, free).map { AudioCodec($0, dynamicPayloadType: $1) }
        let prompts = configuration.profile.prompts
        var clips: [PromptSound: SoundClip] = [:]
        for sound in [prompts.beep?.sound, prompts.announcement?.sound].compactMap(\.self) {
            clips[sound] = configuration.sounds[sound]
        }
        self.clips = clips
        self.tokens = TokenGenerator(seed: seed)
        self.userAgent = SIPUserAgent(
            localEndpoint: sipEndpoint, seed: self.tokens.next(), product: configuration.product,
            capabilities: SIPCapabilities(reliableProvisionals: true))
    }

    /// How many legs there are.
    public var activeLegCount: Int { self.legs.count }

    /// Takes one event and says what must be done.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .sip(let message, let peer): self.tell(.received(message, from: peer), at: now)
        case .media(let report): self.take(report, at: now)
        case .timerFired(.sip(let timer)): self.tell(.timerFired(timer), at: now)
        case .timerFired(.port(let leg)): self.portTimedOut(leg, at: now)
        case .timerFired(.answer(let number)): self.answerTimedOut(number, at: now)
        case .newRecordings(let refusal): self.recordingRefusal = refusal
        case .shutDown: self.shutDown(at: now)
        }
        if self.isShuttingDown, !self.hasFinished, self.legs.isEmpty, self.running.isEmpty {
            self.hasFinished = true
            self.effects.append(.finished)
        }
        defer { self.effects.removeAll() }
        return self.effects
    }

    private mutating func shutDown(at now: MonotonicTime) {
        guard !self.isShuttingDown else { return }
        self.isShuttingDown = true
        // The recordings first: a dialog that its peer no longer answers must not keep them open.
        for name in self.conferences.keys.sorted() { self.stopRecorder(of: name, at: now) }
        for leg in self.legs.keys.sorted() {
            if let session = self.legs[leg]?.session { self.tell(.order(session, .end), at: now) }
        }
    }

    /// Hands an event to the user agent and carries out what it asks for.
    mutating func tell(_ event: SIPUserAgent.Event, at now: MonotonicTime) {
        for effect in self.userAgent.handle(event, at: now) {
            switch effect {
            case .send(let message, let peer): self.effects.append(.sendSIP(message, to: peer))
            case .setTimer(let timer, let wait): self.effects.append(.setTimer(.sip(timer), after: wait))
            case .session(let session, let report): self.take(report, of: session, at: now)
            case .request(let message, _, let transaction): self.answer(message, transaction, at: now)
            case .response, .noResponse: break
            }
        }
    }

    private mutating func answer(_ request: SIPMessage, _ transaction: SIPTransactionID, at now: MonotonicTime) {
        let status: SIPStatus =
            request.method != .options ? .methodNotAllowed : self.isShuttingDown ? .serviceUnavailable : .ok
        var response = SIPMessage(response: status, to: request, tag: self.tokens.token())
        response.setAll(SIPUserAgent.allowedMethods, for: .allow)
        if status == .ok { response.setField("Accept", to: "application/sdp, \(MSML.mediaType)") }
        self.tell(.respond(transaction, response), at: now)
    }

    mutating func report(
        _ level: CallReport.Level, _ name: String, _ message: String, _ metadata: [String: String] = [:]
    ) {
        self.effects.append(.report(CallReport(level, "MediaControlPlatform", name, message, metadata)))
    }
}
