import SIP

extension EchoAgent {
    func take(_ report: SIPSession.Report, of session: SIPSessionID) {
        if self.ownCalls[session] != nil {
            self.followOwn(report, session)
        } else {
            self.follow(report, session)
        }
        switch report {
        case .offered(let offer): self.order(session, .answer(self.answer(to: offer)))
        case .referred(let transaction, let request): self.follow(referral: request, transaction, session)
        case .info(let transaction, _): self.order(session, .answerInfo(transaction, .ok, nil))
        default: break
        }
    }

    /// A call that somebody makes to us.
    private func follow(_ report: SIPSession.Report, _ session: SIPSessionID) {
        switch report {
        case .invited(let invite):
            let service = invite.requestURI?.user ?? ""
            self.services[session] = service
            guard service != "busy" else { return self.order(session, .reject(.busyHere)) }
            if service == "early" {
                self.order(session, .progress(.sessionProgress, self.description))
            } else {
                self.order(session, .progress(.ringing, nil))
            }
            if service != "ringing" { self.order(session, .accept(self.description)) }
        case .confirmed:
            switch self.services[session] {
            case "hangup": self.order(session, .end)
            case "reinvite": self.order(session, .offer(self.description))
            default: break
            }
        case .answered: self.order(session, .end)
        case .ended, .rejected: self.services[session] = nil
        default: break
        }
    }

    /// A call that we make.
    private func followOwn(_ report: SIPSession.Report, _ session: SIPSessionID) {
        guard let call = self.ownCalls[session] else { return }
        switch report {
        case .progress where call.plan.takesBack: self.order(session, .end)
        case .established:
            self.ownCalls[session]?.isAnswered = true
            self.order(session, call.plan.offersAgain ? .offer(self.description) : .end)
        case .answered: self.order(session, .end)
        case .offerRefused(let status): self.finish(session, "the new offer was refused by \(status)")
        case .rejected(let status, let response):
            self.finish(session, "refused by \(status) \(response?.field("Warning") ?? "")")
        case .ended(.local, _):
            self.finish(session, call.isAnswered || call.plan.takesBack ? nil : "the call ended early")
        case .ended(let reason, _): self.finish(session, "ended: \(reason)")
        default: break
        }
    }

    private func finish(_ session: SIPSessionID, _ failure: String?) {
        switch self.ownCalls.removeValue(forKey: session)?.listener {
        case .caller(let caller): caller.resume(returning: failure)
        case .referrer(let session, let transaction):
            self.order(session, .notify(transaction, failure == nil ? .ok : .serviceUnavailable))
        case nil: break
        }
    }

    /// Somebody wants us to call somebody.
    private func follow(referral: SIPMessage, _ transaction: SIPTransactionID, _ session: SIPSessionID) {
        guard let uri = referral[.referTo]?.uri, let destination = uri.endpoint else {
            return self.order(session, .refuseReferral(transaction, .notAcceptableHere))
        }
        self.order(session, .acceptReferral(transaction))
        let plan = Plan(offersAgain: false, takesBack: false)
        self.start(uri, at: destination, plan, .referrer(session, transaction))
    }

    /// A peer that holds the call is told so.
    private func answer(to offer: SIPMessage) -> SIPBody {
        guard offer.body?.text.contains("a=sendonly") == true else { return self.description }
        return SIPBody(type: "application/sdp", text: self.description.text + "a=recvonly\r\n")
    }

    private func order(_ session: SIPSessionID, _ order: SIPSession.Order) { self.handle(.order(session, order)) }
}
