/// Which requests must show who sends them, and who may be believed.
///
/// - Source: RFC 3261 §22.
public struct SIPChallenger: Sendable {
    private var server: SIPDigestServer
    private let password: @Sendable (_ user: String) -> String?
    private let isNeeded: @Sendable (_ request: SIPMessage, _ source: Endpoint) -> Bool

    /// Guards a realm.
    ///
    /// - Parameters:
    ///   - password: looks up a user's password; nil where there is no such user.
    ///   - isNeeded: the policy: whether a request from somewhere must be authenticated. It is never asked of ACK and
    ///     CANCEL, which cannot be sent again.
    public init(
        server: SIPDigestServer, password: @escaping @Sendable (_ user: String) -> String?,
        isNeeded: @escaping @Sendable (_ request: SIPMessage, _ source: Endpoint) -> Bool
    ) {
        (self.server, self.password, self.isNeeded) = (server, password, isNeeded)
    }

    /// The challenges for a request that is not let in; none where it is.
    mutating func challenges(
        to request: SIPMessage, from source: Endpoint, at now: MonotonicTime
    ) -> [SIPAuthentication] {
        guard request.method != .ack, request.method != .cancel, self.isNeeded(request, source) else { return [] }
        switch self.server.check(request, at: now, password: self.password) {
        case .accepted: return []
        case .challenged(let challenges): return challenges
        }
    }
}
