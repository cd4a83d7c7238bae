public import CallAudio
public import CallCore
public import CaptureJournal
public import HTTPMessaging
public import RTP
public import RecordingStorage
public import SIP

/// A media server, in the guide the Media Control Platform: relays the parties' media, records it, and brings the
/// recordings to where they rest.
///
/// What arrives goes into the capture journal; what the journal has committed is rendered into files; files that are
/// whole are uploaded, and only then forgotten. A crash at any point loses nothing that was committed: the next start
/// goes on from the journal and from the working directory.
public actor MediaServer {
    private let sip: any Transport<SIPMessage>
    let journal: any JournalStorage
    let formats: [any AudioFileFormat]
    let payloads: [any AudioPayloadFormat]
    let workingDirectory: any WorkingDirectory
    private let configuration: MediaServerConfiguration
    private let clock: any CallClock
    private let observer: any CallObserver
    private let uploader: Uploader
    private let thread: MediaThread
    private let ending: MediaEnding
    private let alarms = Alarms<MediaControl.Timer>()
    private let retries = Alarms<RenderingWork>()
    private let reports: AsyncStream<MediaPlaneReport>
    private let renderingWork: AsyncStream<RenderingWork>
    private let renderingContinuation: AsyncStream<RenderingWork>.Continuation

    private var control: MediaControl
    /// Recordings that have begun and have not come back rendered.
    private var unrendered: Set<RecordingNumber> = []
    /// Recordings whose files are whole, but whose record could not be kept.
    private var unsubmitted: [RenderedRecording] = []
    private var hasNoDialogs = false
    private var isJournalSlow = false
    private var room = JournalSpace.Level.ample
    private var isOver = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// Prepares a media server; nothing happens before ``run()``.
    ///
    /// - Parameters:
    ///   - sip: reaches Resource Manager and SIP Server.
    ///   - media: belongs to this media server alone.
    ///   - journal: secures what is captured.
    ///   - formats: make the files; the profile says which are wanted.
    ///   - payloads: decode what parties send beside G.711, in order of preference.
    ///   - recordings: keeps the files for playback.
    ///   - analytics: keeps the second file of each recording; nil where `recordings` keeps all.
    ///   - workingDirectory: keeps files until they are safe elsewhere; belongs to this media server alone.
    ///   - processor: reaches the Recording Processor.
    ///   - clock: the one that `media` reads.
    ///   - seed: starts the names that must not repeat; never the same twice over one journal.
    public init(
        sip: any Transport<SIPMessage>, media: any MediaTransport, journal: any JournalStorage,
        formats: [any AudioFileFormat], payloads: [any AudioPayloadFormat] = [], recordings: any RecordingStore,
        analytics: (any RecordingStore)? = nil,
        workingDirectory: any WorkingDirectory, processor: any HTTPExchange,
        configuration: MediaServerConfiguration = MediaServerConfiguration(), clock: any CallClock,
        observer: any CallObserver = SilentObserver(), seed: UInt64
    ) {
        (self.sip, self.journal, self.workingDirectory) = (sip, journal, workingDirectory)
        (self.formats, self.payloads) = (formats, payloads)
        (self.configuration, self.clock, self.observer) = (configuration, clock, observer)
        self.uploader = Uploader(
            directory: workingDirectory,
            destinations: UploadDestinations(recordings: recordings, analytics: analytics, processor: processor),
            patience: configuration.uploadPatience, clock: clock, observer: observer)
        var tokens = TokenGenerator(seed: seed)
        self.control = MediaControl(
            configuration: configuration,
            formats: formats.map { RecordingFormat(mediaType: $0.mediaType, pathExtension: $0.pathExtension) },
            payloads: payloads, sipEndpoint: sip.localEndpoint, epoch: clock.epoch, seed: tokens.next(),
            makeKeys: { [suites = media.protectionSuites] in
                var randomness = SystemRandomNumberGenerator()
                return suites.map { SRTPKey(suite: $0, using: &randomness) }
            })
        let (reports, reportsContinuation) = AsyncStream<MediaPlaneReport>.makeStream()
        let (work, workContinuation) = AsyncStream<RenderingWork>.makeStream()
        (self.reports, self.renderingWork, self.renderingContinuation) = (reports, work, workContinuation)
        let ending = MediaEnding()
        self.ending = ending
        self.thread = MediaThread(
            transport: media, journal: journal, seed: tokens.next(),
            report: { report in
                reportsContinuation.yield(report)
                if report == .finished { ending.happened() }
            },
            committed: { batch, outcome in workContinuation.yield(.batch(batch, outcome)) })
    }

    /// How many legs there are.
    public var activeLegCount: Int { self.control.activeLegCount }

    /// How many recordings are not yet safe elsewhere: under way, being rendered, or waiting to be uploaded.
    public var pendingRecordingCount: Int {
        get async { await self.uploader.pendingCount + self.unrendered.count }
    }

    /// Serves until the surrounding task is cancelled. Call it once.
    ///
    /// Cancelling ends at once: what was recorded until then is in the journal, and the next start makes a recording of
    /// it. ``shutDown()`` before that finishes everything first.
    ///
    /// - Throws: where the SIP transport broke.
    public func run() async throws {
        let renderer = await self.recover()
        self.thread.start()
        async let uploads: Void = self.uploader.run()
        async let timers: Void = self.alarms.run(on: self.clock) { await self.take(.timerFired($0)) }
        async let media: Void = self.follow(self.reports)
        async let renderings: Void = self.render(self.renderingWork, renderer)
        async let retries: Void = self.retries.run(on: self.clock) { [renderingContinuation] work in
            renderingContinuation.yield(work)
        }
        let failure: TransportError?
        do throws(TransportError) {
            try await self.sip.run { message, peer in await self.take(.sip(message, from: peer)) }
            failure = nil
        } catch {
            failure = error
        }
        self.thread.order(.shutDown)
        await self.ending.wait()
        self.journal.close()
        self.isOver = true
        self.wake()
        if let failure { throw failure }
        _ = await (uploads, timers, media, renderings, retries)
    }

    /// Ends gracefully: takes no new calls (503), ends the dialogs, and returns when every recording has been finished,
    /// rendered and uploaded. Then cancel ``run()``.
    ///
    /// It does not wait for stores longer than the configuration says; what waits then is kept for the next start.
    public func shutDown() async {
        self.take(.shutDown)
        await self.wait { $0.hasNoDialogs }
        self.thread.order(.shutDown)
        await self.wait { $0.unrendered.isEmpty }
        if !(await self.uploader.drained(within: self.configuration.shutDownPatience)) {
            let count = await self.uploader.pendingCount
            self.observe(
                .alarm, "upload.postponed",
                "\(count) recordings stay on this node and are uploaded after the next start.")
        }
    }

    private func take(_ event: MediaControl.Event) {
        if case .sip = event { self.watchRoom() }
        self.handle(event)
    }

    private func handle(_ event: MediaControl.Event) {
        var orders: [MediaPlaneOrder] = []
        for effect in self.control.handle(event, at: self.clock.now) {
            switch effect {
            case .sendSIP(let message, let peer):
                // What becomes of a message is for SIP's own timers.
                try? self.sip.send(message, to: peer)
            case .media(let order): orders.append(order)
            case .setTimer(let timer, let wait): self.alarms.set(timer, after: wait)
            case .recordingBegan(let number): self.unrendered.insert(number)
            case .recordingRefused(let number):
                self.unrendered.remove(number)
                self.wake()
            case .report(let report): self.observer.observe(report)
            case .finished:
                self.hasNoDialogs = true
                self.wake()
            }
        }
        // Together: a recording that begins paused must not catch what arrives between the two orders.
        self.thread.order(orders)
    }

    /// Takes what the renderer has finished, and hands it to the uploader.
    func take(_ outcome: Renderer.Outcome, needsRetry: Bool) async {
        for problem in outcome.problems { self.observe(.alarm, "rendering.trouble", problem.message) }
        for number in outcome.postponed {
            self.observe(
                .alarm, "recording.postponed",
                "Recording \(number) stays in the journal, since the working directory took nothing for too long; "
                    + "it is made at the next start.", ["recording": "\(number)"])
            self.isRendered(number)
        }
        let finished = self.unsubmitted + outcome.finished
        self.unsubmitted = []
        for recording in finished { await self.submit(recording) }
        if needsRetry || !self.unsubmitted.isEmpty { self.retries.set(.retry, after: Self.renderingRetry) }
    }

    private func submit(_ recording: RenderedRecording) async {
        let number = recording.ticket.number
        let record = UploadRecord(
            recording, tenant: self.configuration.tenant, profile: self.configuration.profile.name,
            storage: self.configuration.storage)
        guard !record.mediaFiles.isEmpty else {
            self.observe(
                .alarm, "recording.unmade",
                "No file of \(recording.ticket.id) could be made; it stays in the journal: \(recording.verdict.summary)"
            )
            return self.isRendered(number)
        }
        do throws(StorageError) {
            try await self.uploader.submit(record)
        } catch {
            self.observe(
                .alarm, "upload.unrecorded",
                "\(record.name) waits until it can be noted what is to be uploaded: \(error.message)")
            self.unsubmitted.append(recording)
            return
        }
        // From here on the files and their record are on the disk, and the journal has done its work.
        self.journal.release(number)
        if !recording.verdict.exceptions.isEmpty {
            self.observe(
                .alarm, "recording.partial", "\(record.name) is not whole: \(recording.verdict.summary)",
                ["id": recording.ticket.id, "recording": "\(number)", "verdict": recording.verdict.summary])
        }
        if let consent = recording.verdict.consent, consent.heardAt == nil {
            self.observe(
                .warning, "recording.unconsented", "\(record.name) does not count as consented: \(consent).",
                ["id": recording.ticket.id, "recording": "\(number)"])
        }
        self.observe(
            .info, "recording.rendered", "\(record.name) is made: \(recording.verdict.summary).",
            [
                "id": recording.ticket.id, "recording": "\(number)", "file": record.fileNames.first ?? "",
                "milliseconds": "\(recording.duration.milliseconds)", "verdict": recording.verdict.summary,
            ])
        self.isRendered(number)
    }

    private func isRendered(_ number: RecordingNumber) {
        self.unrendered.remove(number)
        self.wake()
    }

    private func follow(_ reports: AsyncStream<MediaPlaneReport>) async {
        for await report in reports {
            if case .counts = report {
                self.watchJournal()
                self.watchRoom()
            }
            self.take(.media(report))
        }
    }

    /// A disk that hangs reports no failure: it says nothing, and what is captured gathers in memory.
    private func watchJournal() {
        let isSlow = self.thread.journalDelay(at: self.clock.now) >= Self.journalPatience
        guard isSlow != self.isJournalSlow else { return }
        self.isJournalSlow = isSlow
        if isSlow {
            self.observe(
                .alarm, "journal.slow",
                "The journal has answered nothing for \(Self.journalPatience): captured media is in memory only.")
        } else {
            self.observe(.info, "journal.recovered", "Captured media goes to the disk again.")
        }
    }

    private static let journalPatience = Duration.seconds(3)

    /// Tells people of a disk that fills while there is time to act, and refuses new recordings when there is none.
    private func watchRoom() {
        let space = self.journal.space
        guard space.level != self.room else { return }
        let free = "\(space.freeByteCount >> 20) MiB are free on the journal's disk"
        switch space.level {
        case .ample: self.observe(.info, "journal.room", "There is room for the journal again: \(free).")
        case .low: self.observe(.alarm, "journal.low", "The journal's disk fills, make room: \(free).")
        case .scarce:
            self.observe(.alarm, "journal.scarce", "New recordings are refused until there is more room: \(free).")
        case .full: self.observe(.alarm, "journal.scarce", "There is no room to record: \(free).")
        }
        self.room = space.level
        self.handle(.newRecordings(space.level <= .scarce ? "the media server's disk is nearly full: \(free)" : nil))
    }

    /// Waits until something is so, or ``run()`` has ended.
    private func wait(until isSo: (isolated MediaServer) -> Bool) async {
        while !isSo(self), !self.isOver {
            await withCheckedContinuation { self.waiters.append($0) }
        }
    }

    private func wake() {
        for waiter in self.waiters { waiter.resume() }
        self.waiters = []
    }

    nonisolated func observe(
        _ level: CallReport.Level, _ name: String, _ message: String, _ about: [String: String] = [:]
    ) {
        self.observer.observe(CallReport(level, "MediaControlPlatform", name, message, about))
    }
}
