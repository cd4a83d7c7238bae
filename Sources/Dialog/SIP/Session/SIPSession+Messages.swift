extension SIPSession {
    /// Whether the two sides have a session that can carry requests.
    var isAlive: Bool {
        switch self.phase {
        case .accepted, .established: true
        case .fresh, .calling, .cancelling, .ringing, .ending, .ended: false
        }
    }

    /// Sends a request in the dialog.
    ///
    /// - Returns: its number.
    @discardableResult
    mutating func send(_ method: SIPMethod, _ body: SIPBody? = nil, for purpose: (UInt32) -> Purpose) -> UInt32 {
        guard var message = self.dialog?.makeRequest(method) else { return 0 }
        let sequence = self.dialog?.localSequence ?? 0
        self.complete(&message)
        if method == .invite { message.setAll(SIPUserAgent.allowedMethods, for: .allow) }
        if let body { message.body = body }
        self.outputs.append(.request(message, to: self.nextHop, purpose(sequence)))
        return sequence
    }

    /// Sends the ACK of a 2xx, and keeps it for when the 2xx comes again.
    ///
    /// - Source: RFC 3261 §13.2.2.4.
    mutating func acknowledge(_ sequence: UInt32, _ body: SIPBody? = nil) {
        guard var message = self.dialog?.makeRequest(.ack, sequence: sequence) else { return }
        self.complete(&message)
        if let body { message.body = body }
        self.lastAcknowledgement = Acknowledgement(sequence: sequence, message: message, destination: self.nextHop)
        self.outputs.append(.acknowledge(message, to: self.nextHop))
    }

    /// Answers a request of the peer.
    mutating func respond(
        _ status: SIPStatus, to transaction: SIPTransactionID, _ request: SIPMessage, _ body: SIPBody? = nil
    ) {
        self.openRequests[transaction] = nil
        let response = self.response(status, to: request, body)
        self.outputs.append(.respond(response, transaction))
    }

    func response(_ status: SIPStatus, to request: SIPMessage, _ body: SIPBody? = nil) -> SIPMessage {
        var response = SIPMessage(response: status, to: request, tag: status == .trying ? nil : self.localTag)
        let isInvite = request.method == .invite
        if isInvite || request.method == .update, status > .trying, status < 300 {
            response.copy(.recordRoute, from: request)
            response[.contact] = self.contact
            if status.isSuccess { response.setAll(SIPUserAgent.allowedMethods, for: .allow) }
        }
        response[.server] = SIPSoftware(rawValue: self.context.product)
        if let body { response.body = body }
        return response
    }

    /// Adds what every request of ours has: Via in front, Contact where the peer needs it, our name.
    mutating func complete(_ message: inout SIPMessage) {
        message.prepend(SIPVia(self.context.localEndpoint, branch: SIPVia.newBranch(&self.tokens)), to: .via)
        if message.method == .invite || message.method == .update { message[.contact] = self.contact }
        message[.userAgent] = SIPSoftware(rawValue: self.context.product)
    }

    /// Where requests of ours go. A phone behind a translator of addresses names one that means nothing outside: it is
    /// reached the way that its INVITE came, or that ours went.
    var nextHop: Endpoint {
        guard let dialog = self.dialog, let hop = dialog.nextHop else { return self.peer }
        return dialog.routes.isEmpty && hop.isPrivate && !self.peer.isPrivate ? self.peer : hop
    }
}

extension SIPVia {
    /// A branch that no other transaction has.
    static func newBranch(_ tokens: inout TokenGenerator) -> String { "z9hG4bK" + tokens.token() }
}
