/// Who a message is from or for: a name for people, a URI, and parameters.
///
/// - Source: RFC 3261 §20.10, §25.1 `name-addr`, `addr-spec`.
public struct SIPAddress: Hashable, Sendable {
    /// The name for people, without quotes.
    public var displayName: String?
    /// Where they are reached.
    public var uri: SIPURI
    /// The parameters of the header value (not those of the URI).
    public var parameters: SIPParameters

    /// Describes somebody.
    public init(_ uri: SIPURI, displayName: String? = nil, tag: String? = nil) {
        (self.displayName, self.uri, self.parameters) = (displayName, uri, SIPParameters())
        if let tag { self.parameters["tag"] = tag }
    }

    /// Reads `"Name" <sip:…>;parameters`.
    ///
    /// - Returns: nil where `text` is anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(parsing: bytes.span)
    }

    /// The tag of a From or To: one half of a dialog's name.
    public var tag: String? {
        get { self.parameters["tag"] }
        set { self.parameters["tag"] = newValue }
    }

    /// Whether this is the `*` of a Contact that takes back every registration.
    ///
    /// - Source: RFC 3261 §10.2.2.
    public var isWildcard: Bool { self.uri == Self.wildcardURI }

    /// The Contact `*`.
    public static let wildcard = SIPAddress(Self.wildcardURI)

    private static let wildcardURI = SIPURI(scheme: "", host: "*")
}

extension SIPAddress: SIPHeaderValue, CustomStringConvertible {
    /// Reads an address that fills the span.
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        guard let first = range.first else { return nil }
        var displayName: String?
        var open: Int?
        if bytes[first] == UInt8(ascii: "\"") {
            guard let close = bytes.endOfQuotedString(from: first, end: range.upperBound), close <= range.upperBound,
                let bracket = bytes.firstIndex(of: UInt8(ascii: "<"), in: close..<range.upperBound),
                bytes.trimmed(close..<bracket).isEmpty
            else { return nil }
            displayName = bytes.unquoted(first..<close)
            open = bracket
        } else if let bracket = bytes.firstIndex(of: UInt8(ascii: "<"), in: range) {
            let name = bytes.trimmed(range.lowerBound..<bracket)
            // Where the quotes are missing, these would be taken for what they separate.
            for index in name where ",;\"".utf8.contains(bytes[index]) { return nil }
            displayName = name.isEmpty ? nil : bytes.string(name)
            open = bracket
        }
        let uriRange: Range<Int>
        let rest: Range<Int>
        if let open {
            guard let close = bytes.firstIndex(of: UInt8(ascii: ">"), in: open..<range.upperBound) else { return nil }
            uriRange = bytes.trimmed((open + 1)..<close)
            rest = bytes.trimmed((close + 1)..<range.upperBound)
        } else {
            // Without brackets, what follows a semicolon belongs to the header, not to the URI.
            let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: range) ?? range.upperBound
            uriRange = bytes.trimmed(range.lowerBound..<end)
            rest = end..<range.upperBound
            // RFC 3261 §20: an address with a question mark must stand in brackets.
            guard bytes.firstIndex(of: UInt8(ascii: "?"), in: uriRange) == nil else { return nil }
        }
        if uriRange.count == 1, bytes[uriRange.lowerBound] == UInt8(ascii: "*"), open == nil {
            self = .wildcard
            return
        }
        guard rest.isEmpty || bytes[rest.lowerBound] == UInt8(ascii: ";"),
            let uri = SIPURI(parsing: bytes.extracting(uriRange)),
            let parameters = SIPParameters(parsing: bytes, in: rest)
        else { return nil }
        (self.displayName, self.uri, self.parameters) = (displayName, uri, parameters)
    }

    /// Writes the address; the URI always in brackets.
    public func write(to output: inout [UInt8]) {
        guard !self.isWildcard else { return output.append(UInt8(ascii: "*")) }
        if let displayName = self.displayName, !displayName.isEmpty {
            output.append(quoted: displayName)
            output.append(UInt8(ascii: " "))
        }
        output.append(UInt8(ascii: "<"))
        self.uri.write(to: &output)
        output.append(UInt8(ascii: ">"))
        self.parameters.write(to: &output)
    }

    /// The address as on the wire.
    public var description: String { self.written }
}
