// The end of a session. RFC 3261 §15.

extension SIPSession {
    mutating func end() {
        switch self.phase {
        case .fresh, .referring: self.finish(.local, nil)
        case .calling(isHeard: true): self.sendCancel()
        case .calling(isHeard: false): self.phase = .cancelling(isSent: false)
        case .ringing: self.reject(.temporarilyUnavailable)
        // The callee must not send BYE before the ACK has come.
        case .accepted: self.phase = .accepted(thenEnds: true)
        case .established: self.sendBye()
        case .cancelling, .ending, .ended: break
        }
    }

    mutating func sendBye() {
        if case .owing(let sequence) = self.exchange { self.acknowledge(sequence) }
        self.phase = .ending
        self.send(.bye) { _ in .bye }
    }

    /// Ends a session whose peer no longer answers: BYE goes out for what it is worth.
    mutating func abandon(_ reason: SIPEndReason, _ message: SIPMessage?) {
        if case .owing(let sequence) = self.exchange { self.acknowledge(sequence) }
        self.send(.bye) { _ in .farewell }
        self.finish(reason, message)
    }

    mutating func finish(_ reason: SIPEndReason, _ message: SIPMessage?) {
        self.finish(report: .ended(reason, message))
    }

    /// The one way out. What the peer still waits for is answered; news of a REFER that we took is still sent.
    ///
    /// - Source: RFC 3261 §15.1.2; RFC 3515 §2.4.4: the subscription outlives the call.
    mutating func finish(report: Report) {
        guard self.phase != .ended else { return }
        for (transaction, request) in self.openRequests.sorted(by: { $0.key.number < $1.key.number }) {
            self.respond(.requestTerminated, to: transaction, request)
        }
        self.phase = .ended
        self.exchange = .none
        self.glare = nil
        self.queue.removeAll { if case .notify = $0 { false } else { true } }
        self.answering.queue = []
        self.answering.acceptance = nil
        self.otherBranches = []
        self.outputs.append(.report(report))
        self.outputs.append(.setTimer(.forgotten, after: self.context.timers.timeout))
        self.sendQueued()
    }

    mutating func receiveBye(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        switch self.phase {
        case .ringing, .accepted, .established, .ending:
            self.respond(.ok, to: transaction, request)
            self.finish(self.phase == .ending ? .local : .bye, request)
        case .calling:
            // The callee may only refuse the call, but one branch less is no harm.
            self.respond(.ok, to: transaction, request)
            self.branch = self.otherBranches.popLast() ?? Branch()
        case .fresh, .cancelling, .referring, .ended:
            self.respond(.callDoesNotExist, to: transaction, request)
        }
    }

    /// Nothing of the call can still be in the network; what becomes of a REFER may be.
    mutating func forget() {
        self.isForgettable = true
        self.settle()
    }

    /// Ends what was only there for a REFER, once that has come to its end.
    mutating func settle() {
        guard self.referrals.isEmpty, self.taken.isEmpty,
            !self.openRequests.values.contains(where: { $0.method == .refer })
        else { return }
        if self.phase == .referring { self.finish(.local, nil) }
        if self.phase == .ended, self.isForgettable { self.outputs.append(.forget) }
    }
}
