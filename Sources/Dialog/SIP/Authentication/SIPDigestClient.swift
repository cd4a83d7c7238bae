/// Answers the challenges that a user's requests get. It counts how often each nonce was used.
///
/// - Source: RFC 3261 §22, RFC 7616 §3.4, RFC 8760 §2.4.
public struct SIPDigestClient: Sendable {
    private let user: String
    private let password: String
    private let functions: any DigestFunctions
    /// The nonce last used for each realm, and how often.
    private var nonces: [String: (nonce: String, count: UInt32)] = [:]

    /// Answers for one user.
    public init(user: String, password: String, functions: any DigestFunctions) {
        (self.user, self.password, self.functions) = (user, password, functions)
    }

    /// Makes the request that follows a 401 or 407: the same with credentials, and the next number in CSeq.
    ///
    /// Its Via is still to be given a new branch, since it is a new transaction.
    ///
    /// - Parameter tokens: makes the client's own nonce.
    /// - Returns: nil where there is no challenge that can be answered, or where the answer to it was refused
    ///   already for another reason than the nonce's age: the password is wrong.
    public mutating func answer(
        to response: SIPMessage, repeating request: SIPMessage, tokens: inout TokenGenerator
    ) -> SIPMessage? {
        guard let status = response.status, status == .unauthorized || status == .proxyAuthenticationRequired,
            let uri = request.requestURI
        else { return nil }
        let isOfProxy = status == .proxyAuthenticationRequired
        let (challenges, name): (SIPHeaderName<SIPAuthentication>, SIPHeaderName<SIPAuthentication>) =
            isOfProxy ? (.proxyChallenge, .proxyCredentials) : (.challenge, .credentials)
        // The server names what it likes best first.
        guard let challenge = response.all(challenges).first(where: { $0.isDigest && $0.algorithm != nil }) else {
            return nil
        }
        let wasAnswered = request.all(name).contains {
            $0.parameters["realm"] == challenge.parameters["realm"]
        }
        guard !wasAnswered || challenge.isStale,
            let credentials = self.credentials(
                for: challenge, method: request.method, uri: uri.description, cnonce: tokens.token())
        else { return nil }
        var next = request
        let others = request.all(name).filter { $0.parameters["realm"] != challenge.parameters["realm"] }
        next.setAll(others + [credentials], for: name)
        if let cseq = request[.cseq], cseq.number < 0x7FFF_FFFF {
            next[.cseq] = SIPCSeq(cseq.number + 1, cseq.method)
        }
        return next
    }

    /// The credentials for a challenge.
    ///
    /// - Parameter uri: the request URI as on the wire.
    /// - Returns: nil where the challenge lacks its realm or nonce, or has an algorithm or quality that is unknown.
    public mutating func credentials(
        for challenge: SIPAuthentication, method: SIPMethod, uri: String, cnonce: String
    ) -> SIPAuthentication? {
        guard challenge.isDigest, let algorithm = challenge.algorithm, let realm = challenge.parameters["realm"],
            let nonce = challenge.parameters["nonce"],
            challenge.hasQuality || challenge.parameters["qop"] == nil
        else { return nil }
        let last = self.nonces[realm]
        let count = last?.nonce == nonce ? (last?.count ?? 0) &+ 1 : 1
        self.nonces[realm] = (nonce, count)
        var credentials = SIPAuthentication()
        credentials.add("username", quoted: self.user)
        credentials.add("realm", quoted: realm)
        credentials.add("nonce", quoted: nonce)
        credentials.add("uri", quoted: uri)
        if challenge.parameters["algorithm"] != nil { credentials.add("algorithm", algorithm.rawValue) }
        if challenge.hasQuality {
            let digits = String(count, radix: 16)
            credentials.add("qop", "auth")
            credentials.add("nc", String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits)
        }
        credentials.add("cnonce", quoted: cnonce)
        if let opaque = challenge.parameters["opaque"] { credentials.add("opaque", quoted: opaque) }
        guard
            let response = algorithm.response(
                of: credentials, password: self.password, method: method, using: self.functions)
        else { return nil }
        credentials.add("response", quoted: response)
        return credentials
    }
}
