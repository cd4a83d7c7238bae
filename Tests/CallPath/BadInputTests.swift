import CallRecording
import CallRecordingTesting
import Foundation
import Testing

/// What nobody should send, and what becomes of those who do.
@Suite struct BadInputTests {
    private static let wideband = [AudioCodec("G722", payloadType: 9)]

    @Test func `a phone that offers no common codec gets 488`() async throws {
        try await withSite { site in
            let phones = try await Phones(at: site, codecs: Self.wideband, calleeCodecs: [.pcmu])
            try await phones.run {
                await phones.call()
                try await phones.caller.until(.refused(.notAcceptableHere))
            }
        }
    }

    @Test func `a media server without the phones' codec answers 488, and the call goes on unrecorded`() async throws {
        let watched = Log<WatchedTransport<SIPMessage>>()
        try await withSite {
            let transport = WatchedTransport($0.mediaServer)
            watched.append(transport)
            $0.mediaServer = transport
        } _: { site in
            let phones = try await Phones(at: site, codecs: Self.wideband)
            try await phones.run {
                try await phones.connect()
                try await until("an alarm") { site.reports.reports(named: "recording.failed").first?.level == .alarm }
                #expect(watched.all.first?.sent.all.contains { $0.status == .notAcceptableHere } == true)
                #expect(phones.callee.reports.all.contains(.ended) == false)
                try await phones.hangUp()
            }
            #expect(site.announcedRecordings == 0)
        }
    }

    @Test(arguments: [("7999", SIPStatus.notFound), ("7003", .temporarilyUnavailable)] as [(DN, SIPStatus)])
    func `a call that leads nowhere is refused`(_ number: DN, _ status: SIPStatus) async throws {
        try await withSite { site in
            let phones = try await Phones(at: site)
            try await phones.run {
                await phones.call(number)
                try await phones.caller.until(.refused(status))
            }
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `whatever is sent to whatever port, the process goes on and the recording is complete`(
        _ seed: UInt64
    ) async throws {
        try await withSite { site in
            let (desktop, phones) = (try await Desktop(at: site), try await Phones(at: site))
            try await desktop.run {
                let call = try await phones.run {
                    try await phones.connect()
                    let call = try #require(try await desktop.event(.eventEstablished)[.callUUID])
                    try await until("a recording") { desktop.recordingStates == ["ON"] }
                    try await phones.talk(seconds: 1)
                    try await Self.attack(site, seed: seed)
                    try await phones.talk(seconds: 1)
                    #expect(desktop.recordingStates == ["ON"])
                    try await phones.hangUp()
                    return call
                }
                let recording = try await found("the recording") {
                    try await site.ports.metadata.recording(RecordingID(call))
                }
                for file in recording.mediaFiles {
                    #expect(file.verdict.summary == "complete")
                    #expect(file.duration > .seconds(2))
                    #expect(try await site.sound(of: file).hasPartiesApart)
                }
                // Everybody is still served.
                try await desktop.client.register("7002")
                #expect(try await site.client.get("/api/v2/recordings/\(call)").status == 200)
                try await Self.callAgain(at: site)
            }
        }
    }

    private static func callAgain(at site: Site) async throws {
        let before = site.announcedRecordings
        let phones = try await Phones(at: site)
        try await phones.run {
            try await phones.connect()
            try await until("another recording") { site.announcedRecordings > before }
            try await phones.hangUp()
        }
    }

    // MARK: - The attack

    private static func attack(_ site: Site, seed: UInt64) async throws {
        let signalling = [site.ports.sip, site.ports.resourceManager, site.ports.mediaServer].map(\.localEndpoint)
        let media = site.mediaServerPorts.map { Endpoint.loopback($0) }
        let (server, tLibrary, web) = (signalling[2], site.ports.tLibrary.localEndpoint, site.client.server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Self.flood(signalling, seed: seed, count: 200) { $0.sip(to: $1, from: $2) }
            }
            group.addTask {
                try await Self.flood(media, seed: seed + 100, count: 60) { hostility, _, _ in hostility.media() }
            }
            group.addTask { try await Self.knock(at: tLibrary, seed: seed + 200) { $0.tLibrary() } }
            group.addTask { try await Self.knock(at: web, seed: seed + 300) { $0.http() } }
            group.addTask {
                let unanswered = try await blocking { try Self.instruct(server, seed: seed + 400) }
                #expect(unanswered.isEmpty)
            }
            try await group.waitForAll()
        }
    }

    /// Sends datagrams to ports.
    private static func flood(
        _ ports: [Endpoint], seed: UInt64, count: Int,
        _ next: @escaping @Sendable (_ hostility: inout Hostility, _ port: Endpoint, _ source: Endpoint) -> [UInt8]
    ) async throws {
        try await blocking {
            var hostility = Hostility(seed: seed)
            for port in ports {
                let socket = try RawSocket(to: port, isStream: false)
                let source = socket.localEndpoint
                for index in 0..<count {
                    socket.send(next(&hostility, port, source))
                    // A flood that the kernel drops before anybody has read it would show nothing.
                    if index % 10 == 0 { usleep(1_000) }
                }
            }
        }
    }

    /// Opens connections, says something on each, hears what comes, and hangs up.
    private static func knock(
        at port: Endpoint, seed: UInt64, _ next: @escaping @Sendable (_ hostility: inout Hostility) -> [UInt8]
    ) async throws {
        try await blocking {
            var hostility = Hostility(seed: seed)
            for index in 0..<60 {
                let socket = try RawSocket(to: port, isStream: true)
                socket.send(next(&hostility))
                socket.send(next(&hostility))
                // Whoever waits for more of it is left waiting.
                if index % 12 == 0 { _ = socket.receive() }
            }
        }
    }

    /// Sets up a leg of its own at the media server, and instructs it.
    ///
    /// - Returns: what was not answered.
    private static func instruct(_ server: Endpoint, seed: UInt64) throws -> [String] {
        let socket = try RawSocket(to: server, isStream: false)
        var hostility = Hostility(seed: seed)
        var leg = HostileLeg(at: server, from: socket.localEndpoint)
        let invite = leg.request(.invite, SIPBody(type: "application/sdp", bytes: leg.offer))
        guard let answer = Self.answer(to: invite, on: socket), answer.status == .ok else { return ["INVITE"] }
        leg.tag = answer[.to]?.tag
        socket.send(leg.request(.ack, nil).encoded())
        var unanswered: [String] = []
        for _ in 0..<150 {
            let body = hostility.msml(leg.tag ?? "")
            let info = leg.request(.info, SIPBody(type: MSML.mediaType, bytes: body))
            if Self.answer(to: info, on: socket) == nil { unanswered.append("\(info)") }
        }
        if Self.answer(to: leg.request(.bye, nil), on: socket)?.status != .ok { unanswered.append("BYE") }
        return unanswered
    }

    /// The final response to a request, which is sent again as long as there is none.
    private static func answer(to request: SIPMessage, on socket: RawSocket) -> SIPMessage? {
        for _ in 0..<15 {
            socket.send(request.encoded())
            while true {
                let bytes = socket.receive()
                guard !bytes.isEmpty else { break }
                guard let message = try? SIPMessage(parsing: bytes.span), let status = message.status else { continue }
                if !status.isProvisional, message[.cseq] == request[.cseq] { return message }
            }
        }
        return nil
    }
}

/// A dialog with the media server that has nothing to do with any call.
private struct HostileLeg {
    var tag: String?

    private let server: Endpoint
    private let source: Endpoint
    private var sequence: UInt32 = 0

    init(at server: Endpoint, from source: Endpoint) { (self.server, self.source) = (server, source) }

    var offer: [UInt8] {
        SessionDescription.audio(at: .loopback(9), codecs: [.pcmu], sessionID: 1, version: 1).encoded()
    }

    mutating func request(_ method: SIPMethod, _ body: SIPBody?) -> SIPMessage {
        if method != .ack { self.sequence += 1 }
        let uri = SIPURI(user: "msml=hostile", endpoint: self.server, parameters: ["dn": "666", "record": ""])
        var message = SIPMessage(request: method, uri: uri)
        message.setField(
            "Via", to: "SIP/2.0/UDP \(self.source);branch=z9hG4bK\(method.rawValue)\(self.sequence);rport")
        message.setField("From", to: "<sip:666@\(self.source)>;tag=hostile")
        message.setField("To", to: "<\(uri)>" + (self.tag.map { ";tag=\($0)" } ?? ""))
        message.setField("Call-ID", to: "hostile")
        message.setField("Contact", to: "<sip:666@\(self.source)>")
        message[.cseq] = SIPCSeq(self.sequence, method)
        message[.maxForwards] = 70
        message.body = body
        return message
    }
}
