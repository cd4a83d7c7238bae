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
            case .refer where self.context.capabilities.transfers:
                guard request.hasOneReferTo else { return self.response(.badRequest, to: request) }
            case .subscribe where self.context.capabilities.transfers: return self.refusalOfSubscription(request)
            case .bye, .info, .update, .prack, .notify: return self.response(.callDoesNotExist, to: request)
            default: return self.response(.methodNotAllowed, to: request)
            }
        }
        return self.refusalOfDemands(of: request, isInDialog: isInDialog)
    }

    /// The refusal of a request that asks for what no box of ours can do.
    private func refusalOfDemands(of request: SIPMessage, isInDialog: Bool) -> SIPMessage? {
        if let scheme = request.requestURI?.scheme, !["sip", "sips", "tel"].contains(scheme) {
            return self.response(.unsupportedURIScheme, to: request)
        }
        // RFC 3261 §10.2: what is registered is a SIP or SIPS URI.
        if request.method == .register, let scheme = request[.to]?.uri.scheme, !["sip", "sips"].contains(scheme) {
            return self.response(.badRequest, to: request)
        }
        // Which extensions of registration there are is the registrar's business.
        guard request.method != .register else { return nil }
        let known = self.context.capabilities.optionTags
        let unknown = request.all(.require).filter { !known.contains($0) }
        guard unknown.isEmpty else {
            var response = self.response(.badExtension, to: request)
            response.setAll(unknown, for: .unsupported)
            return response
        }
        guard request.method == .invite else { return nil }
        guard request.hasReadableOffer else {
            var response = self.response(.unsupportedMediaType, to: request)
            response[.accept] = "application/sdp"
            return response
        }
        guard request.acceptsDescriptions else { return self.response(.notAcceptable, to: request) }
        guard !isInDialog, let minimum = self.context.capabilities.sessionTimer?.minimum(against: request) else {
            return nil
        }
        var response = self.response(.intervalTooSmall, to: request)
        response[.minSE] = minimum
        return response
    }

    /// Only a REFER makes a subscription.
    ///
    /// - Source: RFC 3515 §2.4.4; RFC 6665 §4.2.1.
    private func refusalOfSubscription(_ request: SIPMessage) -> SIPMessage {
        guard request[.event]?.name != SIPToken.refer.name else { return self.response(.forbidden, to: request) }
        var response = self.response(.badEvent, to: request)
        response.setAll([.refer], for: .allowEvents)
        return response
    }

    /// 400 (501 where the method is unknown as well) for a request whose header suffices for its sender to find what
    /// is answered; nil otherwise. An ACK is never answered.
    ///
    /// - Source: RFC 4475 §3.1.2.18, §3.3.1.
    func refusalOfMalformed(_ request: SIPMessage) -> SIPMessage? {
        guard request.method != .ack, request.field("CSeq") != nil else { return nil }
        let isKnown = Self.knownMethods.contains(request.method)
        return self.response(isKnown ? .badRequest : .notImplemented, to: request)
    }

    /// A response of the user agent itself. Its tag depends on the request alone, so that a request which comes again
    /// is answered alike.
    func response(_ status: SIPStatus, to request: SIPMessage, tag: String? = nil) -> SIPMessage {
        var response = SIPMessage(response: status, to: request, tag: tag ?? request.statelessTag)
        if status == .methodNotAllowed || status == .notImplemented {
            response.setAll(self.context.capabilities.methods, for: .allow)
        }
        response[.server] = SIPSoftware(rawValue: self.context.product)
        return response
    }
}

extension SIPMessage {
    /// Whether every header that a request cannot do without is there once and well formed, and what leads back to
    /// its sender is too.
    ///
    /// - Source: RFC 3261 §8.1.1, §19.1.1; a missing Max-Forwards is forgiven.
    var isComplete: Bool {
        guard self[.from] != nil, self[.to] != nil, let callID = self[.callID], !callID.isEmpty,
            let cseq = self[.cseq], cseq.method == self.method, let uri = self.requestURI, uri.headers.isEmpty,
            !self.hasRepeatedFields
        else { return false }
        return self.isWellFormed(.via) && self.isWellFormed(.contact)
    }

    /// Whether the sender is older than RFC 3261: such a one has no tag, no branch, and need not give a Contact.
    ///
    /// - Source: RFC 4475 §3.4.1.
    var isOfOldKind: Bool { self[.from]?.tag == nil && self[.via]?.branch == nil }

    /// Whether a field that may stand once stands more often.
    ///
    /// - Source: RFC 3261 §7.3.1.
    private var hasRepeatedFields: Bool {
        var seen: UInt64 = 0
        for field in self.fieldIndex {
            switch field.kind {
            case .from, .to, .callID, .cseq, .maxForwards:
                let bit = UInt64(1) << UInt64(field.kind.rawValue)
                guard seen & bit == 0 else { return true }
                seen |= bit
            default: continue
            }
        }
        return false
    }

    /// Whether an offer, where there is one, is of a kind that can be read: of SDP, also among other parts.
    var hasReadableOffer: Bool {
        guard let body = self.body, !body.type.isEmpty else { return true }
        return body.isReadable(by: ["application/sdp"]) || self[.contentDisposition]?.isOptional == true
    }

    /// Whether the sender takes session descriptions: where it does not say what it takes, it does.
    ///
    /// - Source: RFC 3261 §20.1.
    var acceptsDescriptions: Bool {
        let accepted = self.all(.accept)
        return accepted.isEmpty
            || accepted.contains { $0.includes("application/sdp") || $0.isMultipart }
    }
}
