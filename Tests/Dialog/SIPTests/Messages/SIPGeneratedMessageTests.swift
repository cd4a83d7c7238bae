import SIP
import Testing

/// Messages and values made by chance, the same ones in every run.
@Suite struct SIPGeneratedMessageTests {
    @Test func `what nobody changed is written as it came`() throws {
        var writer = SIPMessageWriter(seed: 0x3261)
        for _ in 0..<1_000 {
            let bytes = Array(writer.message().text.utf8)
            let message = try SIPMessage(parsing: bytes.span)
            // Only blanks in a request line are put right.
            #expect(message.encoded() == bytes)
            #expect(try SIPMessage(parsing: message.encoded().span) == message)
        }
    }

    @Test func `every field is found in its place, with its name and its value`() throws {
        var writer = SIPMessageWriter(seed: 0x3262)
        for _ in 0..<1_000 {
            let (text, fields) = writer.message()
            let message = try SIPMessage(text: text)
            #expect(message.fields.map(\.name) == fields.map(\.name))
            #expect(message.fields.map(\.value) == fields.map { Self.unfolded($0.value) })
        }
    }

    @Test func `where one header is changed, every other line stays as it was`() throws {
        var writer = SIPMessageWriter(seed: 0x3263)
        for round in 0..<1_000 {
            let (text, fields) = writer.message()
            var message = try SIPMessage(text: text)
            let name = fields[round % fields.count].name
            guard name.lowercased() != "content-length", name != "l" else { continue }
            message.setField(name, to: "changed")
            let written = message.description
            let long = try #require(message.fields.first { $0.value == "changed" }?.name)
            #expect(written.contains("\r\n\(long): changed\r\n"))
            let others = try SIPMessage(text: text).fields.filter { SIPHeaderName<String>($0.name) != .init(name) }
            for field in fields where others.contains(where: { $0.name == field.name }) {
                guard !Self.isSame(field.name, name) else { continue }
                #expect(written.contains("\r\n" + Self.withoutBlankEnd(field.line)), "\(field.line)")
            }
            #expect(message.body == (try SIPMessage(text: text)).body)
        }
    }

    @Test func `an address that was read and written is the same`() throws {
        var writer = SIPMessageWriter(seed: 0x3264)
        for _ in 0..<3_000 {
            let text = writer.address()
            guard let address = SIPAddress(text) else { continue }
            Self.expectStable(address, text)
            var copy = address
            copy.displayName = address.displayName
            copy.uri.host = address.uri.host
            copy.parameters.elements = address.parameters.elements
            #expect(copy == address && copy.hashValue == address.hashValue, "\(text)")
            #expect(copy.uri == address.uri && copy.parameters == address.parameters, "\(text)")
            #expect(copy.tag == address.tag, "\(text)")
        }
    }

    @Test func `a URI that was read and written is the same`() throws {
        var writer = SIPMessageWriter(seed: 0x3265)
        for _ in 0..<3_000 {
            let text = writer.uri()
            guard let uri = SIPURI(text) else { continue }
            Self.expectStable(uri, text)
            var copy = uri
            copy.user = uri.user
            copy.headers.elements = uri.headers.elements
            copy.parameters.elements = uri.parameters.elements
            #expect(copy == uri && copy.hashValue == uri.hashValue, "\(text)")
            #expect(copy.scheme == uri.scheme && copy.password == uri.password && copy.port == uri.port, "\(text)")
            #expect(copy.host == uri.host && copy.headers == uri.headers, "\(text)")
        }
    }

    @Test func `a hop that was read and written is the same`() throws {
        var writer = SIPMessageWriter(seed: 0x3266)
        for _ in 0..<3_000 {
            let text = writer.via()
            let message = try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\nVia: \(text)\n\n")
            guard let via = message[.via] else { continue }
            Self.expectStable(via, text)
            var copy = via
            copy.host = via.host
            copy.parameters.elements = via.parameters.elements
            #expect(copy == via && copy.hashValue == via.hashValue, "\(text)")
            #expect(copy.transport == via.transport && copy.port == via.port && copy.branch == via.branch, "\(text)")
        }
    }

    /// Whether a value is equal to the one that is read from what it writes, and writes the same again.
    private static func expectStable<Value: SIPHeaderValue & CustomStringConvertible>(
        _ value: Value, _ text: String
    ) {
        let bytes = Array(value.description.utf8)
        guard let again = Value(parsing: bytes.span) else {
            Issue.record("\(text) was written \(value), which is not read")
            return
        }
        #expect(again == value && again.hashValue == value.hashValue, "\(text)")
        #expect(again.description == value.description, "\(text)")
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        let long = ["v": "via", "f": "from", "t": "to", "m": "contact", "k": "supported", "s": "subject"]
        let (one, other) = (left.lowercased(), right.lowercased())
        return (long[one] ?? one) == (long[other] ?? other)
    }

    private static func unfolded(_ value: String) -> String {
        let lines = value.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        let pieces = lines.map { String($0).trimmingBlanks }
        return pieces.enumerated().map { $0.offset > 0 && pieces[$0.offset].isEmpty ? "" : $0.element }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func withoutBlankEnd(_ line: String) -> String {
        var line = line.replacing("\r\n", with: "\n")[...]
        while line.last == " " || line.last == "\t" || line.last == "\n" { line.removeLast() }
        return String(line).replacing("\n", with: "\r\n")
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
