import RTP
import TestSupport
import Testing

@Suite struct `RTCP of every kind` {
    @Test func `an application's packet stands on the wire as the RFC draws it`() throws {
        let packet = RTCPPacket.application(
            RTCPApplication(subtype: 3, ssrc: 1, name: 0x5465_7374, data: [1, 2, 3, 4]))
        let bytes = RTCPCompound([packet]).encoded()
        #expect(bytes == [0x83, 204, 0, 3, 0, 0, 0, 1, 0x54, 0x65, 0x73, 0x74, 1, 2, 3, 4])
        #expect(try RTCPCompound(parsing: bytes.span).packets == [packet])
    }

    @Test func `an application's packet without a name is refused`() {
        #expect(throws: RTPError(.truncated, offset: 8)) {
            let bytes: [UInt8] = [0x80, 204, 0, 1, 0, 0, 0, 1]
            _ = try RTCPCompound(parsing: bytes.span)
        }
    }

    @Test func `what a profile adds to reports is kept`() throws {
        let bytes: [UInt8] = [0x80, 201, 0, 2, 0, 0, 0, 1, 9, 8, 7, 6]
        let packet = RTCPPacket.receiverReport(RTCPReceiverReport(ssrc: 1, profileExtension: [9, 8, 7, 6]))
        #expect(try RTCPCompound(parsing: bytes.span).packets == [packet])
        #expect(RTCPCompound([packet]).encoded() == bytes)
    }

    @Test func `packets of types that nobody knows are kept, the others are read`() throws {
        let feedback: [UInt8] = [0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]
        let strange: [UInt8] = [0x80, 99, 0, 0]
        let bytes: [UInt8] = [0x80, 201, 0, 1, 0, 0, 0, 1] + feedback + strange + [0x81, 203, 0, 1, 0, 0, 0, 1]
        let compound = try RTCPCompound(parsing: bytes.span)
        #expect(
            compound.packets == [
                .receiverReport(RTCPReceiverReport(ssrc: 1)),
                .other(type: 206, count: 1, body: [0, 0, 0, 1, 0, 0, 0, 2]), .other(type: 99, count: 0, body: []),
                .goodbye(sources: [1], reason: nil),
            ])
        #expect(!compound.isReducedSize)
        #expect(compound.encoded() == bytes)
    }

    @Test func `a datagram without a report is read, and told apart`() throws {
        let bytes: [UInt8] = [0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]
        #expect(try RTCPCompound(parsing: bytes.span).isReducedSize)
    }

    @Test func `every item of a description survives, also what is no UTF-8`() throws {
        let items: [RTCPSourceDescription.Item] = [
            .cname("7001@pbx"), .name("Änne"), .email("a@b"), .phone("+49 123"), .location("Ulm"), .tool("phone"),
            .note("away"), .private(prefix: "who", value: [0xFF, 0, 1]), .init(type: 77, bytes: [0x80, 0xC3]),
        ]
        let packet = RTCPPacket.sourceDescription([RTCPSourceDescription(ssrc: 7, items: items)])
        #expect(try RTCPCompound(parsing: RTCPCompound([packet]).encoded().span).packets == [packet])
        #expect(items.map(\.type) == [1, 2, 3, 4, 5, 6, 7, 8, 77])
    }

    @Test func `a private item is a prefix and a value`() {
        let item = RTCPSourceDescription.Item.private(prefix: "ext", value: [1, 2])
        #expect(item.bytes == [3, 0x65, 0x78, 0x74, 1, 2])
        #expect(item.privateParts?.prefix == "ext")
        #expect(item.privateParts?.value == [1, 2])
        #expect(RTCPSourceDescription.Item(type: 8, bytes: [4, 1, 2]).privateParts == nil)
        #expect(RTCPSourceDescription.Item(type: 8, bytes: []).privateParts == nil)
        #expect(RTCPSourceDescription.Item(type: 8, bytes: [0]).privateParts?.prefix == "")
    }

    @Test func `what no packet can say is left out, and the rest is read`() throws {
        let long = RTCPPacket.other(type: 207, count: 0, body: [UInt8](repeating: 1, count: 4 * 70_000))
        let read = try RTCPCompound(parsing: RTCPCompound([long]).encoded().span)
        #expect(read.packets == [.other(type: 207, count: 0, body: [UInt8](repeating: 1, count: 4 * 65_535))])
        let many = RTCPPacket.goodbye(sources: Array(1...40), reason: nil)
        let readMany = try RTCPCompound(parsing: RTCPCompound([many]).encoded().span)
        #expect(readMany.packets == [.goodbye(sources: Array(1...31), reason: nil)])
    }

    @Test func `any compound that is written is read again as it was`() throws {
        var made = RTCPGenerator(seed: 3_550)
        for _ in 0..<500 {
            let packets = made.packets()
            let bytes = RTCPCompound(packets).encoded()
            #expect(bytes.count % 4 == 0)
            #expect(try RTCPCompound(parsing: bytes.span).packets == packets)
        }
    }

    @Test func `no damaged compound traps, and what is read of it survives the wire`() throws {
        var made = RTCPGenerator(seed: 3_551)
        var mutations = Mutations(seed: 3_552)
        var read = 0
        for _ in 0..<3_000 {
            let bytes = mutations.next(
                of: RTCPCompound(made.packets()).encoded(), inserting: [0, 0x80, 0xA0, 200, 203])
            guard let compound = try? RTCPCompound(parsing: bytes.span) else { continue }
            read += 1
            let again = try RTCPCompound(parsing: compound.encoded().span)
            #expect(again.packets.count == compound.packets.count)
        }
        #expect(read > 150)
    }
}

/// Makes compounds of every kind of packet.
private struct RTCPGenerator {
    private var tokens: TokenGenerator

    init(seed: UInt64) { self.tokens = TokenGenerator(seed: seed) }

    mutating func packets() -> [RTCPPacket] {
        (0..<self.count(1...4)).map { _ in
            switch self.count(0...5) {
            case 0:
                .senderReport(
                    RTCPSenderReport(
                        ssrc: self.word(), ntpTime: self.tokens.next(), rtpTimestamp: self.word(),
                        packetCount: self.word(), octetCount: self.word(), reports: self.blocks(),
                        profileExtension: self.words(0...3)))
            case 1:
                .receiverReport(
                    RTCPReceiverReport(
                        ssrc: self.word(), reports: self.blocks(), profileExtension: self.words(0...3)))
            case 2:
                .sourceDescription(
                    (0..<self.count(0...4)).map { _ in
                        RTCPSourceDescription(
                            ssrc: self.word(),
                            items: (0..<self.count(0...4)).map { _ in
                                .init(
                                    type: UInt8(self.count(1...255)),
                                    bytes: self.bytes(self.count(0...9) == 0 ? 255...255 : 0...20))
                            })
                    })
            case 3:
                .goodbye(
                    sources: (0..<self.count(0...31)).map { _ in self.word() },
                    reason: self.count(0...1) == 0 ? nil : String(repeating: "ö", count: self.count(0...127)))
            case 4:
                .application(
                    RTCPApplication(
                        subtype: UInt8(self.count(0...31)), ssrc: self.word(), name: self.word(),
                        data: self.words(0...9)))
            default:
                .other(type: UInt8(self.count(205...223)), count: UInt8(self.count(0...31)), body: self.words(0...9))
            }
        }
    }

    private mutating func blocks() -> [RTCPReportBlock] {
        (0..<self.count(0...9) * self.count(0...3)).map { _ in
            RTCPReportBlock(
                ssrc: self.word(), fractionLost: UInt8(self.count(0...255)),
                cumulativeLost: Int32(self.count(-0x80_0000...0x7F_FFFF)), highestSequenceNumber: self.word(),
                jitter: self.word(), lastSenderReport: self.word(), delaySinceLastSenderReport: self.word())
        }
    }

    private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self.tokens) }
    private mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: self.tokens.next()) }
    private mutating func words(_ range: ClosedRange<Int>) -> [UInt8] {
        let count = 4 * self.count(range)
        return self.bytes(count...count)
    }
    private mutating func bytes(_ range: ClosedRange<Int>) -> [UInt8] {
        (0..<self.count(range)).map { _ in UInt8(self.count(0...255)) }
    }
}
