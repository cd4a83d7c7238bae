/// A challenge or the credentials that answer it: a scheme, and parameters with commas between them.
///
/// - Source: RFC 3261 §20.7, §20.44, §25.1 `challenge`, `credentials`.
public struct SIPAuthentication: Hashable, Sendable {
    /// The scheme, for example `Digest`.
    public var scheme: String
    /// The parameters in order; those that need it are written in quotes.
    public var parameters: SIPParameters

    /// Describes a challenge or credentials without parameters.
    public init(scheme: String = "Digest") { (self.scheme, self.parameters) = (scheme, SIPParameters()) }

    /// Whether the scheme is `Digest`.
    public var isDigest: Bool { self.scheme.equalsIgnoringCase("Digest") }

    /// How digests are made: MD5 where nothing is said; nil where it is none that is known.
    public var algorithm: SIPDigestAlgorithm? {
        guard let name = self.parameters["algorithm"] else { return .md5 }
        return SIPDigestAlgorithm(name)
    }

    /// Whether a nonce was refused only for its age.
    public var isStale: Bool { self.parameters["stale"]?.equalsIgnoringCase("true") == true }

    /// Whether the quality of protection `auth` is on offer, or chosen.
    public var hasQuality: Bool {
        guard let offered = self.parameters["qop"] else { return false }
        return offered.split(separator: ",").contains { String($0.trimmed).equalsIgnoringCase("auth") }
    }

    mutating func add(_ name: String, _ value: String) {
        self.parameters.elements.append(SIPParameters.Element(name: name, rawValue: value))
    }

    mutating func add(_ name: String, quoted value: String) {
        var bytes: [UInt8] = []
        bytes.append(quoted: value)
        self.add(name, String(decoding: bytes, as: UTF8.self))
    }
}

extension SIPAuthentication: SIPHeaderValue, CustomStringConvertible {
    /// Reads `Scheme name=value, name="value"`.
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        var end = range.lowerBound
        while end < range.upperBound, bytes[end].isToken { end += 1 }
        guard end > range.lowerBound, end == range.upperBound || bytes[end].isSpace,
            let parameters = SIPParameters(parsing: bytes, in: end..<range.upperBound, separator: UInt8(ascii: ","))
        else { return nil }
        (self.scheme, self.parameters) = (bytes.string(range.lowerBound..<end), parameters)
    }

    /// Writes `Scheme name=value, name="value"`.
    public func write(to output: inout [UInt8]) {
        output.append(text: self.scheme)
        var separator = " "
        for element in self.parameters.elements {
            output.append(text: separator + element.name)
            if let value = element.rawValue { output.append(text: "=" + value) }
            separator = ", "
        }
    }

    /// The value as on the wire.
    public var description: String { self.written }
}

extension SIPHeaderName<SIPAuthentication> {
    /// The challenge of a server, of WWW-Authenticate.
    public static var challenge: Self { Self("WWW-Authenticate") }
    /// The challenge of a proxy, of Proxy-Authenticate.
    public static var proxyChallenge: Self { Self("Proxy-Authenticate") }
    /// The answer to a server's challenge, of Authorization.
    public static var credentials: Self { Self("Authorization") }
    /// The answer to a proxy's challenge, of Proxy-Authorization.
    public static var proxyCredentials: Self { Self("Proxy-Authorization") }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
