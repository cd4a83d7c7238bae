// Digest authentication, both ways. RFC 3261 §22.

extension SIPUserAgent {
    /// How many challenges one request answers: a proxy's, a server's, and one for a nonce that was too old.
    private static let mostAnswers = 3

    /// The refusal of a request that does not show who sends it; nil where it does, or need not.
    mutating func refusalForIdentity(
        of request: SIPMessage, from source: Endpoint, at now: MonotonicTime
    ) -> SIPMessage? {
        guard let challenges = self.challenger?.challenges(to: request, from: source, at: now), !challenges.isEmpty
        else { return nil }
        var response = self.response(.unauthorized, to: request)
        response.setAll(challenges, for: .challenge)
        return response
    }

    /// Sends a request that was challenged again, with credentials, as a transaction of its own.
    ///
    /// - Returns: false where that cannot be done, so that the answer stands.
    /// - Source: RFC 3261 §8.1.3.5, §22.2.
    mutating func answerChallenge(
        _ response: SIPMessage, of client: Client, at now: MonotonicTime, _ effects: inout [Effect]
    ) -> Bool {
        guard client.answers < Self.mostAnswers,
            response.status == .unauthorized || response.status == .proxyAuthenticationRequired,
            var request = self.credentials?.answer(to: response, repeating: client.request, tokens: &self.tokens)
        else { return false }
        if var via = request[.via] {
            via.branch = SIPVia.newBranch(&self.tokens)
            request[.via] = via
        }
        var owner = client.owner
        switch client.owner {
        case .session(let session, let purpose):
            guard let purpose = self.sessions[session]?.renumber(&request, for: purpose) else { return false }
            owner = .session(session, purpose)
        case .box:
            self.lastSequence = max(self.lastSequence, request[.cseq]?.number ?? 0)
        }
        self.begin(request, over: client.hops, for: owner, answers: client.answers + 1, at: now, &effects)
        return true
    }
}
