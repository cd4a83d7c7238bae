import CallRecording
import CallRecordingTesting
import Testing

/// A call of a DN with `record=true`: the guide's "Agent Recording", from the INVITE of the phone to the recording in
/// the web services.
@Suite struct AgentRecordingTests {
    /// Somebody in a call who is recorded.
    enum Recorded: String, CaseIterable {
        case callee, caller, both

        var dns: Set<DN> {
            switch self {
            case .callee: ["7001"]
            case .caller: ["7002"]
            case .both: ["7001", "7002"]
            }
        }
    }

    @Test(arguments: Recorded.allCases)
    func `a call is recorded whole, each party in a channel, whoever has record=true`(_ recorded: Recorded) async throws
    {
        try await withSite(.twoPhones(recording: recorded.dns)) { site in
            try await site.call()
            let recording = try await site.recording()
            #expect(recording.callerPhoneNumber == "7002")
            #expect(recording.dialedPhoneNumber == "7001")
            #expect(recording.callType == "Internal")
            let file = try recording.file("audio/mp3")
            #expect(file.verdict.summary == "complete")
            #expect(file.verdict.streams.map(\.dn) == ["7002", "7001"])
            #expect(file.parameters["recordDN"] == (recorded == .caller ? "7002" : "7001"))
            #expect(try await site.sound(of: file).hasPartiesApart)
        }
    }

    @Test func `a call that nobody wants recorded goes past the media server`() async throws {
        let resourceManager = Log<WatchedTransport<SIPMessage>>()
        try await withSite(.twoPhones(recording: [])) {
            let watched = WatchedTransport($0.resourceManager)
            resourceManager.append(watched)
            $0.resourceManager = watched
        } _: { site in
            let phones = try await Phones(at: site)
            try await phones.run {
                try await phones.connect()
                try await phones.talk(seconds: 0.5)
                try await phones.hangUp()
            }
            try await until("the end of the call") { !site.reports.reports(named: "call.ended").isEmpty }
            #expect(resourceManager.all[0].received.all.isEmpty)
            #expect(
                try await site.ports.metadata.recordings(matching: .init(), after: nil, limit: 1).recordings.isEmpty)
        }
    }

    @Test func `there is one INVITE a party, and both name the same conference`() async throws {
        try await Self.watchedCall { _, mediaServer, resourceManager, _ in
            let asked = resourceManager.received.requests(.invite).filter { $0[.to]?.tag == nil }
            try #require(asked.count == 2)
            let uris = asked.compactMap(\.requestURI)
            #expect(Set(uris.map(\.user)).count == 1)
            let conference = try #require(uris.first?.user?.dropFirst("msml=".count))
            #expect(CallUUID(conference) != nil)
            let address = resourceManager.localEndpoint
            #expect(
                Set(uris.map(\.description)) == [
                    "sip:msml=\(conference)@\(address);dn=7002;record;tenant-dbid=1;media-service=record",
                    "sip:msml=\(conference)@\(address);dn=7001;record;tenant-dbid=1;media-service=record",
                ])
            // Resource Manager has found one media server for both, and says for which session.
            let placed = mediaServer.received.requests(.invite).filter { $0[.to]?.tag == nil }
            #expect(placed.count == 2)
            let sessions = Set(placed.map { $0.field("X-Genesys-GVP-Session-ID") ?? "" })
            #expect(sessions.count == 1)
            #expect(try sessions.first?.wholeMatch(of: Regex("[0-9A-F]{8}-[0-9A-F]{8}")) != nil)
            #expect(placed.allSatisfy { $0.field("X-Genesys-gsw-ivr-profile-name") == "record" })
        }
    }

    @Test func `the recorder is asked for in the very words of the reference`() async throws {
        try await Self.watchedCall { recording, mediaServer, _, _ in
            let parameters = try recording.file("audio/mp3").parameters
            let tags = mediaServer.sent.all.filter { $0.method == .invite && $0.status == .ok }
                .compactMap { message in message[.to]?.uri.parameters["dn"].map { ($0, message[.to]?.tag ?? "") } }
            let connection = Dictionary(tags, uniquingKeysWith: { first, _ in first })
            let info = try #require(mediaServer.received.requests(.info).first)
            let body = try #require(info.body)
            let conference = try #require(info[.to]?.uri.user?.dropFirst("msml=".count))
            #expect(body.type == "application/vnd.radisys.msml+xml")
            let expected = """
                <?xml version="1.0" encoding="UTF-8"?>
                <msml version="1.1">
                <createconference name="\(conference)_record" term="false">
                <gvp:recorder>
                <gvp:params>
                <gvp:param name="id">\(parameters["id"] ?? "")</gvp:param>
                <gvp:param name="recordDN">7001</gvp:param>
                <gvp:param name="sipsAppName">SIPServer</gvp:param>
                <gvp:param name="ani">7002</gvp:param>
                <gvp:param name="dnis">7001</gvp:param>
                <gvp:param name="dateTime">\(parameters["dateTime"] ?? "")</gvp:param>
                <gvp:param name="callUuid">\(recording.id)</gvp:param>
                <gvp:param name="connId">\(parameters["connId"] ?? "")</gvp:param>
                <gvp:param name="agentId">jane</gvp:param>
                </gvp:params>
                </gvp:recorder>
                <audiomix/>
                <videolayout>
                <selector method="confrole"/>
                </videolayout>
                </createconference>
                <join id1="conn:\(connection["7002"] ?? "")" id2="conf:\(conference)_record">
                <stream media="audio"/>
                <stream media="video"/>
                </join>
                <join id1="conn:\(connection["7001"] ?? "")" id2="conf:\(conference)_record">
                <stream media="audio"/>
                <stream media="video"/>
                </join>
                </msml>

                """
            #expect(String(decoding: body.bytes, as: UTF8.self) == expected.replacing("\n", with: "\r\n"))
            let id = try #require(parameters["id"])
            #expect(try id.wholeMatch(of: Regex(#"\#(recording.id)_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d"#)) != nil)
        }
    }

    @Test func `both parties' media is moved by re-INVITE, and they go on hearing each other`() async throws {
        try await Self.watchedCall { _, _, _, phones in
            for (line, voice) in [(phones.caller, Phones.voices[1]), (phones.callee, Phones.voices[0])] {
                let heard = line.phone.media
                #expect(heard.counts.packetsRefused == 0)
                // First from the other phone or, once it was moved, from the media server: somebody else's port.
                let other = (line.number == "7002" ? phones.callee : phones.caller).phone.mediaEndpoint
                #expect(heard.heard.last.map { $0.source != other } == true)
                let sound = Sound(heard: heard)
                #expect(sound.share(of: voice, in: 0) > 0.7)
            }
        }
    }

    @Test func `the recording tells who was on the call and when it was recorded`() async throws {
        try await withSite { site in
            try await site.call(seconds: 1)
            let events = try await site.recording().eventHistory
            #expect(events.map(\.occurredAt) == events.map(\.occurredAt).sorted())
            let told = events.filter { $0.event != "data" }.map {
                "\($0.event) \($0.phoneNumber) \($0.userName ?? "-")"
            }
            #expect(Set(told.prefix(2)) == ["Joined 7002 -", "Joined 7001 jane"])
            #expect(told.contains("RecordingStarted 7001 jane"))
            #expect(Set(told.suffix(2)) == ["Left 7002 -", "Left 7001 jane"])
        }
    }

    /// A recorded call whose signalling is looked at.
    private static func watchedCall(
        _ body: (
            _ recording: Recording, _ mediaServer: WatchedTransport<SIPMessage>,
            _ resourceManager: WatchedTransport<SIPMessage>, _ phones: Phones
        ) async throws -> Void
    ) async throws {
        let watched = Log<WatchedTransport<SIPMessage>>()
        try await withSite {
            let transports = [WatchedTransport($0.mediaServer), WatchedTransport($0.resourceManager)]
            for transport in transports { watched.append(transport) }
            ($0.mediaServer, $0.resourceManager) = (transports[0], transports[1])
        } _: { site in
            let phones = try await Phones(at: site)
            try await phones.run {
                try await phones.connect()
                try await site.recordingStarted()
                try await phones.talk(seconds: 1.5)
                try await phones.hangUp()
            }
            try await body(site.recording(), watched.all[0], watched.all[1], phones)
        }
    }
}
