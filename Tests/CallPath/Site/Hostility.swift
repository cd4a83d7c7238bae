import CallRecording

/// Bytes that nobody should send. The same seed makes the same bytes.
struct Hostility {
    private var tokens: TokenGenerator

    init(seed: UInt64) { self.tokens = TokenGenerator(seed: seed) }

    /// A number from a range.
    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self.tokens) }

    /// One of several.
    mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[self.number(0..<choices.count)] }

    /// Any bytes.
    mutating func noise(_ count: Range<Int>) -> [UInt8] {
        (0..<self.number(count)).map { _ in UInt8.random(in: .min ... .max, using: &self.tokens) }
    }

    /// Something good, made bad in one to four places.
    mutating func spoiled(_ good: [UInt8]) -> [UInt8] {
        var bytes = good
        for _ in 0..<self.number(1..<5) where !bytes.isEmpty {
            let start = self.number(0..<bytes.count)
            let end = min(bytes.count, start + self.number(1..<24))
            switch self.number(0..<7) {
            case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &self.tokens)
            case 1: bytes[start] ^= 1 << UInt8(self.number(0..<8))
            case 2: bytes.removeSubrange(start..<end)
            case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 4: bytes.removeSubrange(start...)
            case 5: bytes.insert(contentsOf: self.noise(1..<16), at: start)
            default:
                let filler = self.one(of: ["9", "\0", "<", "=", "\r\n", "%", "\"", "-"] as [Character])
                bytes.insert(contentsOf: String(repeating: filler, count: self.number(1..<600)).utf8, at: start)
            }
        }
        return bytes
    }

    /// What is spoiled most of the time, and sometimes is noise.
    mutating func bad(_ good: [String]) -> [UInt8] {
        self.number(0..<8) == 0 ? self.noise(0..<1_200) : self.spoiled(Array(self.one(of: good).utf8))
    }
}

extension Hostility {
    /// SIP that has nothing to do with any call.
    mutating func sip(to server: Endpoint, from source: Endpoint) -> [UInt8] {
        let name = self.tokens.token()
        let head = """
            Via: SIP/2.0/UDP \(source);branch=z9hG4bK\(name);rport
            Max-Forwards: 70
            From: <sip:666@\(source)>;tag=\(name)
            To: <sip:7999@\(server)>
            Call-ID: \(name)
            Contact: <sip:666@\(source)>

            """
        let sdp = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 0 8 101
            a=rtpmap:101 telephone-event/8000

            """
        let good =
            ["INVITE", "REGISTER", "OPTIONS", "BYE", "CANCEL", "ACK", "INFO", "UPDATE", "NOTIFY"].map { method in
                "\(method) sip:7999@\(server);dn=7999;record SIP/2.0\n\(head)CSeq: 1 \(method)\n"
                    + "Content-Type: application/sdp\nContent-Length: \(sdp.utf8.count + 7)\n\n\(sdp)"
            } + ["SIP/2.0 200 OK\n\(head)CSeq: 1 INVITE\nContent-Length: 0\n\n"]
        return self.bad(good.map { $0.replacing("\n", with: "\r\n") })
    }

    /// MSML about a conference of its own.
    mutating func msml(_ connection: String) -> [UInt8] {
        let good = MSMLRequest.startRecording(
            in: "hostile_record", parameters: [GVPParameter("id", "hostile")], joining: ["conn:\(connection)"])
        let change = MSMLRequest.changeRecorder(of: "hostile_record", to: .pause)
        let bombs = [
            String(repeating: "<a>", count: 20_000),
            "<msml version=\"1.1\">" + String(repeating: "<join/>", count: 2_000),
            "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><msml version=\"1.1\">&c;</msml>",
            "<msml version=\"1.1\"><createconference name=\"&#xFFFFFFFF;\"/></msml>", "", "<msml", "\u{FEFF}<msml/>",
        ]
        if self.number(0..<10) == 0 { return Array(self.one(of: bombs).utf8) }
        return self.bad([good, change].map { String(decoding: $0.encoded(), as: UTF8.self) })
    }

    /// RTP and RTCP of somebody who has no leg.
    mutating func media() -> [UInt8] {
        var packet: [UInt8] = [0x80, self.one(of: [0, 8, 101, 13, 200, 201]), 0, 1, 0, 0, 0, 160, 1, 2, 3, 4]
        packet += [UInt8](repeating: 0x55, count: 160)
        return switch self.number(0..<4) {
        case 0: self.noise(0..<2_100)
        case 1: self.spoiled(packet)
        case 2: [self.one(of: [0x8F, 0x90, 0xA0, 0xBF, 0x00])] + packet.dropFirst().prefix(self.number(0..<30))
        default: packet
        }
    }

    /// What a T-Library client never says.
    mutating func tLibrary() -> [UInt8] {
        var registration = TMessage(.requestRegisterClient)
        registration[.applicationName] = "hostile"
        var address = TMessage(.requestRegisterAddress)
        address[.thisDN] = "7001"
        var service = TMessage(.requestPrivateService)
        service[.thisDN] = "7001"
        service[.privateMsgID] = .recordStop
        service[.reason] = ["reason": .list(["inner": .list(["deep": .integer(1)])])]
        let good = [registration, address, service].map { $0.encodedFrame() }
        switch self.number(0..<6) {
        case 0: return self.noise(0..<3_000)
        case 1: return [0xFF, 0xFF, 0xFF, 0xFF] + self.noise(0..<100)
        case 2: return [0, 0, 0, UInt8(self.number(0..<8))] + self.noise(0..<100)
        default: return good[0] + self.spoiled(self.one(of: good)) + self.spoiled(good.flatMap(\.self))
        }
    }

    /// Requests that a web server hates.
    mutating func http() -> [UInt8] {
        let body =
            #"{"id":"X","region":"r","mediaFiles":[{"mediaId":"../x","type":"audio/mp3","duration":"1","size":"-1"}]}"#
        let length = body.utf8.count
        return self.bad(
            [
                "GET /api/v2/recordings?limit=1 HTTP/1.1\nHost: a\n\n",
                "GET /api/v2/recordings/%00/play/..%2f..%2fetc%2fpasswd.mp3 HTTP/1.1\nHost: a\nRange: bytes=9-1,-\n\n",
                "POST /internal-api/contact-centers/a/recordings HTTP/1.1\nHost: a\nContent-Length: \(length)\n\n",
                "POST /api/contact-centers/a/recordings HTTP/1.1\nHost: a\nContent-Length: \(length)\n\n",
                "POST /interactionreceiver HTTP/1.1\nHost: a\nContent-Length: \(length)\n\n",
                "POST /interactionreceiver HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nFFFFFFFFFFFFFFFF\n",
                "POST /interactionreceiver HTTP/1.1\nHost: a\nContent-Length: 99999999999\n\n",
                "BREW / HTTP/9.9\n\n",
            ].map { $0.replacing("\n", with: "\r\n") + body })
    }
}
