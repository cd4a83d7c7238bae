import SIP
import TestSupport
import Testing

@Suite struct SIPMessageIndexTests {
    private static let telling = Array("\r\n\t \"<>;:,=@0LlSIP/2.0\0\u{80}".utf8)

    private static let everything = Fixture.names + TortureMessage.all.map(\.name)

    @Test(arguments: Self.everything)
    func `the index finds what a plain search finds`(name: String) throws {
        let bytes = try TortureMessage(name, .accepted, "").bytes()
        #expect(Self.quick(bytes) == Self.plain(bytes))
    }

    @Test func `the index and a plain search agree on 20 000 damaged messages`() throws {
        let originals = try Self.everything.map { try TortureMessage($0, .accepted, "").bytes() }
        var mutations = Mutations(seed: 0x5150)
        for round in 0..<20_000 {
            let bytes = mutations.next(of: originals[round % originals.count], inserting: Self.telling)
            let (quick, plain) = (Self.quick(bytes), Self.plain(bytes))
            guard quick == plain else {
                Issue.record(
                    "\(quick), plainly \(plain), of \(String(reflecting: String(decoding: bytes, as: UTF8.self)))")
                return
            }
        }
    }

    @Test func `a message and its index agree on 20 000 damaged messages`() throws {
        let originals = try Self.everything.map { try TortureMessage($0, .accepted, "").bytes() }
        var mutations = Mutations(seed: 0x5151)
        for round in 0..<20_000 {
            let bytes = mutations.next(of: originals[round % originals.count], inserting: Self.telling)
            guard let index = try? SIPMessageIndex(parsing: bytes.span) else {
                #expect(throws: SIPParseError.self) { try SIPMessage(parsing: bytes.span) }
                #expect(throws: SIPParseError.self) { try SIPMessage(taking: bytes) }
                continue
            }
            let message = try SIPMessage(parsing: bytes.span)
            #expect(try SIPMessage(taking: bytes) == message)
            #expect(message.isRequest == index.isRequest && message.status == index.status)
            #expect(message.fields.map(\.name) == (0..<index.fieldCount).map { Self.text(bytes, index.name(at: $0)) })
            #expect((message.body?.bytes ?? []) == Array(bytes[index.body]))
            let callID = index.value(of: SIPHeaderName<String>.callID, in: bytes.span)
            #expect(message.text(of: .callID)?.string == callID.map { Self.text(bytes, $0) })
        }
    }

    @Test(arguments: 0...70)
    func `a line end is found wherever it stands`(length: Int) throws {
        let padding = String(repeating: "x", count: length)
        let text = "OPTIONS sip:a@b SIP/2.0\r\nX-Pad: \(padding)\nCall-ID: a\r\n\r\n"
        let bytes = Array(text.utf8)
        let index = try SIPMessageIndex(parsing: bytes.span)
        #expect(index.fieldCount == 2 && Self.text(bytes, index.value(at: 1)) == "a")
    }

    @Test func `more fields than fit into the index are found as well`() throws {
        let text = "OPTIONS sip:a@b SIP/2.0\n" + (0..<200).map { "X-\($0): \($0)\n" }.joined() + "\n"
        let bytes = Array(text.utf8)
        let index = try SIPMessageIndex(parsing: bytes.span)
        #expect(index.fieldCount == 200)
        #expect((0..<200).allSatisfy { Self.text(bytes, index.value(at: $0)) == "\($0)" })
        let last = SIPHeaderName<String>("x-199")
        #expect(index.value(of: last, in: bytes.span).map { Self.text(bytes, $0) } == "199")
    }

    private enum Outcome: Equatable {
        case found(PlainIndex)
        case refused(SIPParseError)
    }

    private static func quick(_ bytes: [UInt8]) -> Outcome {
        do { return .found(PlainIndex(try SIPMessageIndex(parsing: bytes.span))) } catch { return .refused(error) }
    }

    private static func plain(_ bytes: [UInt8]) -> Outcome {
        do { return .found(try PlainIndex(bytes)) } catch { return .refused(error) }
    }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
