import RTP
import TestSupport
import Testing

@Suite struct RTCPStatementTests {
    private static let report = RTCPSenderReport(
        ssrc: 7, ntpTime: 0x0123_4567_89AB_CDEF, rtpTimestamp: 8_000, packetCount: 50, octetCount: 8_000)

    private static let compound: [UInt8] = {
        var report = Self.report
        report.reports = [RTCPReportBlock(ssrc: 1, highestSequenceNumber: 2)]
        report.profileExtension = [1, 2, 3, 4]
        return RTCPCompound([
            .senderReport(report), .sourceDescription([RTCPSourceDescription(ssrc: 7, items: [.cname("a@b")])]),
            .other(type: 207, count: 0, body: [0, 0, 0, 1]), .goodbye(sources: [7, 9], reason: "over"),
        ]).encoded()
    }()

    private static func statements(in bytes: [UInt8]) throws(RTPError) -> [RTCPStatement] {
        var found: [RTCPStatement] = []
        try RTCPStatement.find(in: bytes.span) { found.append($0) }
        return found
    }

    @Test func `what a sender says of itself is found among all else`() throws {
        #expect(try Self.statements(in: Self.compound) == [.sent(Self.report), .left(ssrc: 7), .left(ssrc: 9)])
    }

    @Test func `a statement is written as the RTCP packet that says it`() throws {
        for statement in [RTCPStatement.sent(Self.report), .left(ssrc: 0xFFFF_FFFF)] {
            var bytes: [UInt8] = []
            statement.append(to: &bytes)
            #expect(try Self.statements(in: bytes) == [statement])
            #expect(try RTCPCompound(parsing: bytes.span).packets.count == 1)
        }
    }

    @Test func `nothing is found in a datagram whose end is damaged`() {
        for count in 0..<Self.compound.count where count % 4 != 0 || count == 0 {
            #expect(throws: RTPError.self) { try Self.statements(in: Array(Self.compound.prefix(count))) }
        }
        #expect(throws: RTPError.self) {
            try Self.statements(in: [0x80, 200, 0, 5] + [UInt8](repeating: 0, count: 20))
        }
        #expect(throws: RTPError.self) { try Self.statements(in: [0x82, 203, 0, 1, 0, 0, 0, 1]) }
    }

    @Test func `whatever is read as a compound has the same statements`() {
        var mutations = Mutations(seed: 0xACE)
        for _ in 0..<5_000 {
            let bytes = mutations.next(of: Self.compound, inserting: [0x80, 0x81, 200, 203, 0, 1, 255])
            guard let compound = try? RTCPCompound(parsing: bytes.span) else { continue }
            let expected = compound.packets.flatMap { packet -> [RTCPStatement] in
                switch packet {
                case .senderReport(var report):
                    (report.reports, report.profileExtension) = ([], [])
                    return [.sent(report)]
                case .goodbye(let sources, _): return sources.map { .left(ssrc: $0) }
                default: return []
                }
            }
            #expect((try? Self.statements(in: bytes)) == expected)
        }
    }
}
