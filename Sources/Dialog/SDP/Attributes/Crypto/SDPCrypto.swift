/// One `a=crypto` line: how its author protects what it sends.
///
/// Never shows its keys when it is printed; ``value`` has them.
///
/// - Source: RFC 4568 §4, §6.
public struct SDPCrypto: Hashable, Sendable {
    /// Tells the lines of one medium apart; an answer repeats the tag of the line that it takes.
    ///
    /// - Unit: 0 to 999 999 999.
    public var tag: Int
    /// How packets are encrypted and authenticated.
    public var suite: SDPCryptoSuite
    /// The keys, of which packets name one by its identifier where there are several; not empty.
    public var keys: [SDPKey]
    /// What differs from the defaults of SRTP, for example `UNENCRYPTED_SRTCP`.
    public var parameters: [String]

    /// Protects a stream.
    public init(tag: Int, suite: SDPCryptoSuite, keys: [SDPKey], parameters: [String] = []) {
        (self.tag, self.suite, self.keys, self.parameters) = (tag, suite, keys, parameters)
    }

    /// Reads the value of the attribute.
    ///
    /// - Returns: nil where it is not of the form of RFC 4568 §9. Whether what it says can be used,
    ///   ``isValid`` tells.
    public init?(_ value: String) {
        let fields = value.split { $0 == " " || $0 == "\t" }
        guard fields.count >= 3, fields.count <= 3 + 16, (1...9).contains(fields[0].utf8.count),
            fields[0].utf8.allSatisfy({ (48...57).contains($0) }), let tag = Int(fields[0])
        else { return nil }
        let keys = fields[2].split(separator: ";", omittingEmptySubsequences: false)
        guard keys.count <= 16 else { return nil }
        var read: [SDPKey] = []
        for key in keys {
            guard let key = SDPKey(key) else { return nil }
            read.append(key)
        }
        self.init(
            tag: tag, suite: SDPCryptoSuite(rawValue: String(fields[1])), keys: read,
            parameters: fields.dropFirst(3).map { String($0) })
    }

    /// The value of the attribute, with the keys.
    public var value: String {
        ([String(self.tag), self.suite.rawValue, self.keys.map(\.value).joined(separator: ";")] + self.parameters)
            .joined(separator: " ")
    }

    /// Whether it breaks no rule and everything that it says is known.
    ///
    /// A parameter that begins with `-` may be ignored, every other that is unknown may not.
    ///
    /// - Source: RFC 4568 §5.1.2, §6.1, §6.3.7.
    public var isValid: Bool {
        guard let length = self.suite.keyAndSaltLength, let first = self.keys.first else { return false }
        let identifierLength = first.identifier?.length
        return self.keys.allSatisfy { key in
            key.keyAndSalt.count == length && (key.lifetime ?? 1) <= SDPKey.longestLifetime
                && key.identifier?.length == identifierLength
        } && (self.keys.count == 1 || identifierLength != nil)
            && self.parameters.allSatisfy { $0.hasPrefix("-") || Self.isKnown($0) }
    }

    private static func isKnown(_ parameter: String) -> Bool {
        let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? Int(parts[1]) : nil
        switch parts[0] {
        case _ where Self.isNegotiated(parameter): return true
        case "KDR": return number.map { (0...24).contains($0) } ?? false
        case "WSH": return number.map { $0 >= 64 } ?? false
        case "FEC_ORDER": return parts.last == "FEC_SRTP" || parts.last == "SRTP_FEC"
        default: return false
        }
    }

    /// Whether a parameter holds for both directions and comes back in an answer.
    ///
    /// - Source: RFC 4568 §6.3.2, §6.3.3.
    static func isNegotiated(_ parameter: String) -> Bool {
        ["UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP", "UNAUTHENTICATED_SRTP"].contains(parameter)
    }
}

extension SDPCrypto: CustomStringConvertible, CustomReflectable {
    /// The value of the attribute without the keys.
    public var description: String { SDPKey.withheld(from: self.value) }

    /// Nothing but the description, so that a dump shows no key.
    public var customMirror: Mirror { Mirror(self, children: ["value": self.description]) }
}

extension MediaDescription {
    /// How the author protects what it sends, in its order of preference. Lines that are malformed are left out.
    ///
    /// - Source: RFC 4568 §4.
    public var crypto: [SDPCrypto] { self.all.allAttributes(.crypto) { SDPCrypto($0.string($1)) } }
}
