import CallCore
import Testing

@testable import SIP

/// Bytes looked at sixteen at a time say what they say one by one.
@Suite struct ByteBlockTests {
    @Test func `each class of characters is that of the RFC, for each byte in each place`() {
        let host = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_".utf8)
        let token = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~".utf8)
        let notInURI = Set(Array(0...0x20) + [0x7F] + Array("<>".utf8))
        for byte in UInt8.min...UInt8.max {
            for place in 0..<16 {
                var block = ByteBlock(repeating: 0x40)
                block[place] = byte
                let bit: UInt64 = 1 << UInt64(place)
                #expect(block.hostCharacters.bits == (host.contains(byte) ? bit : 0))
                #expect(block.tokenCharacters.bits == (token.contains(byte) ? bit : 0))
                #expect(block.notInURI.bits == (notInURI.contains(byte) ? bit : 0))
            }
        }
    }

    @Test func `the bits are the same with the processor's instruction and without`() {
        var random = TokenGenerator(seed: 7)
        for _ in 0..<2_000 {
            let words = SIMD2<UInt64>(random.next(), random.next())
            let block = unsafe unsafeBitCast(words, to: ByteBlock.self)
            let marks = block.atMost(0x7F)
            #expect(marks.bits == marks.portableBits)
            for place in 0..<16 { #expect(marks.bits >> UInt64(place) & 1 == (block[place] <= 0x7F ? 1 : 0)) }
        }
    }

    @Test func `a byte is found, or counted, wherever it lies and the bytes end`() {
        var random = TokenGenerator(seed: 11)
        for count in 0...150 {
            let bytes = (0..<count).map { _ in random.next() % 12 == 0 ? UInt8(ascii: ",") : UInt8(ascii: "a") }
            let span = bytes.span
            for start in 0...count {
                let end = start + Int(random.next() % UInt64(count - start + 1))
                let places = (start..<end).filter { bytes[$0] == UInt8(ascii: ",") }
                #expect(span.firstIndex(of: UInt8(ascii: ","), in: start..<end) == places.first)
                #expect(span.count(of: UInt8(ascii: ","), in: start..<end) == places.count)
                #expect(span.endOfToken(in: start..<end) == places.first ?? end)
                #expect(span.places(of: UInt8(ascii: ","), at: start) == Self.bits(bytes, start))
            }
        }
    }

    /// A bit for each comma of the 64 bytes from a position on.
    private static func bits(_ bytes: [UInt8], _ start: Int) -> UInt64 {
        bytes[start...].prefix(64).enumerated().reduce(0) { bits, place in
            place.element == UInt8(ascii: ",") ? bits | 1 << UInt64(place.offset) : bits
        }
    }

    @Test func `a block that the bytes do not fill is filled with zeros`() {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            for start in 0...count {
                let block = bytes.span.block(at: start)
                #expect((0..<16).allSatisfy { block[$0] == (start + $0 < count ? bytes[start + $0] : 0) })
            }
        }
    }

    @Test func `up to eight bytes are one word, wherever they lie`() {
        for count in 0...20 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            for start in 0...count {
                for end in start...min(start + 8, count) {
                    let word = bytes[start..<end].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                    #expect(bytes.span.shortWord(start..<end) == word)
                }
            }
        }
    }

    @Test func `a URI of the usual form is found to have the parts that every form is read into`() {
        let seeds = [
            "sip:ada.caller@home.example.com:5060;transport=tcp;lr", "sip:+15551002000@192.0.2.1;user=phone",
            "sip:192.0.2.20:49152;transport=udp;lr", "sip:a;b=c@host;d", "sip:a:secret@host:1", "sip:host?h=1",
            "sip:[2001:db8::1]:5060;lr", "sip:a@host:05060", "sip:a@host:0;x=;y", "sip:@host", "sip:host:", "sips:a@b",
        ]
        let alphabet = Array("a0;=@:?.<>[]\" \t%&+-_/".utf8) + [0x7F, 0x80, 0xFF, 0]
        var random = TokenGenerator(seed: 17)
        var plainCount = 0
        for round in 0..<6_000 {
            var uri = Array(seeds[round % seeds.count].utf8)
            for _ in 0..<(round < seeds.count ? 0 : random.next() % 4) {
                let place = Int(random.next() % UInt64(uri.count))
                let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
                if random.next() % 2 == 0 { uri[place] = byte } else { uri.insert(byte, at: place) }
            }
            let bytes = Array("<<".utf8) + uri + [UInt8](repeating: UInt8(ascii: ">"), count: 64)
            let range = 2..<(2 + uri.count)
            var (plain, general) = (SIPURIPlaces(), SIPURIPlaces())
            guard plain.takePlain(bytes.span, range) else { continue }
            plainCount += 1
            let isURI = general.takeAny(bytes.span, range)
            #expect(isURI)
            #expect("\(plain)" == "\(general)", "\(String(decoding: uri, as: UTF8.self))")
        }
        #expect(plainCount > 500)
    }

    @Test func `lines are found with any line end, wherever they lie`() {
        var random = TokenGenerator(seed: 13)
        for _ in 0..<400 {
            var (bytes, lines): ([UInt8], [[UInt8]]) = ([], [])
            for _ in 0..<(1 + random.next() % 6) {
                let line = [UInt8](repeating: UInt8(ascii: "x"), count: Int(1 + random.next() % 90))
                lines.append(line)
                bytes += line + (random.next() % 2 == 0 ? [0x0A] : [0x0D, 0x0A])
            }
            let rest = [UInt8](repeating: UInt8(ascii: "y"), count: Int(random.next() % 70))
            bytes += rest
            var scanner = SIPLineScanner(bytes.span)
            var found: [[UInt8]] = []
            while scanner.nextLine(bytes.span) { found.append(Array(bytes[scanner.line])) }
            #expect(found == lines)
            #expect(scanner.position == bytes.count - rest.count)
        }
    }
}
