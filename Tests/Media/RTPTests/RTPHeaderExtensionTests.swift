import RTP
import TestSupport
import Testing

@Suite struct `RTP header extensions` {
    /// - Source: RFC 8285 §4.2, its example.
    @Test func `elements of the one-byte form are found, padding between them is passed over`() throws {
        let packet = Self.packet(0xBEDE, [0x10, 1, 0x21, 2, 3, 0, 0, 0x33, 4, 5, 6, 7])
        let header = try RTPHeader(parsing: packet.span)
        #expect(header.extensionElement(1, in: packet.span).map { Array(packet[$0]) } == [1])
        #expect(header.extensionElement(2, in: packet.span).map { Array(packet[$0]) } == [2, 3])
        #expect(header.extensionElement(3, in: packet.span).map { Array(packet[$0]) } == [4, 5, 6, 7])
        #expect(header.extensionElement(4, in: packet.span) == nil)
        #expect(Array(packet[header.payloadRange]) == [0x55])
    }

    /// - Source: RFC 8285 §4.3, its example.
    @Test(arguments: [0x1000, 0x100F] as [UInt16])
    func `elements of the two-byte form are found, empty ones too`(profile: UInt16) throws {
        let packet = Self.packet(profile, [1, 0, 200, 1, 9, 0, 3, 4, 4, 5, 6, 7])
        let header = try RTPHeader(parsing: packet.span)
        #expect(header.extensionElement(1, in: packet.span)?.isEmpty == true)
        #expect(header.extensionElement(200, in: packet.span).map { Array(packet[$0]) } == [9])
        #expect(header.extensionElement(3, in: packet.span).map { Array(packet[$0]) } == [4, 5, 6, 7])
    }

    @Test(
        arguments: [
            // Identifier 15, and identifier 0 with a length, end the one-byte form.
            (0xBEDE, [0x10, 7, 0xF0, 1, 0x20, 8, 0, 0]), (0xBEDE, [0x10, 7, 0x01, 1, 0x20, 8, 0, 0]),
            // Data that would go past the end are none.
            (0xBEDE, [0x10, 7, 0x2F, 8]), (0x1000, [1, 1, 7, 2, 200, 8, 0, 0]), (0x1000, [1, 1, 7, 2]),
        ] as [(UInt16, [UInt8])])
    func `what ends an extension early leaves what was before it`(profile: UInt16, body: [UInt8]) throws {
        let packet = Self.packet(profile, body)
        let header = try RTPHeader(parsing: packet.span)
        #expect(
            RTPHeaderExtension(of: header, in: packet.span)?.elements == [.init(id: 1, data: [7])])
        #expect(header.extensionElement(2, in: packet.span) == nil)
    }

    @Test func `an extension of another profile has no elements, and is kept as it is`() throws {
        let packet = Self.packet(0x1234, [0x10, 7, 0, 0])
        let header = try RTPHeader(parsing: packet.span)
        let found = RTPHeaderExtension(of: header, in: packet.span)
        let part = try #require(found)
        #expect(part.elements.isEmpty)
        #expect(part.profile == 0x1234)
        #expect(part.body == [0x10, 7, 0, 0])
    }

    @Test func `the one-byte form is written where it holds everything, else the two-byte form`() throws {
        let short = try #require(RTPHeaderExtension([.init(id: 1, data: [7]), .init(id: 14, data: [1, 2])]))
        #expect(short.profile == 0xBEDE)
        #expect(short.body == [0x10, 7, 0xE1, 1, 2, 0, 0, 0])
        for element in [(15, [1]), (1, []), (1, [UInt8](repeating: 3, count: 17))] as [(UInt8, [UInt8])] {
            let long = try #require(RTPHeaderExtension([.init(id: element.0, data: element.1)]))
            #expect(long.profile == 0x1000)
            #expect(long.elements == [.init(id: element.0, data: element.1)])
        }
        #expect(RTPHeaderExtension([.init(id: 1, data: [7])], allowsOneByteForm: false)?.profile == 0x1000)
    }

    @Test func `what no form holds is not written`() {
        #expect(RTPHeaderExtension([.init(id: 0, data: [1])]) == nil)
        #expect(RTPHeaderExtension([.init(id: 1, data: [UInt8](repeating: 0, count: 256))]) == nil)
        #expect(RTPHeaderExtension(profile: 1, body: [UInt8](repeating: 0, count: 4 * 65_535 + 1)) == nil)
    }

    @Test func `packets with all their parts are read as they were written`() throws {
        var tokens = TokenGenerator(seed: 8_285)
        for _ in 0..<2_000 {
            func bytes(_ counts: ClosedRange<Int>) -> [UInt8] {
                (0..<Int.random(in: counts, using: &tokens)).map { _ in UInt8.random(in: 0...255, using: &tokens) }
            }
            let elements = (0..<Int.random(in: 0...5, using: &tokens)).map { _ in
                RTPHeaderExtension.Element(id: UInt8.random(in: 1...20, using: &tokens), data: bytes(0...20))
            }
            let parts = RTPHeader.Parts(
                contributingSources: (0..<Int.random(in: 0...15, using: &tokens)).map { _ in
                    UInt32.random(in: 0...(.max), using: &tokens)
                },
                headerExtension: Bool.random(using: &tokens) ? RTPHeaderExtension(elements) : nil,
                paddingCount: Bool.random(using: &tokens) ? UInt8.random(in: 1...255, using: &tokens) : 0)
            let written = RTPHeader(
                payloadType: UInt8.random(in: 0...127, using: &tokens), marker: Bool.random(using: &tokens),
                sequenceNumber: UInt16.random(in: 0...(.max), using: &tokens),
                timestamp: UInt32.random(in: 0...(.max), using: &tokens),
                ssrc: UInt32.random(in: 0...(.max), using: &tokens))
            let payload = bytes(0...50)
            let packet = written.encoded(payload: payload.span, with: parts)
            let read = try RTPHeader(parsing: packet.span)
            #expect(read.payloadType == written.payloadType && read.marker == written.marker)
            #expect(read.sequenceNumber == written.sequenceNumber && read.timestamp == written.timestamp)
            #expect(read.ssrc == written.ssrc)
            #expect(read.contributingSources(in: packet.span) == parts.contributingSources)
            #expect(RTPHeaderExtension(of: read, in: packet.span) == parts.headerExtension)
            #expect(RTPHeaderExtension(of: read, in: packet.span)?.elements ?? elements == elements)
            #expect(Array(packet[read.payloadRange]) == payload)
            #expect(packet.count - read.payloadRange.upperBound == Int(parts.paddingCount))
        }
    }

    @Test func `no damaged packet traps, and what is found lies inside the extension`() throws {
        let honest = Self.packet(0xBEDE, [0x10, 1, 0x21, 2, 3, 0, 0, 0x33, 4, 5, 6, 7])
        var mutations = Mutations(seed: 8_285)
        for _ in 0..<20_000 {
            let packet = mutations.next(of: honest, inserting: [0, 0x10, 0xBE, 0xDE, 0xF0])
            guard let header = try? RTPHeader(parsing: packet.span) else { continue }
            for id in 0...16 as ClosedRange<UInt8> {
                guard let place = header.extensionElement(id, in: packet.span) else { continue }
                #expect(header.extensionRange.contains(place.lowerBound - 1))
                #expect(place.upperBound <= header.extensionRange.upperBound)
            }
            _ = RTPHeaderExtension(of: header, in: packet.span)?.elements
        }
    }

    private static func packet(_ profile: UInt16, _ body: [UInt8]) -> [UInt8] {
        [0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]
            + [UInt8(profile >> 8), UInt8(profile & 0xFF), 0, UInt8(body.count / 4)] + body + [0x55]
    }
}
