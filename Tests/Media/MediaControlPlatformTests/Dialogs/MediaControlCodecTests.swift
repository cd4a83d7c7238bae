import CallAudio
import CallCore
import SDP
import SIP
import Testing

@testable import MediaControlPlatform

/// Codecs beside G.711, which parties must have in common.
@Suite struct MediaControlCodecTests {
    private var bench = MediaControlBench(payloads: [G722Format(), HDFormat()])

    private static let g722 = LegCodec.encoded(AudioEncoding("G722"))
    private static let hd = LegCodec.encoded(AudioEncoding("HD", clockRate: 48_000, channels: 2))

    @Test mutating func `a party that speaks G.722 only is taken`() throws {
        _ = try self.bench.leg(dn: "7001", offer: MediaControlBench.offer(codecs: "9"))
        #expect(self.media?.sent == [LegPayload(9, Self.g722)])
        #expect(self.media?.received == [LegPayload(9, Self.g722)])
    }

    @Test func `without a decoder it is not`() throws {
        var bench = MediaControlBench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=1")
        let response = try bench.send("INVITE", in: &dialog, body: MediaControlBench.offer(codecs: "9"))
        #expect(response?.status == .notAcceptableHere)
    }

    @Test mutating func `as long as nobody else is there, G.711 is enough`() throws {
        _ = try self.bench.leg(dn: "7001", offer: MediaControlBench.offer(codecs: "9 0 101"))
        #expect(self.media?.received.map(\.payloadType) == [0, 101])
    }

    @Test mutating func `what both parties have named is offered to both, behind G.711`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        var agent = try self.bench.leg(dn: "7002", offer: MediaControlBench.offer(codecs: "9 8"))
        #expect(try self.offered(to: &caller, answering: Self.wide) == [0, 8, 9, 101])
        #expect(try self.offered(to: &agent) == [8, 0, 9, 101])
    }

    @Test mutating func `what the first has left out of its answer is not offered to the second`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        var agent = try self.bench.leg(dn: "7002", offer: Self.wide)
        _ = try self.offered(to: &caller, answering: MediaControlBench.offer(codecs: "0"))
        #expect(try self.offered(to: &agent) == [0, 8, 101])
    }

    @Test mutating func `what one of them lacks is offered to neither`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        var agent = try self.bench.leg(dn: "7002", offer: MediaControlBench.offer(codecs: "0 8"))
        #expect(try self.offered(to: &caller) == [0, 8, 101])
        #expect(try self.offered(to: &agent) == [0, 8, 101])
    }

    @Test mutating func `a codec keeps the number that the party has given it`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        _ = try self.bench.leg(dn: "7002", offer: Self.wide)
        #expect(try self.offered(to: &caller, answering: Self.wide) == [0, 8, 9, 96, 101])
        #expect(self.media?.sent.contains(LegPayload(96, Self.hd)) == true)
        #expect(self.media?.received.contains(LegPayload(96, Self.hd)) == true)
    }

    @Test mutating func `a party that comes back with a codec that the other has agreed to keeps it`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        var agent = try self.bench.leg(dn: "7002", offer: MediaControlBench.offer(codecs: "9 8"))
        _ = try self.offered(to: &caller, answering: MediaControlBench.offer(codecs: "9 0"))
        _ = try self.offered(to: &agent, answering: MediaControlBench.offer(codecs: "9 8"))
        _ = try self.bench.send("INVITE", in: &caller, body: MediaControlBench.offer(codecs: "9 0 8"))
        #expect(self.media?.sent.map(\.payloadType) == [9, 0, 8])
    }

    @Test mutating func `a party that comes back with a codec that the other has not agreed to loses it`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        var agent = try self.bench.leg(dn: "7002", offer: MediaControlBench.offer(codecs: "9 8"))
        _ = try self.offered(to: &caller, answering: MediaControlBench.offer(codecs: "0 8"))
        _ = try self.offered(to: &agent, answering: MediaControlBench.offer(codecs: "8"))
        _ = try self.bench.send("INVITE", in: &caller, body: MediaControlBench.offer(codecs: "9 0 8"))
        #expect(self.media?.sent.map(\.payloadType) == [0, 8])
    }

    @Test mutating func `where the other party has no G.711, what both have stands first`() throws {
        var caller = try self.bench.leg(dn: "7001", offer: Self.wide)
        _ = try self.bench.leg(dn: "7002", offer: MediaControlBench.offer(codecs: "9"))
        #expect(try self.offered(to: &caller).first == 9)
    }

    @Test mutating func `a codec is said with its parameters`() throws {
        let offer = MediaControlBench.offer(codecs: "96") + "a=rtpmap:96 hd/48000/2\r\n"
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=1")
        let response = try self.bench.send("INVITE", in: &dialog, body: offer)
        let answer = try #require(response?.body.flatMap { try? SessionDescription(parsing: $0.bytes.span) })
        #expect(answer.audioTarget?.codecs.first?.formatParameters == "useinbandfec=1")
        #expect(answer.audioTarget?.codecs.first?.channels == 2)
    }

    // MARK: -

    private static let wide = MediaControlBench.offer(codecs: "0 9 96") + "a=rtpmap:96 hd/48000/2\r\n"

    /// What the plane was told last of a leg.
    private var media: LegMedia? {
        self.bench.orders.reversed().compactMap { if case .setRemote(_, let media) = $0 { media } else { nil } }.first
    }

    /// Asks for our offer, as SIP Server does before it moves a party, and answers it.
    private mutating func offered(
        to dialog: inout MediaControlBench.Dialog, answering answer: String = MediaControlBench.offer(codecs: "0")
    ) throws -> [UInt8] {
        let response = try #require(try self.bench.send("INVITE", in: &dialog))
        let offer = try #require(response.body.flatMap { try? SessionDescription(parsing: $0.bytes.span) })
        try self.bench.send("ACK", in: &dialog, body: answer)
        return offer.audioTarget?.codecs.map(\.payloadType) ?? []
    }
}

/// A codec that a host has plugged in, with a dynamic payload type and a clock of its own.
private struct HDFormat: AudioPayloadFormat {
    var encodingName: String { "HD" }
    var clockRate: Int { 48_000 }
    var channels: Int { 2 }
    var formatParameters: String? { "useinbandfec=1" }

    func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder { throw AudioError(.failed, "never decoded here") }
}
