import CallCore

/// Makes SIP messages by chance, with all the freedom that the grammar gives; the same ones in every run.
struct SIPMessageWriter {
    /// One header field as it is written.
    struct Field {
        var name: String
        /// With its folds, and without blanks at its ends.
        var value: String
        var line: String
    }

    private var random: TokenGenerator

    init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    /// A request or a response, with the fields that it has.
    mutating func message() -> (text: String, fields: [Field]) {
        var fields = (0..<self.number(3...40)).map { _ in self.field() }
        let body = self.chance() ? String(repeating: "body\r\n", count: self.number(0...30)) : ""
        fields.append(self.field(self.pick(["Content-Length", "l", "CONTENT-LENGTH"]), "\(body.utf8.count)"))
        let start = self.chance() ? "INVITE \(self.uri()) SIP/2.0" : "SIP/2.0 \(self.number(100...699)) What  it says"
        return (start + "\r\n" + fields.map(\.line).joined() + "\r\n" + body, fields)
    }

    /// A name and an address in every form.
    mutating func address() -> String {
        let parameters = self.parameters()
        switch self.number(0...3) {
        case 0: return "<\(self.uri())>" + parameters
        case 1: return self.pick(["Ada", "Ada  of Home", "a-b.c!"]) + self.blank() + "<\(self.uri())>" + parameters
        case 2:
            let name = self.pick(["Ada", "A, \\\"B\\\" <C>; d=e", "", "back\\\\slash", "\\A\\d\\a", "Zoë"])
            return "\"\(name)\"" + self.pick(["", " ", "  "]) + "<\(self.uri())>" + parameters
        default: return self.pick(["sip:bare@home", "sips:home:5061", "tel:+1-201-555"]) + parameters
        }
    }

    /// A URI in every form.
    mutating func uri() -> String {
        let scheme = self.pick(["sip", "sips", "SIP", "Sips"])
        let user = self.pick(["", "ada@", "ada:secret@", "+1;ext=2@", "a%40b?c@", "a/b:p=q@"])
        let host = self.pick(["home", "10.0.0.1", "[2001:db8::1]", "home.example.com"])
        let port = self.pick(["", ":5060", ":05060", ":0", ":65535"])
        let parameters = self.pick(["", ";lr", ";transport=tcp;lr", ";a=;b", ";;a", ";a;", ";x=\"q;u\""])
        let headers = self.pick(["", "?Subject=x", "?a=b&c=d", "?", "?&a=b"])
        switch self.number(0...6) {
        case 0: return self.pick(["tel:+1-201-555;phone-context=home", "TEL:911", "urn:service:sos", "X-a+b.c:Y;z"])
        default: return scheme + ":" + user + host + port + parameters + headers
        }
    }

    /// A hop in every form.
    mutating func via() -> String {
        self.pick(["SIP/2.0/UDP ", "sip / 2.0 / TCP  ", "SIP/2.0/X-Own\t", "SIP/ 2.0/UDP "])
            + self.pick(["home", "10.0.0.1", "[::1]"]) + self.pick(["", ":5060", " : 5060", ":005"]) + self.parameters()
    }

    /// Parameters of a header, with blanks where they may stand.
    mutating func parameters() -> String {
        (0..<self.number(0...4)).map { _ in
            self.blank() + ";" + self.blank() + self.pick(["tag", "Branch", "rport", "x-y"])
                + self.pick(["", "=", "=z9hG4bK-1", " = spaced", "=\"quoted; , \\\" text\"", "=[::1]"])
        }
        .joined()
    }

    private mutating func field() -> Field {
        switch self.number(0...6) {
        case 0: return self.field(self.pick(["Via", "v", "VIA"]), self.list { $0.via() })
        case 1: return self.field(self.pick(["From", "f", "To", "t"]), self.address())
        case 2: return self.field(self.pick(["Contact", "m", "Record-Route", "route"]), self.list { $0.address() })
        case 3:
            return self.field(self.pick(["Allow", "Supported", "k"]), self.list { $0.pick(["ACK", "timer", "x"]) })
        case 4: return self.field("CSeq", "\(self.number(0...99_999)) INVITE")
        case 5:
            return self.field(self.pick(["Subject", "s"]), self.pick(["", "one", "one\r\n two", "one\r\n\t \r\n x"]))
        default:
            return self.field(self.pick(["X-Unknown", "x!y", "Viaa", "Call-Idd", "Q"]), self.pick(["", ":", "a:b"]))
        }
    }

    private mutating func field(_ name: String, _ value: String) -> Field {
        let line = name + self.pick(["", "", " ", "\t "]) + ":" + self.pick(["", " ", "  ", "\t"]) + value
        return Field(name: name, value: value, line: line + self.pick(["", "", " ", " \t"]) + "\r\n")
    }

    private mutating func list(_ value: (inout Self) -> String) -> String {
        var text = value(&self)
        for _ in 0..<self.number(0...3) { text += self.pick([",", ", ", " ,\r\n "]) + value(&self) }
        return text
    }

    private mutating func blank() -> String { self.pick(["", "", " ", "\t", "\r\n "]) }

    private mutating func pick(_ choices: [String]) -> String { choices[self.number(0...(choices.count - 1))] }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self.random) }

    private mutating func chance() -> Bool { self.number(0...1) == 0 }
}
