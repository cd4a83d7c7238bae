import SDP

/// Descriptions as devices may write them, the same ones in every run.
struct GeneratedDescriptions {
    private var random: TokenGenerator

    init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    /// A description of any lines, as bytes, and its lines without their ends.
    mutating func anyLines() -> (bytes: [UInt8], lines: [[UInt8]]) {
        var lines = [Array("v=0".utf8)]
        for _ in 0..<self.number(0...30) { lines.append(self.line()) }
        var bytes: [UInt8] = []
        for (index, line) in lines.enumerated() {
            if self.number(0...9) == 0 { bytes += self.pick([[0x0D, 0x0A], [0x0A], [0x20, 0x09, 0x0A]]) }
            bytes += line
            if index < lines.count - 1 || self.number(0...3) > 0 { bytes += self.pick([[0x0D, 0x0A], [0x0A]]) }
        }
        return (bytes, lines)
    }

    private mutating func line() -> [UInt8] {
        if self.number(0...4) == 0 {
            let port = self.number(0...65_535)
            let formats = (0...self.number(0...4)).map { _ in self.word() }.joined(separator: " ")
            return Array("m=\(self.word()) \(port) \(self.word()) \(formats)".utf8)
        }
        let types = Array("osiuepcbtrzkay!~A9".utf8)
        let value = (0..<self.number(0...40)).map { _ -> UInt8 in
            let byte = UInt8(self.number(1...255))
            return byte == 0x0D || byte == 0x0A ? 0x3A : byte
        }
        return [self.pick(types), UInt8(ascii: "=")] + value
    }

    /// An offer whose media may be good, odd or refused.
    mutating func offer() -> String {
        var text = "v=0\r\no=- 1 \(self.number(1...9)) IN IP4 203.0.113.1\r\ns=-\r\n"
        text +=
            self.pick(["c=IN IP4 203.0.113.1\r\n", "c=IN IP4 0.0.0.0\r\n", "c=IN IP6 2001:db8::1\r\n", ""])
            + "t=0 0\r\n"
        text += self.direction()
        for _ in 0..<self.number(0...4) { text += self.medium() }
        return text
    }

    private mutating func medium() -> String {
        let media = self.pick(["audio", "audio", "audio", "video", "AUDIO", "text"])
        let carriage = self.pick(["RTP/AVP", "RTP/AVP", "rtp/avp", "RTP/AVPF", "RTP/SAVP", "UDP/TLS/RTP/SAVPF", "udp"])
        let formats = Set((0...self.number(0...5)).map { _ in self.pick([0, 8, 9, 13, 18, 96, 97, 101, 34, 200]) })
        var text = "m=\(media) \(self.pick([0, 5_000, 5_002, 65_535])) \(carriage) "
        text += formats.sorted().map { "\($0)" }.joined(separator: " ") + "\r\n"
        text += self.pick([
            "", "", "c=IN IP4 198.51.100.7\r\n", "c=IN IP4 host.example.com\r\n", "c=IN IP4 233.252.0.1/9\r\n",
        ])
        for format in formats.sorted() where format >= 96 || self.number(0...3) == 0 {
            let name = self.pick(["PCMU/8000", "pcma/8000", "telephone-event/8000", "opus/48000/2", "CN/16000", "X"])
            text += "a=rtpmap:\(format) \(name)\r\n"
            if self.number(0...3) == 0 { text += "a=fmtp:\(format) \(self.pick(["0-15", "66", "mode=1", "x"]))\r\n" }
        }
        text += self.direction() + self.pick(["", "a=ptime:20\r\n", "a=ptime:x\r\n", "a=rtcp-mux\r\n", "y=?\r\n"])
        text += self.pick([
            "", "a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n",
        ])
        return text
    }

    /// What a party might propose for a few media.
    mutating func proposals(_ count: Int) -> [MediaProposal?] {
        (0..<self.number(0...(count + 1))).map { _ in
            guard self.number(0...3) > 0 else { return nil }
            let all: [AudioCodec] = [
                .pcmu, .pcma, .telephoneEvent(), AudioCodec("opus", payloadType: 96, clockRate: 48_000, channels: 2),
                AudioCodec("G722", payloadType: 9), AudioCodec("CN", payloadType: 13),
                AudioCodec("iLBC", payloadType: 97),
            ]
            let codecs = all.filter { _ in self.number(0...1) == 0 }
            let keys = [
                SDPCrypto(tag: 1, suite: .aes128CounterSHA1Tag80, keys: [SDPKey(Array(repeating: 7, count: 30))])
            ]
            var proposal = MediaProposal(
                at: .loopback(self.pick([4_000, 4_002])), codecs: codecs.isEmpty ? [.pcmu] : codecs,
                direction: self.pick(MediaDirection.allCases), packetTime: self.pick([nil, .milliseconds(20)]),
                security: self.pick([.never, .never, .offered(keys), .required(keys)]))
            proposal.answersInOwnOrder = self.number(0...1) == 0
            proposal.multiplexesRTCP = self.number(0...1) == 0
            return proposal
        }
    }

    private mutating func direction() -> String {
        let direction = self.pick(MediaDirection.allCases + [nil, nil])
        return direction.map { "a=\($0.rawValue)\r\n" } ?? ""
    }

    private mutating func word() -> String {
        String(decoding: (0...self.number(0...9)).map { _ in UInt8(self.number(0x21...0x7E)) }, as: UTF8.self)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self.random) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[self.number(0...(values.count - 1))] }
}
