/// How the digests of an authentication are made.
///
/// - Source: RFC 7616 §3.4, RFC 8760.
public enum SIPDigestAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// Of RFC 2617; weak, and what most phones know.
    case md5 = "MD5"
    /// MD5 with a key that holds for a session.
    case md5Session = "MD5-sess"
    /// SHA-256.
    case sha256 = "SHA-256"
    /// SHA-256 with a key that holds for a session.
    case sha256Session = "SHA-256-sess"

    /// Reads the name, in any case.
    public init?(_ name: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue.equalsIgnoringCase(name) }) else { return nil }
        self = known
    }

    private var isOfSession: Bool { self == .md5Session || self == .sha256Session }

    /// The digest of a text, in hexadecimal digits.
    public func digest(_ text: String, using functions: any DigestFunctions) -> String {
        let bytes = Array(text.utf8)
        let digest =
            switch self {
            case .md5, .md5Session: functions.md5(bytes)
            case .sha256, .sha256Session: functions.sha256(bytes)
            }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// What proves that somebody knows the password: the `response` parameter.
    ///
    /// - Parameters:
    ///   - credentials: its username, realm, nonce, uri, and with a quality of protection also nc and cnonce.
    ///   - method: the request's.
    /// - Returns: nil where one of them is missing.
    /// - Source: RFC 7616 §3.4.1, without a qop RFC 3261 §22.4.
    public func response(
        of credentials: SIPAuthentication, password: String, method: SIPMethod,
        using functions: any DigestFunctions
    ) -> String? {
        let parameters = credentials.parameters
        guard let user = parameters["username"], let realm = parameters["realm"], let nonce = parameters["nonce"],
            let uri = parameters["uri"]
        else { return nil }
        var secret = self.digest("\(user):\(realm):\(password)", using: functions)
        if self.isOfSession {
            guard let cnonce = parameters["cnonce"] else { return nil }
            secret = self.digest("\(secret):\(nonce):\(cnonce)", using: functions)
        }
        let request = self.digest("\(method.rawValue):\(uri)", using: functions)
        guard let quality = parameters["qop"] else {
            return self.digest("\(secret):\(nonce):\(request)", using: functions)
        }
        guard let count = parameters["nc"], let cnonce = parameters["cnonce"] else { return nil }
        return self.digest("\(secret):\(nonce):\(count):\(cnonce):\(quality):\(request)", using: functions)
    }
}
