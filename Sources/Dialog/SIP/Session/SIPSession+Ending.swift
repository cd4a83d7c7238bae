// The end of a session. RFC 3261 §15.

extension SIPSession {
    mutating func end() {
        switch self.phase {
        case .fresh: self.finish(.local, nil)
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

    /// The one way out. What the peer still waits for is answered.
    ///
    /// - Source: RFC 3261 §15.1.2.
    mutating func finish(report: Report) {
        guard self.phase != .ended else { return }
        for (transaction, request) in self.openRequests.sorted(by: { $0.key.number < $1.key.number }) {
            self.respond(.requestTerminated, to: transaction, request)
        }
        self.phase = .ended
        self.exchange = .none
        self.glare = nil
        self.queue = []
        self.outputs.append(.report(report))
        self.outputs.append(.setTimer(.forgotten, after: self.context.timers.timeout))
    }
}
