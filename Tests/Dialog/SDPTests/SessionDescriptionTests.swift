import SDP
import TestSupport
import Testing

@Suite struct SessionDescriptionTests {
    static let offer = "sdp/offer.audio-and-video-with-unknown-lines.sdp"

    @Test func `a description is written back byte for byte, unknown lines included`() throws {
        let bytes = try fixture(Self.offer)
        let description = try SessionDescription(parsing: bytes.span)
        #expect(description.encoded() == bytes)
    }

    @Test func `the lines of a session and of each medium are told apart`() throws {
        let bytes = try fixture(Self.offer)
        let description = try SessionDescription(parsing: bytes.span)
        #expect(description.origin?.sessionID == 20_518)
        #expect(description.origin?.address.address == "203.0.113.1")
        #expect(description.connection == SDPConnection(addressType: "IP4", address: "203.0.113.1"))
        #expect(description.media.map(\.media) == ["audio", "video"])
        #expect(description.media.map(\.port) == [49_170, 51_372])
        #expect(description.media.map(\.formats) == [["0", "8", "97", "101"], ["31", "32"]])
        #expect(description.media.first?.attribute("x-unknown") == "kept")
        #expect(description.media.first?.packetTime == .milliseconds(20))
        #expect(description.media.last?.lines.last == SDPLine("y", "unknown line"))
    }

    @Test func `codecs come in the order of the formats, with static payload types known`() throws {
        let bytes = try fixture(Self.offer)
        let description = try SessionDescription(parsing: bytes.span)
        #expect(
            description.media.first?.codecs == [
                .pcmu, .pcma, AudioCodec("iLBC", payloadType: 97, formatParameters: "mode=20"),
                AudioCodec("telephone-event", payloadType: 101, formatParameters: "0-16"),
            ])
    }

    @Test(arguments: [
        "v=0\no=- 1 2 IN IP4 192.0.2.1\n\ns=-\n",
        "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-",
        "\r\nv=0\r\n  \r\no=-  1 2\tIN IP4 192.0.2.1 \r\ns=-\r\n\0\0",
        "v=0 \r\ns=-\r\no=- 1 2 IN IP4 192.0.2.1\r\n",
    ])
    func `other line ends, blanks and another order are understood, and kept as long as nothing changes`(
        text: String
    ) throws {
        var description = try description(text)
        #expect(description.origin?.version == 2)
        #expect(description.encoded() == Array(text.utf8))
        #expect(description.lines.count == 3)
        description.origin?.version = 3
        let lines = text.split { $0.isNewline || $0 == "\0" }.filter { $0.contains("=") }.map { line in
            line.first == "o" ? "o=- 1 3 IN IP4 192.0.2.1" : String(line)
        }
        #expect(description.encoded() == Array(lines.map { $0 + "\r\n" }.joined().utf8))
    }

    @Test func `a new connection line goes where the grammar wants it, and an old one stays in its place`() {
        var description = SessionDescription(
            origin: SDPOrigin(sessionID: 1, version: 1, address: SDPConnection(.loopback(0))))
        description.connection = SDPConnection(.loopback(0))
        #expect(description.lines.map(\.type) == ["v", "o", "s", "c", "t"])
        description.connection = SDPConnection(addressType: "IP4", address: "192.0.2.9")
        #expect(description.lines.map(\.type) == ["v", "o", "s", "c", "t"])
        #expect(description.connection?.address == "192.0.2.9")
    }

    @Test func `a direction replaces the one that was there`() {
        var media = MediaDescription(
            media: "audio", port: 4, formats: ["0"], lines: [.attribute("sendrecv"), .attribute("ptime", "20")])
        media.direction = .inactive
        #expect(media.lines == [.attribute("inactive"), .attribute("ptime", "20")])
        media.direction = nil
        #expect(media.lines == [.attribute("ptime", "20")])
    }

    @Test(arguments: [
        ("", SDPError.Code.unsupportedVersion, 0),
        ("v=1\r\n", .unsupportedVersion, 0),
        ("o=- 1 1 IN IP4 1.2.3.4\r\nv=0\r\n", .unsupportedVersion, 0),
        ("v=0\r\nnonsense\r\n", .malformedLine, 5),
        ("v=0\r\n=x\r\n", .malformedLine, 5),
        ("v=0\r\nm=audio\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audio 70000 RTP/AVP 0\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audio -1 RTP/AVP 0\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audio 5/0 RTP/AVP 0\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audio 5 RTP/AVP\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audi\0o 5 RTP/AVP 0\r\n", .malformedMedia, 5),
        ("v=0\r\nm=audi\ro 5 RTP/AVP 0\r\n", .malformedMedia, 5),
    ])
    func `what is no description is refused, with the place`(text: String, code: SDPError.Code, offset: Int) {
        #expect(throws: SDPError(code, at: offset, "")) { try description(text) }
    }

    @Test func `a description longer than any honest one is refused`() {
        let long = String(repeating: "a", count: 70_000)
        #expect(throws: SDPError(.tooLong, at: 65_536, "")) { try description(long) }
        let many = "v=0\n" + String(repeating: "a=b\n", count: 3_000)
        #expect(throws: SDPError(.tooLong, at: 4 + 1_999 * 4, "")) { try description(many) }
    }

    @Test func `damaged descriptions are refused or read, and what is read is written and read alike`() throws {
        let original = try fixture(Self.offer)
        var mutations = Mutations(seed: 0x5D9)
        for _ in 0..<10_000 {
            let bytes = mutations.next(of: original, inserting: Array("=:/ 0am\r\n".utf8))
            guard let read = try? SessionDescription(parsing: bytes.span) else { continue }
            _ = read.audioTarget
            _ = read.media.map(\.codecs)
            var exchange = OfferAnswer(
                origin: SDPOrigin(sessionID: 1, version: 1, address: SDPConnection(.loopback(0))))
            let proposal = MediaProposal(at: .loopback(4_000), codecs: [.pcmu, .telephoneEvent()])
            if let answer = try? exchange.answer(read, only: proposal) {
                #expect(answer.media.count == read.media.count)
                _ = try exchange.offer(only: proposal)
            }
            let written = read.encoded()
            let again = try SessionDescription(parsing: written.span)
            #expect(again == read)
        }
    }
}
