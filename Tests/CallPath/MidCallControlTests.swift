import CallRecording
import Testing

/// What a T-Library client asks for in mid-call: the guide's "Mid-Call Control of the Recording Session".
@Suite struct MidCallControlTests {
    @Test func `start, pause, resume and stop are acknowledged, announced and done`() async throws {
        let journal = Log<[UInt8]>()
        try await withSite(.twoPhones(recording: [])) {
            $0.journal = WatchedJournal(inner: $0.journal, batches: journal)
        } _: { site in
            try await Self.withEstablishedCall(at: site) { desktop, connID, phones in
                let requests: [(PrivateMsgID, String, Double)] = [
                    (.recordStart, "order", 1.2), (.recordPause, "card number", 1.2), (.recordResume, "taken", 1.2),
                    (.recordStop, "done", 0.2),
                ]
                for (service, reason, seconds) in requests {
                    let answer = try await desktop.ask(service, connID, reason: reason)
                    #expect(answer.type == .eventACK)
                    #expect(answer[.connID] == connID)
                    try await phones.talk(seconds: seconds)
                }
                #expect(desktop.recordingStates == ["ON", "PAUSED", "ON", "OFF"])
                try await phones.hangUp()
            }
            let recording = try await site.recording()
            for file in recording.mediaFiles {
                #expect(file.verdict.summary == "complete")
                let pause = try #require(file.masks.first)
                #expect(file.masks.count == 1)
                let sound = try await site.sound(of: file)
                // MP3 lets a little of what is before and after into its frames.
                #expect(sound.level(in: pause, margin: 1_000) < -70)
                #expect(sound.hasPartiesApart)
            }
            let events = recording.eventHistory.filter { $0.event.hasPrefix("Recording") }
            #expect(
                events.map { "\($0.event) \($0.data["reason"] ?? "-")" } == [
                    "RecordingStarted order", "RecordingPaused card number", "RecordingResumed taken",
                    "RecordingStopped done",
                ])
        }
        Self.expectNoPacketInPauses(of: journal.all)
    }

    @Test func `the client learns of the call before it asks, and of the recording's name when it is on`() async throws
    {
        try await withSite(.twoPhones(recording: [])) { site in
            try await Self.withEstablishedCall(at: site) { desktop, connID, _ in
                let ringing = try await desktop.event(.eventRinging)
                let established = try await desktop.event(.eventEstablished)
                #expect(ringing[.connID] == connID)
                #expect(established[.otherDN] == "7002")
                _ = try await desktop.ask(.recordStart, connID, reason: "order")
                let callUUID = try #require(established[.callUUID])
                let name = try await desktop.event(.eventAttachedDataChanged)[.userData]?.string("GSIP_REC_FN")
                #expect(name?.hasPrefix(callUUID.rawValue) == true)
            }
        }
    }

    @Test func `a recording that configuration has started obeys a client, too`() async throws {
        try await withSite { site in
            try await Self.withEstablishedCall(at: site) { desktop, connID, phones in
                try await until("ON") { desktop.recordingStates == ["ON"] }
                try await phones.talk(seconds: 0.4)
                _ = try await desktop.ask(.recordPause, connID, reason: "card number")
                try await phones.talk(seconds: 0.4)
                #expect(desktop.recordingStates == ["ON", "PAUSED"])
                try await phones.hangUp()
            }
            let file = try await site.recording().file("audio/mp3")
            #expect(file.masks.count == 1)
            #expect(file.masks.first?.end == file.duration)
        }
    }

    @Test func `a recording that is started again is another file of the same recording`() async throws {
        try await withSite(.twoPhones(recording: [], profile: IVRProfile(type2: nil))) { site in
            try await Self.withEstablishedCall(at: site) { desktop, connID, phones in
                for service in [PrivateMsgID.recordStart, .recordStop, .recordStart, .recordStop] {
                    _ = try await desktop.ask(service, connID, reason: "again")
                    try await phones.talk(seconds: 1.1)
                }
                #expect(desktop.recordingStates == ["ON", "OFF", "ON", "OFF"])
                try await phones.hangUp()
            }
            try await until("both files") { try await site.recording().mediaFiles.count == 2 }
            let files = try await site.recording().mediaFiles
            #expect(Set(files.map(\.path)).count == 2)
            for file in files {
                #expect(file.verdict.summary == "complete")
                #expect(try await site.sound(of: file).hasPartiesApart)
            }
        }
    }

    @Test func `a supervisor who is not on the call has the agent recorded`() async throws {
        try await withSite(.twoPhones(recording: [])) { site in
            try await Self.withEstablishedCall(at: site) { desktop, connID, phones in
                try await desktop.client.register("7003")
                let answer = try await desktop.client.privateService(.recordStart, thisDN: "7003", connID: connID)
                #expect(answer.type == .eventACK)
                try await until("ON") { desktop.recordingStates == ["ON"] }
                try await phones.talk(seconds: 0.4)
                try await phones.hangUp()
            }
            #expect(try await site.recording().file("audio/mp3").parameters["recordDN"] == "7001")
        }
    }

    @Test(arguments: Refused.all)
    func `what cannot be done is refused with code and text, and changes nothing`(_ refused: Refused) async throws {
        let watched = Log<WatchedTransport<SIPMessage>>()
        try await withSite(.twoPhones(recording: [])) {
            let transport = WatchedTransport($0.mediaServer)
            watched.append(transport)
            $0.mediaServer = transport
        } _: { site in
            let mediaServer = try #require(watched.all.first)
            try await Self.withCall(at: site, answered: refused.stage != .ringing) { desktop, connID in
                for service in refused.stage.services { _ = try await desktop.ask(service, connID, reason: "before") }
                let states = desktop.recordingStates
                let instructions = mediaServer.received.requests(.info).count
                let error = try #require(await desktop.refusal(of: refused.request(connID)))
                #expect(error[.errorCode] == refused.code)
                #expect(error[.errorMessage]?.isEmpty == false)
                // What follows is answered after whatever the refused request had brought about.
                try await desktop.client.register(Desktop.dn)
                #expect(desktop.recordingStates == states)
                #expect(mediaServer.received.requests(.info).count == instructions)
            }
        }
    }

    // MARK: -

    /// Something that a client cannot have.
    struct Refused: CustomTestStringConvertible, Sendable {
        /// How far the call has come.
        enum Stage: Sendable {
            case ringing, established, recording, paused

            var services: [PrivateMsgID] {
                switch self {
                case .ringing, .established: []
                case .recording: [.recordStart]
                case .paused: [.recordStart, .recordPause]
                }
            }
        }

        var testDescription: String
        var stage: Stage
        var service = PrivateMsgID.recordStart
        var code: TErrorCode
        var dn: DN? = Desktop.dn
        var change: @Sendable (inout TMessage) -> Void = { _ in }

        func request(_ connID: ConnID) -> TMessage {
            var message = TMessage(.requestPrivateService)
            message[.privateMsgID] = self.service
            message[.thisDN] = self.dn
            message[.connID] = connID
            self.change(&message)
            return message
        }

        static let all = [
            Refused(
                testDescription: "for a DN that the client has not registered", stage: .established,
                code: .notRegistered, dn: "7002"),
            Refused(testDescription: "for no DN", stage: .established, code: .invalidAttribute, dn: nil),
            Refused(testDescription: "of a call that there is not", stage: .established, code: .invalidConnID) {
                $0[.connID] = ConnID(rawValue: 0x0123_4567_89AB_CDEF)
            },
            Refused(testDescription: "of no call", stage: .established, code: .invalidConnID) { $0[.connID] = nil },
            Refused(testDescription: "of no service", stage: .established, code: .invalidAttribute) {
                $0[.privateMsgID] = nil
            },
            Refused(
                testDescription: "of another service", stage: .established, service: PrivateMsgID(rawValue: 3_099),
                code: .unsupportedOperation),
            Refused(testDescription: "for a party that there is not", stage: .established, code: .invalidAttribute) {
                $0[.extensions] = KVList([KVList.Pair("record", .string("nobody"))])
            },
            Refused(testDescription: "start while it rings", stage: .ringing, code: .invalidCallState),
            Refused(
                testDescription: "pause without a recording", stage: .established, service: .recordPause,
                code: .invalidState),
            Refused(
                testDescription: "resume without a recording", stage: .established, service: .recordResume,
                code: .invalidState),
            Refused(
                testDescription: "stop without a recording", stage: .established, service: .recordStop,
                code: .invalidState),
            Refused(testDescription: "start while it records", stage: .recording, code: .alreadyInState),
            Refused(
                testDescription: "resume while it records", stage: .recording, service: .recordResume,
                code: .invalidState),
            Refused(
                testDescription: "pause while it is paused", stage: .paused, service: .recordPause,
                code: .alreadyInState),
        ]
    }

    private static func withEstablishedCall(
        at site: Site, _ body: (_ desktop: Desktop, _ connID: ConnID, _ phones: Phones) async throws -> Void
    ) async throws {
        let (desktop, phones) = (try await Desktop(at: site), try await Phones(at: site))
        try await desktop.run {
            try await phones.run {
                try await phones.connect()
                let connID = try #require(try await desktop.event(.eventEstablished)[.connID])
                try await body(desktop, connID, phones)
            }
        }
    }

    /// A call in which nothing need be heard.
    private static func withCall(
        at site: Site, answered: Bool, _ body: (_ desktop: Desktop, _ connID: ConnID) async throws -> Void
    ) async throws {
        let desktop = try await Desktop(at: site)
        let phones = try await Phones(at: site, answersAfter: answered ? .milliseconds(10) : nil)
        try await desktop.run {
            try await phones.run {
                await phones.call()
                let event = try await desktop.event(answered ? .eventEstablished : .eventRinging)
                try await body(desktop, try #require(event[.connID]))
            }
        }
    }

    private static func expectNoPacketInPauses(of batches: [[UInt8]]) {
        var isPaused = false
        var kinds: Set<JournalRecordKind> = []
        for batch in batches {
            var reader = JournalReader()
            while let record = reader.next(in: batch.span) {
                kinds.insert(record.kind)
                if record.kind == .paused { isPaused = true }
                if record.kind == .resumed { isPaused = false }
                #expect(record.kind != .packet || !isPaused)
            }
        }
        #expect(kinds.isSuperset(of: [.begun, .packet, .paused, .resumed, .ended]))
    }
}

extension Desktop {
    /// The `EventError` to a request; nil where it was accepted.
    func refusal(of request: TMessage) async throws -> TMessage? {
        do {
            try await self.client.request(request)
            return nil
        } catch {
            guard case .refused = error.code else { throw error }
            return try await found("EventError") { self.events.all.last { $0.type == .eventError } }
        }
    }
}

/// A journal whose batches are looked at.
private struct WatchedJournal: JournalStorage {
    let inner: any JournalStorage
    let batches: Log<[UInt8]>

    func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        self.batches.append(batch)
        self.inner.append(batch, committed: committed)
    }

    func release(_ recording: RecordingNumber) { self.inner.release(recording) }

    var space: JournalSpace { self.inner.space }

    func close() { self.inner.close() }

    func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) { try self.inner.readSegments(body) }
}
