// Too many requests: those that we refuse, and those that peers refuse. RFC 3261 §21.5.4; RFC 7339 §5 in spirit.

/// How much a user agent takes on at one time.
public struct SIPOverloadLimit: Hashable, Sendable {
    /// How many transactions that peers have started may be open; beyond, requests outside dialogs are answered 503.
    public var openTransactions: Int
    /// After which time they may come again. - Unit: whole seconds on the wire.
    public var retryAfter: Duration

    /// Describes a limit.
    public init(openTransactions: Int, retryAfter: Duration = .seconds(10)) {
        (self.openTransactions, self.retryAfter) = (openTransactions, retryAfter)
    }
}

extension SIPUserAgent {
    /// How many peers that want to be left alone are remembered.
    private static let restingPeers = 1_024
    /// The longest rest that a peer is given.
    private static let longestRest: Duration = .seconds(3_600)

    /// 503 for a new request that is too much. It is made without any state, which would be the next thing to be short.
    func refusalForOverload(of request: SIPMessage) -> SIPMessage? {
        guard let overload, self.servers.count >= overload.openTransactions, request[.to]?.tag == nil,
            request.method != .cancel
        else { return nil }
        var response = self.response(.serviceUnavailable, to: request)
        response[.retryAfter] = SIPRetryAfter(seconds: max(1, overload.retryAfter.wholeSeconds))
        return response
    }

    /// A peer that answers 503 and says for how long is left alone so long.
    mutating func noteRest(_ response: SIPMessage, from peer: Endpoint, at now: MonotonicTime) {
        guard response.status == .serviceUnavailable, let delay = response[.retryAfter]?.seconds, delay > 0
        else { return }
        self.resting = self.resting.filter { $0.value > now }
        guard self.resting.count < Self.restingPeers || self.resting[peer] != nil else { return }
        self.resting[peer] = now + min(.seconds(delay), Self.longestRest)
    }

    /// The answer that a peer which rests is not troubled for; nil where the request may go to it.
    func refusalForRest(of peer: Endpoint, _ request: SIPMessage, at now: MonotonicTime) -> SIPMessage? {
        guard let end = self.resting[peer], end > now, request[.to]?.tag == nil, request.method != .cancel else {
            return nil
        }
        var response = SIPMessage(response: .serviceUnavailable, to: request)
        response[.retryAfter] = SIPRetryAfter(seconds: (end - now).wholeSeconds)
        return response
    }
}

extension Duration {
    /// Rounded up.
    fileprivate var wholeSeconds: Int {
        let (seconds, attoseconds) = self.components
        return Int(clamping: attoseconds > 0 ? seconds + 1 : seconds)
    }
}
