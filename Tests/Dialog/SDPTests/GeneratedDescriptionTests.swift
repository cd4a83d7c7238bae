import SDP
import Testing

/// What holds for every description and every exchange.
@Suite struct GeneratedDescriptionTests {
    @Test func `any lines are kept byte for byte, and a change touches no other line`() throws {
        var generated = GeneratedDescriptions(seed: 0x8866)
        for _ in 0..<2_000 {
            let (bytes, lines) = generated.anyLines()
            var description = try SessionDescription(parsing: bytes.span)
            #expect(description.encoded() == bytes)
            let all = description.lines.count + description.media.reduce(0) { $0 + 1 + $1.lines.count }
            #expect(all == lines.count)

            description.lines.append(SDPLine("a", "added"))
            let added = description.encoded()
            let expected = Self.written(lines, adding: Array("a=added".utf8), at: description.lines.count - 1)
            #expect(added == expected)
            let again = try SessionDescription(parsing: added.span)
            #expect(again == description && again.hashValue == description.hashValue)
        }
    }

    private static func written(_ lines: [[UInt8]], adding line: [UInt8], at place: Int) -> [UInt8] {
        var lines = lines
        lines.insert(line, at: place)
        return lines.flatMap { $0 + [0x0D, 0x0A] }
    }

    @Test func `every answer is an answer to its offer`() throws {
        var generated = GeneratedDescriptions(seed: 0x3264)
        var answers = 0
        for _ in 0..<4_000 {
            let offer = try description(generated.offer())
            let offered = offer.media
            let proposals = generated.proposals(offered.count)
            let origin = SDPOrigin(sessionID: 7, version: 1, address: SDPConnection(.loopback(0)))
            guard let answer = offer.answer(proposals, from: origin) else { continue }
            let written = answer.encoded()
            #expect(try SessionDescription(parsing: written.span) == answer)
            let answered = answer.media
            #expect(answered.count == offered.count)
            for (index, (mine, its)) in zip(answered, offered).enumerated() {
                #expect(mine.media == its.media && mine.protocol == its.protocol && !mine.formats.isEmpty)
                guard mine.port != 0 else { continue }
                answers += 1
                #expect(its.port != 0 && index < proposals.count && proposals[index] != nil)
                #expect(Set(mine.formats).isSubset(of: Set(its.formats)))
                let (said, back) = (its.direction ?? offer.direction ?? .sendrecv, mine.direction ?? .sendrecv)
                #expect(!back.sends || said.receives)
                #expect(!back.receives || said.sends)
            }
            let agreements = try MediaAgreement.agreements(offer: offer, answer: answer, isOfferer: true)
            #expect(agreements.map { $0 != nil } == answered.map { $0.port != 0 })
        }
        #expect(answers > 300)
    }

    @Test func `two machines agree whatever they propose, and count their versions by their changes`() throws {
        var generated = GeneratedDescriptions(seed: 0x4317)
        var (agreed, refused) = (0, 0)
        for _ in 0..<300 {
            var parties = (0..<2).map { party in
                OfferAnswer(
                    origin: SDPOrigin(sessionID: UInt64(party), version: 1, address: SDPConnection(.loopback(0))))
            }
            var said: [SessionDescription?] = [nil, nil]
            for _ in 0..<6 {
                let offering = generated.number(0...1)
                let former = parties
                let offer = try parties[offering].offer(generated.proposals(2))
                Self.expect(offer, follows: &said[offering])
                try parties[1 - offering].take(offer: offer)
                guard let answer = try? parties[1 - offering].answer(generated.proposals(2)) else {
                    parties[offering].rollBack()
                    refused += 1
                    for party in 0...1 {
                        #expect(parties[party].state == .stable && parties[party].local == former[party].local)
                    }
                    continue
                }
                agreed += 1
                Self.expect(answer, follows: &said[1 - offering])
                try parties[offering].take(answer: answer)
                let (mine, its) = (parties[offering].agreements, parties[1 - offering].agreements)
                #expect(mine.map { $0?.sent } == its.map { $0?.received })
                #expect(mine.map { $0?.received } == its.map { $0?.sent })
                #expect(mine.map { $0?.direction.mirrored } == its.map { $0?.direction })
                #expect(mine.map { $0?.keys?.sent } == its.map { $0?.keys?.received })
                #expect(offer.media.count >= former[offering].local?.media.count ?? 0)
            }
        }
        #expect(agreed > 200 && refused > 200)
    }

    /// A description of one party follows its former one.
    private static func expect(_ next: SessionDescription, follows former: inout SessionDescription?) {
        defer { former = next }
        guard let former, var origin = former.origin else { return }
        if next != former { origin.version += 1 }
        #expect(next.origin == origin)
    }
}
