// The sessions, and how they are found.

extension SIPUserAgent {
    /// By what a request finds its session: the peer's half of the name is compared then.
    struct SessionName: Hashable, Sendable {
        var callID: String
        var localTag: String
    }

    mutating func adopt(_ session: SIPSession) -> SIPSessionID {
        self.lastNumber += 1
        let id = SIPSessionID(number: self.lastNumber)
        self.sessions[id] = session
        self.sessionNames[SessionName(callID: session.callID, localTag: session.localTag)] = id
        return id
    }

    /// The session that a request belongs to.
    ///
    /// - Source: RFC 3261 §12.2.2.
    func session(of request: SIPMessage) -> SIPSessionID? {
        guard let tag = request[.to]?.tag, let callID = request[.callID],
            let id = self.sessionNames[SessionName(callID: callID, localTag: tag)], let session = self.sessions[id]
        else { return nil }
        return session.isPeer(request[.from]?.tag ?? "") ? id : nil
    }

    /// Begins the session that an INVITE asks for, or a REFER outside any call.
    mutating func openSession(
        by request: SIPMessage, _ transaction: SIPTransactionID, from source: Endpoint, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        let seed = self.tokens.next()
        var replaced: SIPSessionID?
        if self.context.capabilities.transfers, request.field(SIPHeaderName.replaces.name) != nil {
            switch self.replacement(by: request) {
            case .success(let session): replaced = session
            case .failure(let refusal):
                let response = self.response(refusal.status, to: request)
                return self.drive(server: transaction, .respond(response), at: now, &effects)
            }
        }
        guard
            var session = SIPSession(
                context: self.context, seed: seed, request: request, from: source, transaction, replacing: replaced)
        else {
            let refusal = self.response(.badRequest, to: request)
            self.drive(server: transaction, .respond(refusal), at: now, &effects)
            return
        }
        let outputs = session.begin()
        let id = self.adopt(session)
        self.servers[transaction]?.session = id
        self.note(request, from: source, for: id)
        self.perform(outputs, of: id, at: now, &effects)
    }

    mutating func drive(
        session id: SIPSessionID, _ input: SIPSession.Input, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        guard let outputs = self.sessions[id]?.handle(input) else { return }
        self.perform(outputs, of: id, at: now, &effects)
    }

    private mutating func perform(
        _ outputs: [SIPSession.Output], of id: SIPSessionID, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        for output in outputs {
            switch output {
            case .request(let message, let destination, let purpose):
                self.start(message, to: destination, for: .session(id, purpose), at: now, &effects)
            case .acknowledge(let message, let destination):
                if let effect = self.acknowledgement(message, to: destination, in: id, at: now) {
                    effects.append(effect)
                }
            case .respond(var message, let transaction):
                if let server = self.servers[transaction] {
                    self.name(server.hop.wire, in: &message, isSecret: server.isSecret)
                }
                self.drive(server: transaction, .respond(message), at: now, &effects)
            case .setTimer(let timer, let delay):
                effects.append(.setTimer(SIPTimer(.session(id, timer)), after: delay))
            case .report(let report):
                effects.append(.session(id, report))
            case .end(let other):
                self.drive(session: other, .order(.end), at: now, &effects)
            case .forget:
                self.flows[id] = nil
                guard let session = self.sessions.removeValue(forKey: id) else { continue }
                self.forgetInvite(of: session)
                self.sessionNames[SessionName(callID: session.callID, localTag: session.localTag)] = nil
            }
        }
    }

    /// Drops an INVITE that was never finally answered.
    ///
    /// - Source: RFC 3261 §9.1.
    private mutating func forgetInvite(of session: SIPSession) {
        guard let branch = session.lastInviteBranch,
            let client = self.clientNames[ClientName(branch: branch, method: .invite)]
        else { return }
        self.forget(client: client)
    }
}
