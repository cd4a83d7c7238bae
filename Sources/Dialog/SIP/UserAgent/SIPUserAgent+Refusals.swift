// What is refused without asking anybody. RFC 3261 §8.2.

extension SIPUserAgent {
    /// The refusal of a request that no box needs to see; nil where it is fine.
    func refusal(of request: SIPMessage) -> SIPMessage? {
        guard Self.knownMethods.contains(request.method) else { return self.response(.notImplemented, to: request) }
        let isInDialog = request[.to]?.tag != nil
        if isInDialog {
            guard self.session(of: request) != nil else { return self.response(.callDoesNotExist, to: request) }
        } else {
            switch request.method {
            case .invite, .register, .options: break
            case .bye, .info, .update, .prack, .notify: return self.response(.callDoesNotExist, to: request)
            default: return self.response(.methodNotAllowed, to: request)
            }
        }
        guard isInDialog || request.method == .invite else { return nil }
        if let scheme = request.requestURI?.scheme, !["sip", "sips", "tel"].contains(scheme) {
            return self.response(.unsupportedURIScheme, to: request)
        }
        let unknown = request.all(.require)
        guard unknown.isEmpty else {
            var response = self.response(.badExtension, to: request)
            response[.unsupported] = unknown.joined(separator: ", ")
            return response
        }
        return nil
    }

    /// 400 for a request whose header suffices to answer it; nil otherwise. An ACK is never answered.
    func refusalOfMalformed(_ request: SIPMessage) -> SIPMessage? {
        let needed = ["From", "To", "Call-ID", "CSeq"]
        guard request.method != .ack, needed.allSatisfy({ request.field($0) != nil }) else { return nil }
        return self.response(.badRequest, to: request)
    }

    /// A response of the user agent itself. Its tag depends on the request alone, so that a request which comes again
    /// is answered alike.
    func response(_ status: SIPStatus, to request: SIPMessage, tag: String? = nil) -> SIPMessage {
        var seed: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (request.field("Call-ID") ?? "").utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = TokenGenerator(seed: seed)
        var response = SIPMessage(response: status, to: request, tag: tag ?? generator.token())
        if status == .methodNotAllowed || status == .notImplemented {
            response.setAll(Self.allowedMethods, for: .allow)
        }
        response[.server] = self.context.product
        return response
    }
}

extension SIPMessage {
    /// Whether every header that a request cannot do without is there and well formed.
    ///
    /// - Source: RFC 3261 §8.1.1; a missing Max-Forwards is forgiven.
    var isComplete: Bool {
        guard self[.from] != nil, self[.to] != nil, let callID = self[.callID], !callID.isEmpty,
            let cseq = self[.cseq], cseq.method == self.method, self.requestURI != nil
        else { return false }
        return true
    }
}
