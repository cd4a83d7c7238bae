import SDP
import Testing

@Suite struct AttributeTests {
    private func medium(_ lines: String..., media: String = "m=audio 5000 RTP/AVP 0") throws -> MediaDescription {
        let text = (["v=0", media] + lines).joined(separator: "\r\n")
        return try #require(try description(text).media.first)
    }

    @Test func `a format map may lack channels, and may say them`() throws {
        let medium = try self.medium(
            "a=rtpmap:96 opus/48000/2", "a=rtpmap: 97 iLBC/8000", "a=rtpmap:98 L16/16000/", "a=rtpmap:99 X/8000/mono")
        #expect(
            medium.rtpMaps == [
                RTPMap(payloadType: 96, name: "opus", clockRate: 48_000, channels: 2),
                RTPMap(payloadType: 97, name: "iLBC", clockRate: 8_000),
                RTPMap(payloadType: 98, name: "L16", clockRate: 16_000),
                RTPMap(payloadType: 99, name: "X", clockRate: 8_000),
            ])
    }

    @Test(arguments: ["128 X/8000", "x X/8000", "96", "96 X", "96 /8000", "96 X/0", "96 X/-1", "96 X/99999999999", ""])
    func `a format map that says nothing is left out`(value: String) throws {
        #expect(try self.medium("a=rtpmap:\(value)").rtpMaps.isEmpty)
    }

    // RFC 3551 §6, table 4.
    @Test(
        arguments: [
            (0, "PCMU", 8_000, 1), (3, "GSM", 8_000, 1), (4, "G723", 8_000, 1), (5, "DVI4", 8_000, 1),
            (6, "DVI4", 16_000, 1), (7, "LPC", 8_000, 1), (8, "PCMA", 8_000, 1), (9, "G722", 8_000, 1),
            (10, "L16", 44_100, 2), (11, "L16", 44_100, 1), (12, "QCELP", 8_000, 1), (13, "CN", 8_000, 1),
            (14, "MPA", 90_000, 1), (15, "G728", 8_000, 1), (16, "DVI4", 11_025, 1), (17, "DVI4", 22_050, 1),
            (18, "G729", 8_000, 1), (31, "H261", 90_000, 1), (34, "H263", 90_000, 1),
        ] as [(UInt8, String, Int, Int)])
    func `an assigned payload type needs no map`(type: UInt8, name: String, clockRate: Int, channels: Int) throws {
        let codecs = try self.medium(media: "m=audio 5000 RTP/AVP \(type)").codecs
        #expect(codecs == [AudioCodec(name, payloadType: type, clockRate: clockRate, channels: channels)])
    }

    @Test func `a map counts more than the assignment, and the first of two counts`() throws {
        let medium = try self.medium(
            "a=rtpmap:0 PCMA/8000", "a=rtpmap:0 PCMU/8000", "a=rtpmap:96 X/8000", "a=fmtp:96 a", "a=fmtp:96 b",
            media: "m=audio 5000 RTP/AVP 0 96 97 x 1")
        #expect(
            medium.codecs == [
                AudioCodec("PCMA", payloadType: 0), AudioCodec("X", payloadType: 96, formatParameters: "a"),
            ])
    }

    @Test func `parameters belong to the format that they name`() throws {
        let medium = try self.medium("a=fmtp:101 0-15", "a=fmtp:10  mode=1 ;x", "a=fmtp:1")
        #expect(medium.formatParameters(of: "101") == "0-15")
        #expect(medium.formatParameters(of: "10") == "mode=1 ;x")
        #expect(medium.formatParameters(of: "1") == nil)
    }

    @Test(
        arguments: [
            ("ptime:20", Duration.milliseconds(20)), ("ptime: 30 ", .milliseconds(30)),
            ("ptime:20.5", .milliseconds(20)),
            ("ptime:0", nil), ("ptime:-20", nil), ("ptime:5000", nil), ("ptime:", nil), ("ptime", nil),
            ("ptim:20", nil),
        ] as [(String, Duration?)])
    func `the time of a packet is positive and no more than a second`(line: String, expected: Duration?) throws {
        #expect(try self.medium("a=\(line)").packetTime == expected)
        #expect(try self.medium("a=max\(line)").maximumPacketTime == expected)
    }

    @Test func `the place of RTCP is read`() throws {
        #expect(try self.medium("a=rtcp:53020").rtcp == SDPControlPort(port: 53_020))
        #expect(
            try self.medium("a=rtcp:53020 IN IP6 2001:db8::9").rtcp
                == SDPControlPort(port: 53_020, connection: SDPConnection(addressType: "IP6", address: "2001:db8::9")))
        #expect(try self.medium("a=rtcp:70000").rtcp == nil)
        #expect(try self.medium("a=rtcp-mux").multiplexesRTCP)
        #expect(try !self.medium("a=rtcp-muxed").multiplexesRTCP)
    }

    @Test func `labels, names, groups, contents and sources are read`() throws {
        let description = try description(
            """
            v=0
            a=group:LS 1 2
            a=group:BUNDLE
            m=audio 5000 RTP/AVP 0
            a=label:96
            a=mid:1
            a=content:main,speaker
            a=ssrc:314159 cname:ada@example.com
            a=ssrc:314159 x
            a=ssrc:4294967295 x
            a=ssrc:4294967296 x
            """)
        #expect(description.groups == [SDPGroup("LS", ["1", "2"]), SDPGroup("BUNDLE", [])])
        let medium = try #require(description.media.first)
        #expect(medium.label == "96" && medium.mediaID == "1")
        #expect(medium.content == ["main", "speaker"])
        #expect(medium.sources == [314_159, 4_294_967_295])
    }

    @Test(arguments: [
        ("0-15", "0-15"), ("0-15,66,70", "0-15,66,70"), ("events=0-15", "0-15"), ("70,66,0-7,8-15", "0-15,66,70"),
        ("0-255", "0-255"), ("5", "5"),
    ])
    func `events are a list of numbers and ranges`(parameters: String, expected: String) {
        #expect(TelephoneEvents(parameters)?.description == expected)
    }

    @Test(arguments: ["", "a", "0-", "15-0", "0-256", "1,,2", "0-1-2"])
    func `what is no list of events is refused`(parameters: String) {
        #expect(TelephoneEvents(parameters) == nil)
    }
}
