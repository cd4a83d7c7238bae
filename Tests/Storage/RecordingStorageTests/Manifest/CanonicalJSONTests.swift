import RecordingStorage
import Testing

@Suite struct CanonicalJSONTests {
    @Test func `members stand in the order of their names' bytes, without blanks`() {
        let json = CanonicalJSON.object([
            "b": .array([.integer(1), .boolean(true), .boolean(false)]), "aa": .object([:]), "a": .string("x"),
            "é": .integer(-5), "Z": .array([]),
        ])
        #expect(
            String(decoding: json.encoded(), as: UTF8.self)
                == #"{"Z":[],"a":"x","aa":{},"b":[1,true,false],"é":-5}"#)
    }

    // RFC 8785 §3.2.2.2.
    @Test func `only what must be is escaped`() {
        let json = CanonicalJSON.string("\u{20AC}$\u{F}\nA'B\"\\/\u{8}\t\u{C}\r\u{7F}")
        #expect(
            String(decoding: json.encoded(), as: UTF8.self) == "\"\u{20AC}$\\u000f\\nA'B\\\"\\\\/\\b\\t\\f\\r\u{7F}\"")
    }

    @Test(arguments: [
        "{}", "[]", #"{"a":[{"b":"\u001f\n"}],"c":9007199254740991,"d":-9007199254740991}"#, #""é\"\\""#, "true", "0",
    ])
    func `what is written in the one way is read and written again`(text: String) throws {
        #expect(try CanonicalJSON(parsing: Array(text.utf8)).encoded() == Array(text.utf8))
    }

    @Test(arguments: [
        "", " {}", "{} ", #"{"b":1,"a":2}"#, #"{"a":1,"a":1}"#, #"{"a" :1}"#, "1.0", "1e3", "01", "-0", "-", "+1",
        "9007199254740992", "null", #""\/""#, #""\u0041""#, #""\u001F""#, #""\u00""#, #""\u0""#, "\"\n\"", #""a"#,
        "[1,]", "[1 2]", #"{"a"}"#, "{,}", "tru", "\"\\", "{\"a\":1", "nul", "99999999999999999999",
    ])
    func `what is written in another way is refused`(text: String) {
        #expect(throws: StorageError(.corrupt, "")) { try CanonicalJSON(parsing: Array(text.utf8)) }
    }

    @Test func `what is no UTF-8, nested too deeply or too long is refused`() {
        let hostile: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [UInt8](repeating: 0x5B, count: 100_000),
            [UInt8](repeating: 0x30, count: CanonicalJSON.maximumByteCount + 1),
        ]
        for bytes in hostile { #expect(throws: StorageError(.corrupt, "")) { try CanonicalJSON(parsing: bytes) } }
    }
}
