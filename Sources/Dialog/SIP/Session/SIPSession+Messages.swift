extension SIPSession {
    /// Whether the two sides have a session that can carry requests.
    var isAlive: Bool {
        switch self.phase {
        case .accepted, .established: true
        case .fresh, .calling, .cancelling, .ringing, .referring, .ending, .ended: false
        }
    }

    /// Sends a request in the dialog.
    ///
    /// - Returns: its number.
    @discardableResult
    mutating func send(
        _ method: SIPMethod, _ body: SIPBody? = nil, adding add: (inout SIPMessage) -> Void = { _ in },
        for purpose: (UInt32) -> Purpose
    ) -> UInt32 {
        guard var message = self.dialog?.makeRequest(method) else { return 0 }
        let sequence = self.dialog?.localSequence ?? 0
        self.complete(&message)
        add(&message)
        if let body { message.body = body }
        if method == .invite { self.lastInviteBranch = message[.via]?.branch }
        self.outputs.append(.request(message, to: self.nextHop, purpose(sequence)))
        return sequence
    }

    /// Sends a request in the dialog that later ones must not overtake.
    mutating func sendFirst(
        _ method: SIPMethod, _ body: SIPBody? = nil, adding add: (inout SIPMessage) -> Void = { _ in },
        for purpose: (UInt32) -> Purpose
    ) -> UInt32 {
        let sequence = self.send(method, body, adding: add, for: purpose)
        self.unheard.insert(purpose(sequence))
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
        _ status: SIPStatus, to transaction: SIPTransactionID, _ request: SIPMessage, _ body: SIPBody? = nil,
        adding add: (inout SIPMessage) -> Void = { _ in }
    ) {
        self.openRequests[transaction] = nil
        var response = self.response(status, to: request, body)
        add(&response)
        self.outputs.append(.respond(response, transaction))
    }

    func response(_ status: SIPStatus, to request: SIPMessage, _ body: SIPBody? = nil) -> SIPMessage {
        var response = SIPMessage(response: status, to: request, tag: status == .trying ? nil : self.localTag)
        let begins = [.invite, .update, .refer, .subscribe, .notify].contains(request.method)
        if begins, status > .trying, status < 300 {
            response.copy(.recordRoute, from: request)
            response[.contact] = self.contact
            if status.isSuccess { self.addCapabilities(&response) }
        }
        response[.server] = SIPSoftware(rawValue: self.context.product)
        if let body { response.body = body }
        return response
    }

    /// Adds what every request of ours has: Via in front, Contact where the peer needs it, what we can, our name.
    mutating func complete(_ message: inout SIPMessage) {
        message.prepend(SIPVia(self.context.localEndpoint, branch: SIPVia.newBranch(&self.tokens)), to: .via)
        switch message.method {
        case .invite, .update:
            message[.contact] = self.contact
            self.addCapabilities(&message)
        case .refer, .notify:
            message[.contact] = self.contact
            message.setAll(self.supported(by: message.method), for: .supported)
        case .ack, .cancel: break
        default: message.setAll(self.supported(by: message.method), for: .supported)
        }
        message[.userAgent] = SIPSoftware(rawValue: self.context.product)
    }

    /// Says what we take and what we can.
    func addCapabilities(_ message: inout SIPMessage) {
        message.setAll(self.context.capabilities.methods, for: .allow)
        message.setAll(self.supported(by: message.method), for: .supported)
    }

    /// The option tags that a message of a method names: that of reliable provisional responses means something only
    /// while a call is not yet taken.
    private func supported(by method: SIPMethod) -> [SIPOptionTag] {
        let tags = self.context.capabilities.optionTags
        return method == .invite && !self.isAlive ? tags : tags.filter { $0 != .reliableProvisional }
    }

    /// Notes what a message of the peer says that the peer takes.
    ///
    /// - Source: RFC 3261 §20.5; RFC 6086 §5.2.
    mutating func notePeer(_ message: SIPMessage) {
        let methods = message.all(.allow)
        if !methods.isEmpty { self.branch.peerMethods = methods }
        if message.field(SIPHeaderName.receiveInfo.name) != nil {
            self.branch.peerPackages = message.all(.receiveInfo).map(\.name)
        }
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

extension SIPMessage {
    /// Whether the message has a session description, by itself or among other parts.
    var hasDescription: Bool { self.body?.part(of: "application/sdp") != nil }

    /// Whether the sender demands an extension.
    func requires(_ option: SIPOptionTag) -> Bool { self.all(.require).contains(option) }

    /// Whether the sender knows an extension.
    func supports(_ option: SIPOptionTag) -> Bool {
        self.requires(option) || self.all(.supported).contains(option)
    }
}
