/// A telephone number: of a `tel:` URI, or of a SIP URI with `user=phone`.
///
/// - Source: RFC 3966 §3; RFC 3261 §19.1.6.
public struct SIPTelephoneNumber: Hashable, Sendable {
    /// The number as written, a global one with its `+`; visual separators are kept.
    public var number: String
    /// `ext`, `isub`, `phone-context` and others.
    public var parameters: SIPParameters

    /// Describes a number.
    ///
    /// - Returns: nil where `number` is none: a global one is `+` and digits, a local one hexadecimal digits, `*` and
    ///   `#`, both with `-`, `.`, `(` and `)` anywhere.
    public init?(_ number: String, parameters: SIPParameters = SIPParameters()) {
        let digits = Array(number.utf8)
        let isGlobal = digits.first == UInt8(ascii: "+")
        let significant = digits.dropFirst(isGlobal ? 1 : 0).filter { !$0.isVisualSeparator }
        guard !significant.isEmpty,
            significant.allSatisfy({ byte in
                isGlobal
                    ? (0x30...0x39).contains(byte)
                    : byte.hexadecimalValue != nil || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#")
            })
        else { return nil }
        (self.number, self.parameters) = (number, parameters)
    }

    /// The number of a `tel:` URI, or of a SIP URI with `user=phone`, whose user part may hold parameters of its own.
    ///
    /// A local number without `phone-context` is taken, since many send such.
    ///
    /// - Returns: nil where the URI holds no number.
    public init?(_ uri: SIPURI) {
        guard let user = uri.user else { return nil }
        if uri.scheme == "tel" {
            self.init(String(decoding: Array(user.utf8).percentDecoded(), as: UTF8.self), parameters: uri.parameters)
            return
        }
        guard uri.isSIP, uri.parameters["user"]?.equalsIgnoringCase("phone") == true else { return nil }
        let bytes = Array(user.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
        guard let parameters = SIPParameters(parsing: bytes.span, in: end..<bytes.count) else { return nil }
        self.init(String(decoding: Array(bytes[..<end]).percentDecoded(), as: UTF8.self), parameters: parameters)
    }

    /// Whether the number is the same everywhere: it begins with `+`.
    public var isGlobal: Bool { self.number.utf8.first == UInt8(ascii: "+") }

    /// The number without visual separators, letters in lower case.
    public var digits: String { Self.compared(self.number) }

    /// Where a local number means something: a domain, or a global number that it begins with.
    public var phoneContext: String? { self.parameters["phone-context"] }

    /// The extension behind the number. - Source: RFC 3966 §5.3.
    public var phoneExtension: String? { self.parameters["ext"] }

    /// The ISDN subaddress. - Source: RFC 3966 §5.2.
    public var subaddress: String? { self.parameters["isub"] }

    /// The number as a `tel:` URI.
    public var uri: SIPURI {
        var uri = SIPURI(scheme: "tel", user: self.number, host: "")
        uri.parameters = self.parameters
        return uri
    }

    /// Whether both are one number: digits and parameters alike, in any order and case, without visual separators.
    ///
    /// - Source: RFC 3966 §4.
    public func isEquivalent(to other: SIPTelephoneNumber) -> Bool {
        let (own, others) = (self.parameters.elements, other.parameters.elements)
        return self.isGlobal == other.isGlobal && self.digits == other.digits && own.count == others.count
            && own.allSatisfy { element in
                others.contains { $0.name.equalsIgnoringCase(element.name) && Self.haveSameValue(element, $0) }
            }
    }

    /// A context that is a global number, and an extension, are digits; a domain's dots and hyphens count.
    private static func haveSameValue(_ left: SIPParameters.Element, _ right: SIPParameters.Element) -> Bool {
        let (own, other) = (left.rawValue ?? "", right.rawValue ?? "")
        let isNumber = own.utf8.first == UInt8(ascii: "+") || left.name.equalsIgnoringCase("ext")
        return isNumber ? self.compared(own) == self.compared(other) : own.equalsIgnoringCase(other)
    }

    private static func compared(_ text: String) -> String {
        String(decoding: text.utf8.filter { !$0.isVisualSeparator }.map(\.lowercased), as: UTF8.self)
    }
}

extension UInt8 {
    /// What makes a number easier to read. - Source: RFC 3966 §3 `visual-separator`.
    fileprivate var isVisualSeparator: Bool { "-.()".utf8.contains(self) }
}
