// The transactions that peers start. RFC 3261 §17.2.

extension SIPUserAgent {
    /// A transaction that a peer has started.
    struct Server: Sendable {
        enum Machine: Sendable {
            case invite(InviteServerTransaction)
            case other(NonInviteServerTransaction)
        }

        var machine: Machine
        let name: ServerName
        /// The way that its answers take.
        let hop: Hop
        /// Whether its request was to a `sips` URI.
        let isSecret: Bool
        /// The session that its request belongs to.
        var session: SIPSessionID?
    }

    /// By what a request finds its transaction. An ACK has the name of its INVITE.
    ///
    /// - Source: RFC 3261 §17.2.3.
    struct ServerName: Hashable, Sendable {
        var branch: String
        var sentBy: String
        var method: SIPMethod

        init(_ request: SIPMessage, _ via: SIPVia, method: SIPMethod) {
            self.method = method == .ack ? .invite : method
            self.sentBy = "\(via.host.lowercased()):\(via.port ?? 5060)"
            if let branch = via.branch, via.hasMagicCookie {
                self.branch = branch
            } else {
                // Before RFC 3261 a transaction had no name of its own.
                self.branch = [
                    request[.callID] ?? "", request[.from]?.tag ?? "", String(request[.cseq]?.number ?? 0),
                    via.branch ?? "",
                ].joined(separator: "|")
            }
        }
    }

    mutating func receive(
        request received: SIPMessage, from source: Endpoint, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        var request = received
        guard var via = request[.via] else { return }
        via.noteSource(source)
        request[.via] = via
        // A connection takes the answer back to where it comes from.
        let destination = via.wire.isReliable ? source : via.responseEndpoint ?? source
        guard request.isComplete else {
            if let refusal = self.refusalOfMalformed(request) { effects.append(.send(refusal, to: destination)) }
            return
        }
        let name = ServerName(request, via, method: request.method)
        if let id = self.serverNames[name] {
            self.drive(server: id, .received(request), at: now, &effects)
        } else if request.method == .ack {
            guard let session = self.session(of: request) else { return }
            self.drive(session: session, .acknowledged(request), at: now, &effects)
        } else if let refusal = self.refusalForOverload(of: request) {
            effects.append(.send(refusal, to: destination))
        } else {
            let id = self.open(request, name, Hop(wire: via.wire, endpoint: destination))
            if case .other(let machine)? = self.servers[id]?.machine {
                self.perform(machine.start(), ofServer: id, at: now, &effects)
            }
            self.dispatch(request, id, via, from: source, at: now, &effects)
        }
    }

    private mutating func open(_ request: SIPMessage, _ name: ServerName, _ hop: Hop) -> SIPTransactionID {
        self.lastNumber += 1
        let id = SIPTransactionID(number: self.lastNumber)
        let timers = self.context.timers
        let isReliable = hop.wire.isReliable
        let machine: Server.Machine =
            request.method == .invite
            ? .invite(InviteServerTransaction(timers: timers, isReliable: isReliable))
            : .other(NonInviteServerTransaction(timers: timers, isReliable: isReliable))
        self.servers[id] = Server(
            machine: machine, name: name, hop: hop, isSecret: request.requestURI?.scheme == "sips")
        self.serverNames[name] = id
        return id
    }

    /// Gives a new request to whom it concerns.
    private mutating func dispatch(
        _ request: SIPMessage, _ id: SIPTransactionID, _ via: SIPVia, from source: Endpoint, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        if request.method == .cancel {
            self.cancel(request, id, via, at: now, &effects)
        } else if let refusal = self.refusal(of: request) ?? self.refusalForIdentity(of: request, from: source, at: now)
        {
            self.drive(server: id, .respond(refusal), at: now, &effects)
        } else if let session = self.session(of: request) {
            self.servers[id]?.session = session
            self.drive(session: session, .request(request, id), at: now, &effects)
        } else if request.method == .invite || request.method == .refer {
            self.openSession(by: request, id, from: source, at: now, &effects)
        } else {
            effects.append(.request(request, from: source, id))
        }
    }

    /// A CANCEL is answered by itself, and ends the INVITE that it names where that is still open.
    ///
    /// - Source: RFC 3261 §9.2.
    private mutating func cancel(
        _ request: SIPMessage, _ id: SIPTransactionID, _ via: SIPVia, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        guard let invite = self.serverNames[ServerName(request, via, method: .invite)],
            let server = self.servers[invite]
        else {
            let refusal = self.response(.callDoesNotExist, to: request)
            self.drive(server: id, .respond(refusal), at: now, &effects)
            return
        }
        let tag = server.session.flatMap { self.sessions[$0]?.localTag }
        self.drive(server: id, .respond(self.response(.ok, to: request, tag: tag)), at: now, &effects)
        guard let session = server.session, case .invite(let machine) = server.machine, machine.state == .proceeding
        else { return }
        self.drive(session: session, .cancelled(request, invite), at: now, &effects)
    }

    mutating func drive(
        server id: SIPTransactionID, _ event: SIPServerTransactionEvent, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        guard let orders = self.servers[id]?.handle(event, at: now) else { return }
        self.perform(orders, ofServer: id, at: now, &effects)
    }

    private mutating func perform(
        _ orders: [SIPTransactionEffect], ofServer id: SIPTransactionID, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        guard let server = self.servers[id] else { return }
        for order in orders {
            switch order {
            case .send(let message): effects.append(.send(message, to: server.hop.endpoint))
            case .setTimer(let letter, let delay):
                effects.append(.setTimer(SIPTimer(.server(id, letter)), after: delay))
            case .deliver(let message):
                guard let session = server.session else { continue }
                self.drive(session: session, .acknowledged(message), at: now, &effects)
            case .timeOut: continue
            case .terminate:
                self.servers[id] = nil
                self.serverNames[server.name] = nil
            }
        }
    }
}

extension SIPUserAgent.Server {
    mutating func handle(_ event: SIPServerTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch self.machine {
        case .invite(var machine):
            defer { self.machine = .invite(machine) }
            return machine.handle(event, at: now)
        case .other(var machine):
            defer { self.machine = .other(machine) }
            return machine.handle(event, at: now)
        }
    }
}
