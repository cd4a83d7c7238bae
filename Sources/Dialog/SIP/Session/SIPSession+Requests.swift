// What the peer sends within the dialog. RFC 3261 §12.2.2.

extension SIPSession {
    mutating func receive(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        self.openDialog(by: request)
        if case .calling = self.phase, !self.turn(to: request[.from]?.tag ?? "") {
            return self.receiveStray(request, transaction)
        }
        guard self.dialog != nil else { return self.receiveStray(request, transaction) }
        guard self.dialog?.accepts(sequence: request[.cseq]?.number ?? 0) == true else {
            self.respond(.serverInternalError, to: transaction, request)
            return
        }
        switch request.method {
        case .bye: self.receiveBye(request, transaction)
        case .prack where self.context.capabilities.reliableProvisionals: self.receiveConfirmation(request, transaction)
        case .notify where self.context.capabilities.transfers: self.receiveNews(request, transaction)
        case .subscribe where self.context.capabilities.transfers: self.receiveSubscription(request, transaction)
        case _ where self.phase == .ending || self.phase == .ended:
            self.respond(.callDoesNotExist, to: transaction, request)
        case .refer where self.context.capabilities.transfers: self.receiveReferral(request, transaction)
        case .invite, .update, .info: self.receiveInCall(request, transaction)
        default: self.answerByItself(request, transaction)
        }
    }

    private mutating func receiveInCall(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard self.phase != .referring else { return self.respond(.callDoesNotExist, to: transaction, request) }
        switch request.method {
        case .update: self.receiveUpdate(request, transaction)
        case .info: self.receiveInfo(request, transaction)
        case _ where !self.isAlive: self.refuseForNow(request, transaction)
        default:
            if !self.refusesInterval(of: request, transaction) { self.receiveOffer(request, transaction) }
        }
    }

    /// What no box needs to see.
    private mutating func answerByItself(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        let isKnown = SIPUserAgent.knownMethods.contains(request.method)
        let refusal: SIPStatus = isKnown ? .methodNotAllowed : .notImplemented
        var response = self.response(request.method == .options ? .ok : refusal, to: request)
        self.addCapabilities(&response)
        self.outputs.append(.respond(response, transaction))
    }

    /// A request of a dialog that is over, or that we have not heard of yet.
    private mutating func receiveStray(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        if case .calling = self.phase, request.method != .bye {
            // It has overtaken the response that makes its dialog.
            self.refuseForNow(request, transaction)
        } else {
            self.respond(.callDoesNotExist, to: transaction, request)
        }
    }
}
