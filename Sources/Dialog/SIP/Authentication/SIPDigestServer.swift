/// Challenges the requests of a realm and checks the credentials that come back.
///
/// A nonce is a time and a digest that only this server can make, so challenging somebody costs no memory; only the
/// counts of nonces that have been answered rightly are kept, until they are too old.
///
/// - Source: RFC 3261 §22, RFC 7616 §3.3-3.5, RFC 8760.
public struct SIPDigestServer: Sendable {
    /// What is to be done with a request.
    public enum Verdict: Hashable, Sendable {
        /// It is this user's.
        case accepted(user: String)
        /// Answer 401 (407 as a proxy) with these challenges, best first.
        case challenged([SIPAuthentication])
    }

    private let realm: String
    private let secret: String
    private let algorithms: [SIPDigestAlgorithm]
    private let lifetime: Duration
    private let functions: any DigestFunctions
    /// The highest count that was used with a nonce.
    private var counts: [String: (count: UInt32, made: MonotonicTime)] = [:]

    /// Guards a realm.
    ///
    /// - Parameters:
    ///   - secret: what nobody else knows; nonces are made from it.
    ///   - algorithms: what is offered, best first.
    ///   - lifetime: how long a nonce is taken.
    public init(
        realm: String, secret: String, algorithms: [SIPDigestAlgorithm] = [.sha256, .md5],
        lifetime: Duration = .seconds(300), functions: any DigestFunctions
    ) {
        (self.realm, self.secret, self.algorithms) = (realm, secret, algorithms)
        (self.lifetime, self.functions) = (lifetime, functions)
    }

    /// Checks a request. Its URI may differ from that of the credentials: proxies rewrite it (RFC 3261 §22.4).
    ///
    /// - Parameters:
    ///   - name: where the credentials stand: `.credentials`, or `.proxyCredentials` for a proxy.
    ///   - password: looks up a user's password; nil where there is no such user.
    public mutating func check(
        _ request: SIPMessage, in name: SIPHeaderName<SIPAuthentication> = .credentials, at now: MonotonicTime,
        password: (_ user: String) -> String?
    ) -> Verdict {
        self.counts = self.counts.filter { now - $0.value.made <= self.lifetime }
        let candidate = request.all(name).first { $0.isDigest && $0.parameters["realm"] == self.realm }
        guard let credentials = candidate, let user = credentials.parameters["username"],
            let nonce = credentials.parameters["nonce"], let answer = credentials.parameters["response"],
            let algorithm = credentials.algorithm, self.algorithms.contains(algorithm), credentials.hasQuality,
            let digits = credentials.parameters["nc"], digits.utf8.count == 8, let count = UInt32(digits, radix: 16),
            let secret = password(user),
            let expected = algorithm.response(
                of: credentials, password: secret, method: request.method, using: self.functions),
            Self.isEqual(answer, expected), let made = self.time(of: nonce)
        else { return .challenged(self.challenges(at: now, isStale: false)) }
        // The password is right: whatever is wrong now is wrong with the nonce alone.
        guard now - made <= self.lifetime, made <= now, count > self.counts[nonce]?.count ?? 0 else {
            return .challenged(self.challenges(at: now, isStale: true))
        }
        self.counts[nonce] = (count, made)
        return .accepted(user: user)
    }

    /// The challenges for a request without credentials, best first.
    public func challenges(at now: MonotonicTime, isStale: Bool = false) -> [SIPAuthentication] {
        let nonce = self.nonce(madeAt: now.nanoseconds)
        return self.algorithms.map { algorithm in
            var challenge = SIPAuthentication()
            challenge.add("realm", quoted: self.realm)
            challenge.add("nonce", quoted: nonce)
            challenge.add("algorithm", algorithm.rawValue)
            challenge.add("qop", quoted: "auth")
            if isStale { challenge.add("stale", "true") }
            return challenge
        }
    }

    private func nonce(madeAt nanoseconds: Int64) -> String {
        let text = "\(nanoseconds):\(self.realm):\(self.secret)"
        let seal = SIPDigestAlgorithm.sha256.digest(text, using: self.functions)
        return "\(nanoseconds)-\(seal)"
    }

    /// When one of our nonces was made; nil where it is none of ours.
    private func time(of nonce: String) -> MonotonicTime? {
        guard let dash = nonce.lastIndex(of: "-"), let nanoseconds = Int64(nonce[..<dash]), nanoseconds >= 0,
            Self.isEqual(nonce, self.nonce(madeAt: nanoseconds))
        else { return nil }
        return MonotonicTime(nanoseconds: nanoseconds)
    }

    /// Compares in a time that does not tell where the difference is.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
