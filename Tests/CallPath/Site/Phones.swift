import CallRecording
import CallRecordingNIO
import CallRecordingSockets
import CallRecordingTesting

/// Two softphones that register at a site and call each other.
struct Phones: Sendable {
    /// What the caller's and the called party's voices are made of.
    ///
    /// - Unit: Hz.
    static let voices = [440, 1_000]

    let caller: Line
    let callee: Line

    /// One phone, and what it has reported.
    struct Line: Sendable {
        let number: DN
        let phone: Softphone
        let reports = Log<PhoneReport>()

        /// Waits until the phone has reported something.
        func until(_ report: PhoneReport) async throws {
            try await CallPathTests.until("\(self.number): \(report)") { self.reports.all.contains(report) }
        }

        fileprivate func follow() async {
            for await report in self.phone.reports { self.reports.append(report) }
        }
    }

    /// - Parameter answersAfter: nil for a phone that only rings.
    init(
        at site: Site, caller: DN = "7002", callee: DN = "7001", answersAfter: Duration? = .milliseconds(100),
        codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent(101)], calleeCodecs: [AudioCodec]? = nil
    ) async throws {
        let parties = [
            (caller, codecs, Self.voices[0]), (callee, calleeCodecs ?? codecs, Self.voices[1]),
        ]
        var lines: [Line] = []
        for (number, codecs, voice) in parties {
            let phone = PhoneConfiguration(
                number: number, registrar: site.ports.sip.localEndpoint, answersAfter: answersAfter, codecs: codecs)
            lines.append(try await Self.line(phone, voice: voice, at: site))
        }
        (self.caller, self.callee) = (lines[0], lines[1])
    }

    private static func line(_ phone: PhoneConfiguration, voice: Int, at site: Site) async throws -> Line {
        let clock = site.clock
        return Line(
            number: phone.number,
            phone: try Softphone(
                configuration: phone, playing: Tone.pulses(frequency: voice, seconds: 30),
                sip: try await UDPTransport.bind(to: .loopback(0)),
                media: try UDPMedia(address: .loopback(0), ports: site.media.take(10), now: { clock.now }),
                clock: clock, seed: .random(in: .min ... .max)))
    }

    /// Runs both phones, registers them, and takes them away afterwards.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for line in [self.caller, self.callee] {
                group.addTask { try await line.phone.run() }
                group.addTask { await line.follow() }
            }
            defer { group.cancelAll() }
            for line in [self.caller, self.callee] {
                await line.phone.register()
                try await line.until(.registered)
            }
            return try await body()
        }
    }

    /// Calls, and waits for nothing.
    func call(_ number: DN? = nil) async { await self.caller.phone.call(number ?? self.callee.number) }

    /// Calls, and waits until both can speak.
    func connect() async throws {
        await self.call()
        try await self.callee.until(.established)
        try await self.caller.until(.established)
    }

    /// Waits until both have heard so much more.
    func talk(seconds: Double) async throws {
        let packets = Int(seconds * 50)
        let before = [self.caller, self.callee].map { $0.phone.media.counts.packetsReceived }
        try await CallPathTests.until("\(seconds) s of talk") {
            zip([self.caller, self.callee], before).allSatisfy { line, before in
                line.phone.media.counts.packetsReceived >= before + packets
            }
        }
    }

    /// The caller hangs up.
    func hangUp() async throws {
        await self.caller.phone.hangUp()
        try await self.callee.until(.ended)
        try await self.caller.until(.ended)
    }
}

extension Site {
    /// Two people are recorded for a while and hang up.
    func call(
        caller: DN = "7002", callee: DN = "7001", seconds: Double = 2,
        codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent(101)]
    ) async throws {
        let before = self.announcedRecordings
        let phones = try await Phones(at: self, caller: caller, callee: callee, codecs: codecs)
        try await phones.run {
            try await phones.connect()
            try await until("a recording") { self.announcedRecordings > before }
            try await phones.talk(seconds: seconds)
            try await phones.hangUp()
        }
    }

    /// How many recordings SIP Server has announced: media goes through the media server by then.
    var announcedRecordings: Int {
        self.reports.reports(named: "recording.started").count { $0.box == "SIPServer" }
    }

    /// Waits until a call is being recorded.
    func recordingStarted() async throws { try await until("a recording") { self.announcedRecordings > 0 } }

    /// Waits until the web services know of the only recording there is.
    func recording() async throws -> Recording {
        try await found("a recording in the web services") {
            try await self.ports.metadata.recordings(matching: RecordingQuery(), after: nil, limit: 2).recordings.first
        }
    }

    /// What is left on the node that is not yet safe elsewhere, on its way to the store and to the web services.
    func waiting() throws -> [String] { try self.ports.spool.names() + self.ports.backlog.names() }

    /// Waits until the recording is known everywhere and nothing of it is left on the node.
    func settled() async throws {
        _ = try await self.recording()
        do {
            try await until("an empty node") { try self.waiting().isEmpty }
        } catch {
            let troubles = self.reports.all.filter { $0.level >= .warning }.suffix(5).map(\.message)
            throw Overdue("an empty node; it has \(try self.waiting()), and reports \(troubles)")
        }
    }
}
