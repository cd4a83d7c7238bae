import SDP
import Testing

/// The lines of RFC 8866 §5 that are read by type.
@Suite struct FieldTests {
    private func session(_ lines: String...) throws -> SessionDescription {
        try description((["v=0"] + lines).joined(separator: "\r\n"))
    }

    @Test(
        arguments: [
            ("IN IP4 224.2.1.1/127", "224.2.1.1", 127, 1, true), ("IN IP4 224.2.1.1/127/3", "224.2.1.1", 127, 3, true),
            ("IN IP6 ff00::db8:0:101/3", "ff00::db8:0:101", nil, 3, true),
            ("IN IP6 ff15::101", "ff15::101", nil, 1, true),
            ("IN IP4 198.51.100.7", "198.51.100.7", nil, 1, false),
            ("IN IP6 2001:db8::7", "2001:db8::7", nil, 1, false),
            ("IN IP4 phone.example.com", "phone.example.com", nil, 1, false),
        ] as [(String, String, Int?, Int, Bool)])
    func `an address may be one, many or a name`(
        value: String, host: String, timeToLive: Int?, count: Int, isMulticast: Bool
    ) throws {
        let connection = try #require(try self.session("c=\(value)").connection)
        #expect(connection.host == host)
        #expect(connection.timeToLive == timeToLive)
        #expect(connection.addressCount == count)
        #expect(connection.isMulticast == isMulticast)
        #expect(connection.description == value)
    }

    @Test(arguments: ["IN IP4", "IN IP4 1.2.3.4 5", ""])
    func `a line that is no address is none`(value: String) throws {
        #expect(try self.session("c=\(value)").connection == nil)
    }

    @Test func `bandwidths are read by their modifiers`() throws {
        let session = try self.session("b=AS:128", "b=X-YZ: 64", "b=TIAS:50780", "b=AS", "b=AS:x")
        #expect(
            session.bandwidths == [SDPBandwidth("AS", 128), SDPBandwidth("X-YZ", 64), SDPBandwidth("TIAS", 50_780)])
    }

    @Test(arguments: [
        "- 1 2 IN IP4", "- 1 IN IP4 a", "- x 2 IN IP4 a", "- 1 18446744073709551616 IN IP4 a", "- +1 2 IN IP4 a",
    ])
    func `an originator that lacks something is none`(value: String) throws {
        #expect(try self.session("o=\(value)").origin == nil)
    }

    @Test func `the largest numbers of an originator are read`() throws {
        let session = try self.session("o=ada 18446744073709551615 18446744073709551615 IN IP6 ::1")
        #expect(session.origin?.version == .max && session.origin?.sessionID == .max)
    }

    @Test func `times, repetitions and zones stay as they are`() throws {
        // RFC 8866 §5.9 to §5.11.
        let times = ["t=3724394400 3724398000", "r=7d 1h 0 25h", "z=3730928400 -1h 3749680800 0", "t=0 0"]
        let session = try self.session(times[0], times[1], times[2], times[3], "a=x")
        #expect(session.times.map(\.description) == times)
    }

    @Test func `the example of the RFC is read`() throws {
        let bytes = try fixture("sdp/announced.rfc8866-5.sdp")
        let description = try SessionDescription(parsing: bytes.span)
        #expect(description.encoded() == bytes)
        #expect(description.name == "Call to Ben Example")
        #expect(description.origin?.username == "ada")
        #expect(description.connection?.host == "198.51.100.1")
        #expect(description.media.map(\.port) == [49_170, 49_180, 51_372])
        #expect(description.connection(of: description.media[2])?.address == "2001:db8::2")
        #expect(description.media[2].codecs.map(\.name) == ["h263-1998"])
        #expect(description.media.map(\.isAudio) == [true, true, false])
    }

    @Test(
        arguments: [
            ("audio 5000 RTP/AVP 0", 5_000, nil, ["0"]), ("audio 5000/2 RTP/AVP 0", 5_000, 2, ["0"]),
            (" audio\t5000  RTP/AVP  0   8 ", 5_000, nil, ["0", "8"]), ("audio 0 RTP/AVP", 0, nil, []),
            ("image 5000 udptl t38", 5_000, nil, ["t38"]),
            ("application 9 UDP/DTLS/SCTP webrtc-datachannel", 9, nil, ["webrtc-datachannel"]),
        ] as [(String, UInt16, Int?, [String])])
    func `a medium is read with few or many blanks`(value: String, port: UInt16, count: Int?, formats: [String]) throws
    {
        let medium = try #require(try self.session("m=\(value)").media.first)
        #expect(medium.port == port && medium.portCount == count && medium.formats == formats)
    }

    @Test func `what is changed of a medium changes its line and no other`() throws {
        var description = try self.session("m=audio 5000/2 RTP/AVP 0", "a=x", "m=video 6000 RTP/AVP 31")
        description.media[0].port = 7_000
        description.media[0].formats = ["8", "0"]
        description.media[1].protocol = "RTP/SAVP"
        description.media[0].portCount = nil
        description.media[0].media = "text"
        #expect(
            description.description
                == "v=0\r\nm=text 7000 RTP/AVP 8 0\r\na=x\r\nm=video 6000 RTP/SAVP 31\r\n")
    }

    @Test func `bytes that are no text survive a change elsewhere`() throws {
        let latin = Array("v=0\ns=Stra".utf8) + [0xDF] + Array("e\na=x\n".utf8)
        var description = try SessionDescription(parsing: latin.span)
        #expect(description.encoded() == latin)
        description.direction = .inactive
        #expect(
            description.encoded() == Array("v=0\r\ns=Stra".utf8) + [0xDF] + Array("e\r\na=x\r\na=inactive\r\n".utf8))
    }

    @Test func `no value can smuggle in a line`() {
        let line = SDPLine("s", "a\r\nm=audio 5 RTP/AVP 0\0")
        #expect(line.description == "s=a  m=audio 5 RTP/AVP 0 ")
    }

    @Test func `a second description is refused`() {
        #expect(throws: SDPError(.malformedLine, at: 10, "")) { try description("v=0\r\ns=-\r\nv=0\r\n") }
    }
}
