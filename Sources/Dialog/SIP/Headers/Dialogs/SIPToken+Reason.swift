// What Reason says: the protocol is the word, `cause` and `text` are parameters.

extension SIPToken {
    /// Why a request is sent.
    ///
    /// - Parameters:
    ///   - protocolName: whose code the cause is: `SIP`, `Q.850` or `preemption`.
    ///   - text: for people.
    /// - Source: RFC 3326 §2.
    public static func reason(_ protocolName: String, cause: Int, text: String? = nil) -> SIPToken {
        var reason = SIPToken(protocolName)
        reason.parameters.setNumber("cause", to: cause)
        reason.parameters.setQuoted("text", to: text)
        return reason
    }

    /// Why a branch of a forked INVITE is cancelled, or a transferred leg ended: as a response would say it.
    public static func reason(_ status: SIPStatus, text: String? = nil) -> SIPToken {
        Self.reason("SIP", cause: status.code, text: text ?? status.reasonPhrase)
    }

    /// The code of the protocol that the word names. - Source: RFC 3326 §2.
    public var cause: Int? { self.parameters.number("cause") }

    /// The cause for people. - Source: RFC 3326 §2.
    public var text: String? { self.parameters["text"] }
}
