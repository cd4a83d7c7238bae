import SDP
import Testing

/// The examples of RFC 4317 and of RFC 3264 §10, played by two machines.
@Suite struct ExchangeTests {
    @Test func `there are the sixteen examples of one RFC and the two of the other`() {
        #expect(Exchange.all.count == 18)
        #expect(Exchange.all.allSatisfy { $0.descriptions.count == 2 || $0.descriptions.count == 4 })
    }

    @Test(arguments: Exchange.all)
    func `what both machines say is what the example says`(exchange: Exchange) throws {
        var parties: [UInt64: OfferAnswer] = [:]
        for index in stride(from: 0, to: exchange.descriptions.count, by: 2) {
            let (offer, answer) = (exchange.descriptions[index], exchange.descriptions[index + 1])
            let (offering, answering) = (try #require(offer.origin), try #require(answer.origin))
            var offerer = parties[offering.sessionID] ?? OfferAnswer(origin: offering)
            var answerer = parties[answering.sessionID] ?? OfferAnswer(origin: answering)

            let offered = try offerer.offer(offer.proposals())
            Self.expect(offered, toSay: offer)
            try answerer.take(offer: offered)
            let answered = try answerer.answer(answer.proposals(answering: offer))
            Self.expect(answered, toSay: answer)
            try offerer.take(answer: answered)

            #expect(offerer.agreements.map { $0?.sent } == answerer.agreements.map { $0?.received })
            #expect(offerer.agreements.map { $0?.received } == answerer.agreements.map { $0?.sent })
            (parties[offering.sessionID], parties[answering.sessionID]) = (offerer, answerer)
        }
    }

    @Test(arguments: Exchange.all)
    func `the answers of the example are read as answers to its offers`(exchange: Exchange) throws {
        for index in stride(from: 0, to: exchange.descriptions.count, by: 2) {
            let (offer, answer) = (exchange.descriptions[index], exchange.descriptions[index + 1])
            let agreements = try MediaAgreement.agreements(offer: offer, answer: answer, isOfferer: true)
            #expect(agreements.map { $0?.port ?? 0 } == answer.media.map(\.port))
            #expect(
                agreements.map { $0?.sent.map(\.name) }
                    == answer.media.map { $0.port == 0 ? nil : $0.codecs.map(\.name) })
        }
    }

    @Test func `payload types may differ by direction`() throws {
        let exchange = try #require(Exchange.all.first { $0.name.contains("4317-2.3") })
        let agreements = try MediaAgreement.agreements(
            offer: exchange.descriptions[0], answer: exchange.descriptions[1], isOfferer: true)
        let audio = try #require(agreements.first ?? nil)
        #expect(audio.sent.map(\.payloadType) == [99])
        #expect(audio.received.map(\.payloadType) == [97])
    }

    /// What a machine says must agree with the example in all that matters. Free are the payload type of a codec, the
    /// formats and attributes of a refused medium, and the name of the session.
    private static func expect(_ said: SessionDescription, toSay example: SessionDescription) {
        #expect(said.origin == example.origin)
        #expect(said.times == example.times)
        #expect(said.media.map(\.media) == example.media.map(\.media))
        #expect(said.media.map(\.port) == example.media.map(\.port))
        for (mine, its) in zip(said.media, example.media) where its.port != 0 {
            #expect(said.connection(of: mine) == example.connection(of: its))
            #expect(mine.codecs.map(\.name) == its.codecs.map(\.name))
            #expect(mine.direction ?? .sendrecv == its.direction ?? .sendrecv)
        }
    }
}
