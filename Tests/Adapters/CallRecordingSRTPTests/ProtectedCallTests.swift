import CallRecordingInProcess
import CallRecordingSRTP
import CaptureJournal
import MediaControlPlatform
import RTP
import SDP
import SIP
import Testing

/// Signalling, media plane and protection together: a phone that insists on SRTP, and one that has never heard of it.
@Suite struct `A protected call` {
    private static let server = Endpoint.loopback(5_080)
    private static let peer = Endpoint.loopback(5_070)
    private let network = InProcessMediaNetwork(now: { .zero })

    @Test func `a phone with SRTP is recorded, and hears a phone without`() throws {
        let media = try SRTPMedia(self.network.transport(at: .loopback(0)))
        var plane = MediaPlane(transport: media, seed: 1)
        var control = MediaControl(
            configuration: MediaServerConfiguration(), sipEndpoint: Self.server, epoch: WallTime(milliseconds: 0),
            seed: 1
        ) { [suites = media.protectionSuites] in
            var randomness = SystemRandomNumberGenerator()
            return suites.map { SRTPKey(suite: $0, using: &randomness) }
        }

        // Each phone has a port of its own on the network, and the first protects it.
        let phones = try SRTPMedia(
            self.network.transport(at: Endpoint(ipv4: 0x7F00_0002, port: 0), ports: 4_000..<4_010))
        let (caller, agent) = (try phones.openPort(), try phones.openPort())
        var randomness = SystemRandomNumberGenerator()
        let key = SRTPKey(suite: .aes128CounterSHA1Tag80, using: &randomness)
        let secured = SDPCrypto(tag: 1, suite: .aes128CounterSHA1Tag80, keys: [SDPKey(Self.bytes(of: key))])
        let answer = try Self.invite(&control, &plane, "1", Self.offer(caller.localEndpoint, secured))
        let plain = try Self.invite(&control, &plane, "2", Self.offer(agent.localEndpoint, nil))
        let taken = try #require(answer.media.first?.crypto.first)
        #expect(taken.tag == 1 && taken.suite == .aes128CounterSHA1Tag80)
        #expect(plain.media.first?.crypto == [])
        let theirs = try #require(
            SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: taken.keys.first?.keyAndSalt ?? []))
        try caller.setProtection(MediaProtection(sent: key, received: theirs))

        let legs = [LegID(rawValue: 1), LegID(rawValue: 2)]
        let ticket = RecordingTicket(
            number: RecordingNumber(rawValue: 1), id: "1", conference: "call",
            channels: legs.map { .init(leg: $0, dn: "\($0)") }, files: [], startTime: WallTime(milliseconds: 0))
        _ = plane.turn(legs.map { .join($0, conference: "call") } + [.startRecording(ticket)])

        let (fromCaller, fromAgent) = (speech(1), speech(9, ssrc: 8))
        caller.send(fromCaller.span, to: try Self.place(answer))
        agent.send(fromAgent.span, to: try Self.place(plain))
        _ = plane.turn()
        let heard = phones.drained(2)
        #expect(heard.count == 2)
        #expect(heard.contains { $0[12...] == fromCaller[12...] })
        #expect(heard.contains { $0[12...] == fromAgent[12...] })
        #expect(caller.unprotectedCount == 0)

        _ = plane.turn([.shutDown])
        let batch = plane.takeBatch()
        let journal = try #require(batch)
        #expect(Self.contains(journal, fromCaller) && Self.contains(journal, fromAgent))
        // What is kept of the agreement has no key.
        #expect(!Self.contains(journal, Self.bytes(of: key)) && !Self.contains(journal, Self.bytes(of: theirs)))
    }

    // MARK: What the test needs

    private static func bytes(of key: SRTPKey) -> [UInt8] {
        key.withKeyAndSalt { secret in secret.indices.map { secret[$0] } }
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard bytes.count >= part.count else { return false }
        return (0...bytes.count - part.count).contains { bytes[$0..<$0 + part.count].elementsEqual(part) }
    }

    private static func place(_ answer: SessionDescription) throws -> Endpoint {
        let port = try #require(answer.media.first?.port)
        return .loopback(port)
    }

    private static func offer(_ endpoint: Endpoint, _ crypto: SDPCrypto?) -> String {
        """
        v=0\r
        o=- 1 1 IN IP4 \(endpoint.host)\r
        s=-\r
        c=IN IP4 \(endpoint.host)\r
        t=0 0\r
        m=audio \(endpoint.port) \(crypto == nil ? "RTP/AVP" : "RTP/SAVP") 0\r
        \(crypto.map { "a=crypto:\($0.value)\r\n" } ?? "")
        """
    }

    /// Sets up a leg, and returns what the media server answers.
    private static func invite(
        _ control: inout MediaControl, _ plane: inout MediaPlane, _ callID: String, _ offer: String
    ) throws -> SessionDescription {
        let uri = "sip:msml=call@\(Self.server);dn=\(callID)"
        let text = [
            "INVITE \(uri) SIP/2.0", "Via: SIP/2.0/UDP \(Self.peer);branch=z9hG4bK-\(callID)",
            "From: <sip:sips@\(Self.peer)>;tag=\(callID)", "To: <\(uri)>", "Call-ID: \(callID)", "CSeq: 1 INVITE",
            "Max-Forwards: 70", "Contact: <sip:sips@\(Self.peer)>", "Content-Type: application/sdp",
            "Content-Length: \(offer.utf8.count)", "", offer,
        ].joined(separator: "\r\n")
        let bytes = Array(text.utf8)
        var events: [MediaControl.Event] = [.sip(try SIPMessage(parsing: bytes.span), from: Self.peer)]
        var answer: SessionDescription?
        while !events.isEmpty {
            for effect in control.handle(events.removeFirst(), at: .zero) {
                switch effect {
                case .media(let order): events += plane.turn([order]).map { .media($0) }
                case .sendSIP(let message, _):
                    guard let body = message.body?.bytes else { continue }
                    answer = try SessionDescription(parsing: body.span)
                case .setTimer, .recordingBegan, .recordingRefused, .report, .finished: break
                }
            }
        }
        return try #require(answer)
    }
}
