import SDP
import Testing

/// Lines and fields are found a block of 64 bytes at a time: what holds must hold wherever a block ends.
@Suite struct LineFindingTests {
    @Test func `lines are those between line feeds, wherever they end and whatever their length`() throws {
        var generator = TokenGenerator(seed: 0x8866_0005)
        for _ in 0..<3_000 {
            var bytes = Array("v=0\n".utf8)
            while bytes.count < 400, Int.random(in: 0..<12, using: &generator) != 0 {
                let blanks: [UInt8] = [0x20, 0x0D, 0x09, 0x00]
                switch Int.random(in: 0..<8, using: &generator) {
                case 0:
                    for _ in 0..<Int.random(in: 0..<70, using: &generator) {
                        bytes.append(blanks.randomElement(using: &generator) ?? 0x20)
                    }
                default:
                    bytes += Array("a=".utf8)
                    for _ in 0..<Int.random(in: 0..<90, using: &generator) {
                        let isBlank = Int.random(in: 0..<9, using: &generator) == 0
                        bytes.append(
                            isBlank
                                ? blanks.randomElement(using: &generator) ?? 0x20
                                : .random(in: 33...255, using: &generator))
                    }
                }
                bytes += Bool.random(using: &generator) ? [0x0A] : [0x0D, 0x0A]
            }
            if Bool.random(using: &generator) { bytes.removeLast() }
            let expected = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }
                .filter { line in line.contains { $0 > 0x20 } }
            let description = try SessionDescription(parsing: bytes.span)
            #expect(
                description.lines.map { Array("\($0.type)=\($0.value)".utf8) }
                    == expected.map { line in
                        Array(String(decoding: line, as: UTF8.self).utf8)
                    })
            #expect(description.encoded() == bytes)
        }
    }

    @Test(arguments: 1...140)
    func `fields are those between blanks, wherever a block ends`(count: Int) throws {
        let formats = (0..<count).map { String(repeating: "9", count: 1 + $0 % 5) }
        let media = "m=" + String(repeating: "x", count: count) + "\t \(count)/2  RTP/AVP "
        let text = "v=0\n" + media + formats.joined(separator: count.isMultiple(of: 2) ? " " : " \t") + "  \n"
        guard count <= 128 else {
            #expect(throws: SDPError(.malformedMedia, at: 4, "")) { try description(text) }
            return
        }
        let medium = try #require(try description(text).media.first)
        #expect(medium.media == String(repeating: "x", count: count))
        #expect((medium.port, medium.portCount, medium.protocol) == (UInt16(count), 2, "RTP/AVP"))
        #expect(medium.formats == formats)
    }

    @Test func `zeros and returns are found anywhere in an m= line`() throws {
        let line = "m=audio 4000 RTP/AVP " + (0..<40).map { "\($0)" }.joined(separator: " ")
        #expect(try description("v=0\n" + line + "\n").media.first?.formats.count == 40)
        for index in 2..<line.utf8.count {
            for byte in [0x00, 0x0D] as [UInt8] {
                var bytes = Array(line.utf8)
                bytes.insert(byte, at: index)
                let text = Array("v=0\n".utf8) + bytes + Array("\n".utf8)
                #expect(throws: SDPError(.malformedMedia, at: 4, "")) { try SessionDescription(parsing: text.span) }
            }
        }
    }

    @Test(arguments: [1, 2, 40, 41, 1_999])
    func `lines as short as can be are all found`(count: Int) throws {
        let text = "v=0\n" + String(repeating: "a=\n", count: count)
        #expect(try description(text).lines.count == count + 1)
    }
}
