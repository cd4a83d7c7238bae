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
        /// What was asked for, as it was before it was addressed.
        let request: SIPMessage
        let hop: Hop
        /// The ways that are left, this one in front.
        let hops: [Hop]
        let owner: Owner
        /// How many challenges the request has answered already.
        let answers: Int
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
        if let refusal = self.refusalForRest(of: destination, request, at: now) {
            return self.deliver(refusal, to: owner, at: now, &effects)
        }
        let session: SIPSessionID? = if case .session(let session, _) = owner { session } else { nil }
        let hops = self.hops(for: request, to: destination, in: session, at: now)
        if let session, let hop = hops.last, self.flows[session] == nil, !self.streams.isEmpty {
            // A box that sends a call elsewhere than its URI says knows by which way the peer can be reached.
            self.flows[session] = Flow(hop: hop, isDirect: request.nextURI?.endpoint != hop.endpoint)
        }
        self.begin(request, over: hops, for: owner, at: now, &effects)
    }

    /// Sends a request the first of some ways; where there is none, it counts as refused.
    ///
    /// - Source: RFC 3261 §8.1.3.1.
    mutating func begin(
        _ request: SIPMessage, over hops: [Hop], for owner: Client.Owner, answers: Int = 0, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        guard let hop = hops.first, let reached = hops.last else {
            return self.deliver(SIPMessage(response: .serviceUnavailable, to: request), to: owner, at: now, &effects)
        }
        self.lastNumber += 1
        let id = SIPTransactionID(number: self.lastNumber)
        let name = ClientName(branch: request[.via]?.branch ?? "", method: request.method)
        let timers = self.context.timers
        let message = self.addressed(request, over: hop, reachedBy: reached.wire)
        let isReliable = hop.wire.isReliable
        let machine: Client.Machine =
            request.method == .invite
            ? .invite(InviteClientTransaction(request: message, timers: timers, isReliable: isReliable))
            : .other(NonInviteClientTransaction(request: message, timers: timers, isReliable: isReliable))
        self.clients[id] = Client(
            machine: machine, name: name, request: request, hop: hop, hops: hops, owner: owner, answers: answers)
        self.clientNames[name] = id
        self.drive(client: id, .start, at: now, &effects)
    }

    /// A response that belongs to no transaction is dropped.
    mutating func receive(
        response: SIPMessage, from source: Endpoint, at now: MonotonicTime, _ effects: inout [Effect]
    ) {
        guard let via = response[.via], let branch = via.branch, let cseq = response[.cseq],
            let id = self.clientNames[ClientName(branch: branch, method: cseq.method)]
        else { return }
        guard source == self.context.localEndpoint, response.status == .serviceUnavailable,
            let client = self.clients[id]
        else {
            return self.drive(client: id, .received(response), at: now, &effects)
        }
        // Our own transport says that it cannot get the request to its peer: there is nobody to be sent an ACK.
        self.forget(client: id)
        if client.hops.count > 1 {
            self.retry(client, at: now, &effects)
        } else {
            self.deliver(response, to: client.owner, at: now, &effects)
        }
    }

    mutating func drive(
        client id: SIPTransactionID, _ event: SIPClientTransactionEvent, at now: MonotonicTime,
        _ effects: inout [Effect]
    ) {
        guard let orders = self.clients[id]?.handle(event, at: now), let client = self.clients[id] else { return }
        for order in orders {
            switch order {
            case .send(let message): effects.append(.send(message, to: client.hop.endpoint))
            case .setTimer(let letter, let delay):
                effects.append(.setTimer(SIPTimer(.client(id, letter)), after: delay))
            case .deliver(let response):
                self.noteRest(response, from: client.hop.endpoint, at: now)
                guard !self.answerChallenge(response, of: client, at: now, &effects) else { continue }
                self.deliver(response, to: client.owner, at: now, &effects)
            case .timeOut: self.deliverTimeOut(to: client.owner, at: now, &effects)
            case .terminate: self.forget(client: id)
            }
        }
    }

    mutating func forget(client id: SIPTransactionID) {
        guard let client = self.clients.removeValue(forKey: id) else { return }
        if self.clientNames[client.name] == id { self.clientNames[client.name] = nil }
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
