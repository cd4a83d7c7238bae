import SIP

extension SIPMessage {
    /// A request whose Call-ID is `id`, from a transport over a wire.
    static func options(
        _ id: String, over wire: SIPWire = .tcp, from sender: Endpoint = .loopback(5060),
        to uri: String = "sip:7001@127.0.0.1"
    ) -> SIPMessage {
        var request = SIPMessage(request: .options, uri: SIPURI(uri) ?? SIPURI(host: "invalid"))
        request[.via] = SIPVia(sender, transport: wire.rawValue, branch: "z9hG4bK\(id)")
        request[.from] = SIPAddress(SIPURI(user: "a", endpoint: sender))
        request[.to] = SIPAddress(SIPURI(user: "7001", endpoint: sender))
        request[.callID] = id
        request[.cseq] = SIPCSeq(1, .options)
        request[.maxForwards] = 70
        return request
    }
}
