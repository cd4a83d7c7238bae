// What the peer sends within the dialog. RFC 3261 §12.2.2, RFC 6086.

extension SIPSession {
    mutating func receive(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard self.phase != .ended, self.dialog != nil else {
            self.receiveStray(request, transaction)
            return
        }
        guard self.dialog?.accepts(sequence: request[.cseq]?.number ?? 0) == true else {
            self.respond(.serverInternalError, to: transaction, request)
            return
        }
        guard request.method != .bye else {
            self.receiveBye(request, transaction)
            return
        }
        guard self.phase != .ending else {
            self.respond(.callDoesNotExist, to: transaction, request)
            return
        }
        switch request.method {
        case .invite:
            if self.isAlive { self.receiveOffer(request, transaction) } else { self.refuseForNow(request, transaction) }
        case .update: self.receiveUpdate(request, transaction)
        case .info:
            self.openRequests[transaction] = request
            self.outputs.append(.report(.info(transaction, request)))
        default:
            let isKnown = SIPUserAgent.knownMethods.contains(request.method)
            let refusal: SIPStatus = isKnown ? .methodNotAllowed : .notImplemented
            var response = self.response(request.method == .options ? .ok : refusal, to: request)
            response.setAll(SIPUserAgent.allowedMethods, for: .allow)
            self.outputs.append(.respond(response, transaction))
        }
    }

    /// A request of a dialog that is over, or that we have not heard of yet.
    private mutating func receiveStray(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        if case .calling = self.phase, request.method != .bye {
            // It has overtaken the 2xx that makes its dialog.
            self.refuseForNow(request, transaction)
        } else {
            self.respond(.callDoesNotExist, to: transaction, request)
        }
    }

    private mutating func receiveUpdate(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        if request.body == nil {
            self.dialog?.refreshTarget(from: request)
            self.respond(.ok, to: transaction, request)
        } else if self.isAlive {
            self.receiveOffer(request, transaction)
        } else {
            self.respond(.requestPending, to: transaction, request)
        }
    }

    private mutating func receiveBye(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        self.respond(.ok, to: transaction, request)
        self.finish(self.phase == .ending ? .local : .bye, request)
    }

    mutating func answerInfo(_ transaction: SIPTransactionID, _ status: SIPStatus, _ body: SIPBody?) {
        guard let request = self.openRequests[transaction], request.method == .info, status.isFinal else { return }
        self.respond(status, to: transaction, request, body)
    }

    mutating func receiveInfoResponse(_ response: SIPMessage, _ status: SIPStatus, _ token: Int) {
        guard self.isAlive else { return }
        self.outputs.append(.report(.infoAnswered(token: token, status, response.body)))
        switch status {
        case .callDoesNotExist: self.finish(.unknownToPeer, response)
        case .requestTimeout: self.abandon(.timedOut, response)
        default: break
        }
    }
}
