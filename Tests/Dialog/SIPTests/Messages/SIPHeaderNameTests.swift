import SIP
import Testing

@Suite struct SIPHeaderNameTests {
    /// RFC 3261 §20 and its extensions, with their compact forms as the registry has them.
    private static let names: [(String, String?)] = [
        ("Accept", nil), ("Accept-Contact", "a"), ("Accept-Encoding", nil), ("Accept-Language", nil),
        ("Alert-Info", nil), ("Allow", nil), ("Allow-Events", "u"), ("Authentication-Info", nil),
        ("Authorization", nil), ("Call-ID", "i"), ("Call-Info", nil), ("Contact", "m"), ("Content-Disposition", nil),
        ("Content-Encoding", "e"), ("Content-Language", nil), ("Content-Length", "l"), ("Content-Type", "c"),
        ("CSeq", nil), ("Date", nil), ("Diversion", nil), ("Error-Info", nil), ("Event", "o"), ("Expires", nil),
        ("Flow-Timer", nil), ("From", "f"), ("History-Info", nil), ("Identity", "y"), ("Identity-Info", "n"),
        ("In-Reply-To", nil), ("Info-Package", nil), ("Max-Forwards", nil), ("MIME-Version", nil), ("Min-Expires", nil),
        ("Min-SE", nil), ("Organization", nil), ("P-Asserted-Identity", nil), ("P-Preferred-Identity", nil),
        ("Path", nil), ("Priority", nil), ("Privacy", nil), ("Proxy-Authenticate", nil), ("Proxy-Authorization", nil),
        ("Proxy-Require", nil), ("RAck", nil), ("Reason", nil), ("Record-Route", nil), ("Recv-Info", nil),
        ("Refer-Sub", nil), ("Refer-To", "r"), ("Referred-By", "b"), ("Reject-Contact", "j"), ("Replaces", nil),
        ("Reply-To", nil), ("Request-Disposition", "d"), ("Require", nil), ("Retry-After", nil), ("Route", nil),
        ("RSeq", nil), ("Server", nil), ("Service-Route", nil), ("Session-Expires", "x"), ("SIP-ETag", nil),
        ("SIP-If-Match", nil), ("Subject", "s"), ("Subscription-State", nil), ("Supported", "k"), ("Timestamp", nil),
        ("To", "t"), ("Unsupported", nil), ("User-Agent", nil), ("User-to-User", nil), ("Via", "v"), ("Warning", nil),
        ("WWW-Authenticate", nil),
    ]

    @Test(arguments: Self.names)
    func `a name is recognised in any case and in its compact form`(name: String, compact: String?) throws {
        for written in [name, name.uppercased(), name.lowercased(), compact, compact?.uppercased()].compactMap(\.self) {
            // The colon at once, and with a blank before it, is found in two ways.
            for colon in [": ", " : "] {
                let message = try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\n\(written)\(colon)7\n\n7654321")
                #expect(message.field(name) == "7", "\(written)")
                #expect(compact.map { message.field($0) } ?? "7" == "7", "\(written)")
            }
        }
    }

    @Test(arguments: ["Viaa", "Vi", "Call_ID", "CallID", "Call.ID", "Contact-Length", "Xia", "Call-I", "Content-Lengt"])
    func `a name that only looks like one is another`(name: String) throws {
        let bytes = Array("OPTIONS sip:a@b SIP/2.0\n\(name): 7\nX: long enough to be found\n\n".utf8)
        guard let message = try? SIPMessage(parsing: bytes.span) else { return }
        #expect(message.fields.first?.name == name)
        #expect(message.text(of: .via) == nil && message.text(of: .callID) == nil)
        #expect(message.field(name) == "7" && message.field(name.lowercased()) == "7")
    }

    @Test(arguments: ["Via\0", "Call-ID\0", "Call\rID", "Via\u{1}"])
    func `a name that is no token is refused`(name: String) {
        #expect(throws: SIPParseError(.badField, at: 24)) {
            try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\n\(name): 7\nX: long enough to be found\n\n")
        }
    }

    @Test(arguments: ["Content-Length", "Content-Length ", "l\t", "CONTENT-LENGTH \r\n "])
    func `Content-Length counts whatever stands before its colon`(name: String) throws {
        let start = "OPTIONS sip:a@b SIP/2.0\r\n"
        #expect(try SIPMessage(text: start + "\(name): 2\r\n\r\nabc").body?.bytes == Array("ab".utf8))
        #expect(throws: SIPParseError.self) { try SIPMessage(text: start + "\(name): 4\r\n\r\nabc") }
        #expect(throws: SIPParseError.self) { try SIPMessage(text: start + "\(name): x\r\n\r\nabc") }
    }

    @Test func `a name longer than any that is known is kept`() throws {
        let name = String(repeating: "Content-Length", count: 30)
        let message = try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\n\(name): 7\n\n")
        #expect(message.field(name) == "7" && message.fields.map(\.name) == [name])
    }
}
