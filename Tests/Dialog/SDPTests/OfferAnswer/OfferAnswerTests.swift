import SDP
import Testing

/// RFC 3264 §8: what changes from one exchange to the next, and what must not.
@Suite struct OfferAnswerTests {
    private var ada = OfferAnswer(origin: SDPOrigin(sessionID: 1, version: 5, address: SDPConnection(.loopback(0))))
    private var ben = OfferAnswer(origin: SDPOrigin(sessionID: 2, version: 9, address: SDPConnection(.loopback(0))))

    private static func audio(
        _ codecs: [AudioCodec] = [.pcmu, .pcma], port: UInt16 = 4_000, direction: MediaDirection = .sendrecv
    ) -> MediaProposal { MediaProposal(at: .loopback(port), codecs: codecs, direction: direction) }

    private static let video = MediaProposal(
        media: "video", connection: SDPConnection(.loopback(0)), port: 7_000,
        codecs: [AudioCodec("H261", payloadType: 31, clockRate: 90_000)])

    /// An exchange that Ada begins.
    @discardableResult
    private mutating func exchange(
        _ offered: [MediaProposal?], _ answered: [MediaProposal?]
    ) throws -> (offer: SessionDescription, answer: SessionDescription) {
        let offer = try self.ada.offer(offered)
        try self.ben.take(offer: offer)
        let answer = try self.ben.answer(answered)
        try self.ada.take(answer: answer)
        return (offer, answer)
    }

    @Test mutating func `a version grows by one with a change, and only with a change`() throws {
        let first = try self.exchange([Self.audio()], [Self.audio(port: 6_000)])
        #expect(first.offer.origin?.version == 5 && first.answer.origin?.version == 9)
        let same = try self.exchange([Self.audio()], [Self.audio(port: 6_000)])
        #expect(same == first)
        let held = try self.exchange([Self.audio(direction: .sendonly)], [Self.audio(port: 6_000)])
        #expect(held.offer.origin?.version == 6 && held.answer.origin?.version == 10)
        let moved = try self.exchange([Self.audio(direction: .sendonly)], [Self.audio(port: 6_002)])
        #expect(moved.offer.origin?.version == 6 && moved.answer.origin?.version == 11)
    }

    @Test mutating func `whose turn it is decides what may be said`() throws {
        #expect(throws: OfferAnswerError(.notNow)) { try self.ada.answer([Self.audio()]) }
        let offer = try self.ada.offer([Self.audio()])
        #expect(self.ada.state == .offeredLocally)
        #expect(throws: OfferAnswerError(.notNow)) { try self.ada.offer([Self.audio()]) }
        #expect(throws: OfferAnswerError(.notNow)) { try self.ada.take(offer: offer) }
        #expect(throws: OfferAnswerError(.notNow)) { try self.ben.take(answer: offer) }
        try self.ben.take(offer: offer)
        #expect(self.ben.state == .offeredRemotely)
        #expect(throws: OfferAnswerError(.notNow)) { try self.ben.offer([Self.audio()]) }
        #expect(throws: OfferAnswerError(.notNow)) { try self.ben.take(offer: offer) }
    }

    @Test mutating func `a refused offer leaves what held before, but its version is used up`() throws {
        let first = try self.exchange([Self.audio()], [Self.audio(port: 6_000)])
        let refused = try self.ada.offer([Self.audio(port: 4_002)])
        #expect(refused.origin?.version == 6)
        self.ada.rollBack()
        #expect(self.ada.state == .stable)
        #expect(self.ada.local == first.offer && self.ada.remote == first.answer)
        #expect(try self.ada.offer([Self.audio(port: 4_004)]).origin?.version == 7)
    }

    @Test mutating func `an offer with nothing in common is refused, and what held before holds on`() throws {
        let first = try self.exchange([Self.audio()], [Self.audio(port: 6_000)])
        try self.ben.take(offer: try self.ada.offer([Self.audio([AudioCodec("G729", payloadType: 18)])]))
        #expect(throws: OfferAnswerError(.nothingInCommon)) { try self.ben.answer([Self.audio(port: 6_000)]) }
        #expect(self.ben.state == .stable && self.ben.local == first.answer)
        #expect(self.ben.agreement?.sent == [.pcmu, .pcma])
    }

    @Test mutating func `media end in their places, and places are used again`() throws {
        try self.exchange([Self.audio(), Self.video], [Self.audio(), Self.video])
        let ended = try self.exchange([Self.audio()], [Self.audio(), Self.video])
        #expect(ended.offer.media.map(\.port) == [4_000, 0])
        #expect(ended.answer.media.map(\.port) == [4_000, 0])
        #expect(self.ada.agreements.map { $0 == nil } == [false, true])
        #expect(try self.ada.offer([Self.audio([]), nil]).media.map(\.port) == [0, 0])
        self.ada.rollBack()
        let other = try self.exchange([nil, Self.audio(port: 4_002), Self.video], [nil, Self.audio(), Self.video])
        #expect(other.offer.media.map(\.media) == ["audio", "audio", "video"])
        #expect(other.offer.media.map(\.port) == [0, 4_002, 7_000])
    }

    @Test mutating func `a single stream keeps its place, takes one of its kind again, or comes last`() throws {
        try self.exchange([Self.video, Self.audio()], [nil, Self.audio()])
        #expect(try self.ada.offer(only: Self.audio(port: 4_002)).media.map(\.port) == [0, 4_002])
        self.ada.rollBack()
        try self.exchange([Self.video, nil], [Self.video, nil])
        #expect(try self.ada.offer(only: Self.audio(port: 4_002)).media.map(\.port) == [0, 4_002])
        self.ada.rollBack()
        let text = MediaProposal(media: "text", connection: SDPConnection(.loopback(0)), port: 8_000, codecs: [.pcmu])
        #expect(try self.ada.offer(only: text).media.map(\.port) == [0, 0, 8_000])
    }

    @Test mutating func `a payload type never gets another meaning`() throws {
        let opus = { AudioCodec("opus", payloadType: $0, clockRate: 48_000, channels: 2) }
        let iLBC = { AudioCodec("iLBC", payloadType: $0) }
        let both: [AudioCodec] = [.pcmu, opus(96), iLBC(97)]
        try self.exchange([Self.audio(both)], [Self.audio(both)])
        // Now the numbers are proposed the other way round, and a third codec with one that is taken.
        let swapped = [opus(97), iLBC(96), AudioCodec("G726-32", payloadType: 96), .telephoneEvent(99)]
        let offer = try self.ada.offer([Self.audio(swapped)])
        #expect(offer.media.first?.codecs.map(\.payloadType) == [96, 97, 98, 99])
        #expect(offer.media.first?.codecs.map(\.name) == ["opus", "iLBC", "G726-32", "telephone-event"])
        self.ada.rollBack()
        // A stream that takes the place of one that ended begins afresh.
        try self.exchange([nil, Self.video], [nil, Self.video])
        #expect(try self.ada.offer([Self.audio([iLBC(96)])]).media.first?.formats == ["96"])
    }

    @Test mutating func `an answerer offers later with the numbers that the offerer had`() throws {
        try self.exchange([Self.audio([.pcmu, .telephoneEvent(96)])], [Self.audio([.pcmu, .telephoneEvent(101)])])
        let offer = try self.ben.offer([Self.audio([.pcma, .pcmu, .telephoneEvent(101)])])
        #expect(offer.media.first?.formats == ["8", "0", "96"])
    }

    @Test mutating func `the originator's address stays when the media move`() throws {
        try self.exchange([Self.audio()], [Self.audio()])
        let elsewhere = Endpoint(ipv4: 0xC000_0201, port: 5_000)
        let offer = try self.ada.offer([MediaProposal(at: elsewhere, codecs: [.pcmu])])
        #expect(offer.origin == SDPOrigin(sessionID: 1, version: 6, address: SDPConnection(.loopback(0))))
        #expect(offer.connection == SDPConnection(elsewhere))
    }

    @Test mutating func `media at several addresses say where they go`() throws {
        let elsewhere = SDPConnection(Endpoint(ipv6: 1, port: 0))
        var second = Self.audio(port: 4_002)
        second.connection = elsewhere
        let offer = try self.ada.offer([Self.audio(), second, Self.audio(port: 4_004)])
        #expect(offer.connection == SDPConnection(.loopback(0)))
        #expect(offer.media.map(\.connection) == [nil, elsewhere, nil])
        #expect(offer.media[1].lines.first?.type == "c")
    }

    @Test mutating func `RTCP shares a port where both want it`() throws {
        for (wants, takes) in [(true, true), (true, false), (false, true)] {
            var (offered, answered) = (Self.audio(), Self.audio())
            (offered.multiplexesRTCP, answered.multiplexesRTCP) = (wants, takes)
            let (offer, answer) = try self.exchange([offered], [answered])
            #expect(offer.media.first?.multiplexesRTCP == wants)
            #expect(answer.media.first?.multiplexesRTCP == (wants && takes))
            #expect(self.ada.agreement?.multiplexesRTCP == (wants && takes))
        }
    }

    @Test mutating func `labels and the like are written as they are proposed`() throws {
        var proposal = Self.audio()
        proposal.attributes = [SDPAttribute("label", "1"), SDPAttribute("x-flag")]
        let offer = try self.ada.offer([proposal])
        #expect(offer.media.first?.label == "1")
        #expect(offer.media.first?.lines.suffix(2).map(\.description) == ["a=label:1", "a=x-flag"])
    }
}
