// The transactions that we start. RFC 3261 §17.1.

extension SIPUserAgent {
    /// A transaction that we have started.
    struct Client: Sendable {
        enum Machine: Sendable {
            case invite(InviteClientTransaction)
            case other(NonInviteClientTransaction)
        }

        /// Who wants to hear of the answer.
        enum Owner: Hashable, Sendable {
            case session(SIPSessionID, SIPSession.Purpose)
            case box(SIPRequestID)
        }

        var machine: Machine
        let name: ClientName
        let destination: Endpoint
        let owner: Owner
    }

    /// By what a response finds its transaction.
    ///
    /// - Source: RFC 3261 §17.1.3.
    struct ClientName: Hashable, Sendable {
        var branch: String
        var method: SIPMethod
    }

    mutating func start(
        _ request: SIPMessage, to destination: Endpoint, for owner: Client.Owner, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        self.lastNumber += 1
        let id = SIPTransactionID(number: self.lastNumber)
        let name = ClientName(branch: request[.via]?.branch ?? "", method: request.method)
        let timers = self.context.timers
        let machine: Client.Machine =
            request.method == .invite
            ? .invite(InviteClientTransaction(request: request, timers: timers))
            : .other(NonInviteClientTransaction(request: request, timers: timers))
        self.clients[id] = Client(machine: machine, name: name, destination: destination, owner: owner)
        self.clientNames[name] = id
        self.drive(client: id, .start, at: now, &effects)
    }

    /// A response that belongs to no transaction is dropped.
    mutating func receive(response: SIPMessage, at now: MonotonicTime, _ effects: inout [Effect]) {
        guard let via = response[.via], let branch = via.branch, let cseq = response[.cseq],
            let id = self.clientNames[ClientName(branch: branch, method: cseq.method)]
        else { return }
        self.drive(client: id, .received(response), at: now, &effects)
    }

    mutating func drive(
        client id: SIPTransactionID, _ event: SIPClientTransactionEvent, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        guard let orders = self.clients[id]?.handle(event, at: now), let client = self.clients[id] else { return }
        for order in orders {
            switch order {
            case .send(let message): effects.append(.send(message, to: client.destination))
            case .setTimer(let letter, let delay):
                effects.append(.setTimer(SIPTimer(.client(id, letter)), after: delay))
            case .deliver(let response): self.deliver(response, to: client.owner, at: now, &effects)
            case .timeOut: self.deliverTimeOut(to: client.owner, at: now, &effects)
            case .terminate:
                self.clients[id] = nil
                self.clientNames[client.name] = nil
            }
        }
    }

    private mutating func deliver(
        _ response: SIPMessage, to owner: Client.Owner, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        switch owner {
        case .session(let session, let purpose):
            self.drive(session: session, .response(response, purpose), at: now, &effects)
        case .box(let id):
            if response.status?.isFinal == true { effects.append(.response(response, id)) }
        }
    }

    private mutating func deliverTimeOut(to owner: Client.Owner, at now: MonotonicTime, _ effects: inout [Effect]) {
        switch owner {
        case .session(let session, let purpose):
            self.drive(session: session, .unanswered(purpose), at: now, &effects)
        case .box(let id): effects.append(.noResponse(id))
        }
    }
}

extension SIPUserAgent.Client {
    mutating func handle(_ event: SIPClientTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
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
