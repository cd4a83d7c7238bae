import SIP

/// The branch that a stateless proxy gives to a request: the same for a retransmission, for the CANCEL of an INVITE
/// and for the ACK of its refusal, and another for everything else.
///
/// - Source: RFC 3261 §16.11.
struct ProxyBranch {
    private var first: UInt64 = 0xCBF2_9CE4_8422_2325
    private var second: UInt64 = 0x8422_2325_CBF2_9CE4

    /// Makes the branch of a request whose topmost Via is still that of the hop before us.
    static func branch(of request: SIPMessage) -> String { "z9hG4bK" + Self.token(of: request) }

    /// A text that depends on the transaction alone; also the tag of our own answers.
    ///
    /// - Source: RFC 3261 §8.2.7.
    static func token(of request: SIPMessage) -> String {
        var hash = ProxyBranch()
        let via = request[.via]
        hash.add(via?.branch ?? "")
        hash.add(via.map { "\($0.host):\($0.port ?? 0)" } ?? "")
        if via?.hasMagicCookie != true {
            hash.add(request[.to]?.tag ?? "")
            hash.add(request[.from]?.tag ?? "")
            hash.add(request[.callID] ?? "")
            hash.add(request[.cseq].map { String($0.number) } ?? "")
            hash.add(request.requestURI?.description ?? "")
        }
        return ConnID(rawValue: hash.first).description + ConnID(rawValue: hash.second).description
    }

    /// FNV-1a, twice from different beginnings.
    private mutating func add(_ text: String) {
        for byte in text.utf8 + [0] {
            self.first = (self.first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            self.second = (self.second ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }
}
