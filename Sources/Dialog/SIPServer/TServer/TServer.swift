internal import TLib

/// The clients of the switch, and who wants to know of which DN.
struct TServer: Sendable {
    private let epoch: WallTime
    private var clients: [Endpoint: TServerSession] = [:]
    /// In the order of their registration, so that the same events go out in the same order every time.
    private var subscribers: [DN: [Endpoint]] = [:]
    private var lastClientID = 0
    private var lastSequenceNumber: UInt64 = 0

    init(epoch: WallTime) { self.epoch = epoch }

    /// How many clients there are.
    var clientCount: Int { self.clients.count }

    /// Whether anybody wants to know of a DN.
    func hasSubscribers(_ dn: DN) -> Bool { self.subscribers[dn] != nil }

    /// Takes what a client says or what the switch answers it.
    mutating func handle(
        _ event: TServerSession.Event, of client: Endpoint, at now: MonotonicTime
    ) -> [TServerSession.Effect] {
        let isNew = self.clients[client] == nil
        if isNew {
            guard case .received(let message) = event, message.type != .eventServerDisconnected else { return [] }
            self.lastClientID += 1
            self.clients[client] = TServerSession(clientID: self.lastClientID, epoch: self.epoch)
        }
        let before = self.clients[client]?.registered ?? []
        let effects = self.clients[client]?.handle(event, at: now) ?? []
        let after = self.clients[client]?.registered ?? []
        for dn in before.subtracting(after) {
            self.subscribers[dn]?.removeAll { $0 == client }
            if self.subscribers[dn]?.isEmpty == true { self.subscribers[dn] = nil }
        }
        for dn in after.subtracting(before) { self.subscribers[dn, default: []].append(client) }
        if case .received(let message) = event, message.type == .eventServerDisconnected { self.clients[client] = nil }
        if effects.contains(.disconnect) { self.clients[client] = nil }
        return effects.map { self.numbered($0) }
    }

    /// Tells all who have registered the message's ThisDN.
    mutating func distribute(_ message: TMessage, at now: MonotonicTime) -> [(TMessage, to: Endpoint)] {
        guard let dn = message[.thisDN], let clients = self.subscribers[dn] else { return [] }
        var message = message
        self.number(&message)
        return clients.flatMap { client in
            (self.clients[client]?.handle(.distribute(message), at: now) ?? []).compactMap { effect in
                if case .send(let message) = effect { (message, to: client) } else { nil }
            }
        }
    }

    private mutating func numbered(_ effect: TServerSession.Effect) -> TServerSession.Effect {
        guard case .send(var message) = effect else { return effect }
        self.number(&message)
        return .send(message)
    }

    private mutating func number(_ message: inout TMessage) {
        guard message.type != .keepAlivePoll, message.type != .keepAliveAnswer else { return }
        self.lastSequenceNumber &+= 1
        message[.eventSequenceNumber] = self.lastSequenceNumber
    }
}

extension CallControl {
    /// A client says something.
    mutating func tLibrary(_ message: TMessage, from client: Endpoint) {
        self.tLibrary(.received(message), of: client)
    }

    /// A client says something, or has said nothing for long.
    mutating func tLibrary(_ event: TServerSession.Event, of client: Endpoint) {
        for effect in self.tServer.handle(event, of: client, at: self.now) {
            switch effect {
            case .send(let answer):
                self.noteRefusal(answer)
                self.effects.append(.sendTLibrary(answer, to: client))
            case .register(let dn, let request): self.registerAddress(dn, request, client)
            case .perform(let request): self.perform(Request(message: request, client: client))
            case .setTimer(let timer, let delay):
                self.effects.append(.setTimer(Timer(kind: .client(client, timer)), after: delay))
            case .disconnect:
                // What a transport tells when a connection has ended, told to the transport.
                self.effects.append(.sendTLibrary(TMessage(.eventServerDisconnected), to: client))
            }
        }
    }

    private mutating func registerAddress(_ dn: DN, _ request: TMessage, _ client: Endpoint) {
        let request = Request(message: request, client: client)
        guard self.configuration.dns[dn] != nil else { return self.refuse(request, .dnNotConfigured) }
        self.answer(.accept(request.message), to: client)
    }

    /// Sends what the client's session makes of an answer.
    mutating func answer(_ event: TServerSession.Event, to client: Endpoint) {
        for case .send(let message) in self.tServer.handle(event, of: client, at: self.now) {
            self.noteRefusal(message)
            self.effects.append(.sendTLibrary(message, to: client))
        }
    }

    private mutating func noteRefusal(_ message: TMessage) {
        guard message.type == .eventError else { return }
        let code = message[.errorCode] ?? .unknownError
        self.report(
            .warning, "request.refused", message[.errorMessage] ?? code.text,
            ["dn": message[.thisDN]?.rawValue ?? "", "errorCode": String(code.rawValue)])
    }
}

/// What a client asks for, and which client.
struct Request: Hashable, Sendable {
    let message: TMessage
    let client: Endpoint
}
