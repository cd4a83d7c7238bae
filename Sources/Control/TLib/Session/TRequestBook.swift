/// The requests of a client that are not answered yet, by their reference ids.
struct TRequestBook: Hashable, Sendable {
    enum Owner: Hashable, Sendable {
        /// The client's host.
        case host(TClientSession.Token)
        /// The session itself, after a gap.
        case session
    }

    struct Request: Hashable, Sendable {
        var message: TMessage
        var owner: Owner
        /// In which order requests were made: reference ids begin anew one day.
        fileprivate var order: Int
        fileprivate var isSent = false
    }

    private var requests: [Int: Request] = [:]
    private var references: [TClientSession.Token: Int] = [:]
    private var lastReference: Int
    private var lastOrder = 0

    init(lastReference: Int) { self.lastReference = lastReference }

    /// Requests that wait for a connection, in the order in which they were made.
    var waiting: [Int] { self.inOrder { !$0.isSent } }

    /// Whether the session itself waits for an answer.
    var hasOwn: Bool { self.requests.values.contains { $0.owner == .session } }

    /// Reference ids are 31 bits, never zero, and never that of a request still under way.
    mutating func nextReference() -> Int {
        repeat {
            self.lastReference = self.lastReference >= 0x7FFF_FFFF ? 1 : self.lastReference + 1
        } while self.requests[self.lastReference] != nil
        return self.lastReference
    }

    mutating func add(_ message: TMessage, of owner: Owner) -> Int {
        let reference = self.nextReference()
        self.lastOrder += 1
        var request = Request(message: message, owner: owner, order: self.lastOrder)
        request.message[.referenceID] = reference
        self.requests[reference] = request
        if case .host(let token) = owner { self.references[token] = reference }
        return reference
    }

    /// Notes that a request is sent.
    ///
    /// - Returns: what is to be sent; nil where the request is gone.
    mutating func send(_ reference: Int) -> TMessage? {
        self.requests[reference]?.isSent = true
        return self.requests[reference]?.message
    }

    @discardableResult
    mutating func remove(_ reference: Int) -> Request? {
        guard let request = self.requests.removeValue(forKey: reference) else { return nil }
        if case .host(let token) = request.owner { self.references[token] = nil }
        return request
    }

    mutating func forget(_ token: TClientSession.Token) {
        if let reference = self.references[token] { self.remove(reference) }
    }

    /// Removes what was sent.
    ///
    /// - Returns: whose requests of the host these were, in the order in which they were made.
    mutating func removeSent() -> [TClientSession.Token] { self.remove { $0.isSent } }

    /// Removes everything.
    ///
    /// - Returns: whose requests of the host these were, in the order in which they were made.
    mutating func removeAll() -> [TClientSession.Token] { self.remove { _ in true } }

    private mutating func remove(where matches: (Request) -> Bool) -> [TClientSession.Token] {
        self.inOrder(matches).compactMap { reference in
            guard case .host(let token)? = self.remove(reference)?.owner else { return nil }
            return token
        }
    }

    private func inOrder(_ matches: (Request) -> Bool) -> [Int] {
        self.requests.filter { matches($0.value) }.sorted { $0.value.order < $1.value.order }.map(\.key)
    }
}

/// Requests whose effect lasts as long as the connection: they are made again on the next one.
struct TStandingRequests: Hashable, Sendable {
    /// In the order in which they were first made.
    private(set) var messages: [TMessage] = []

    var registered: Set<DN> {
        Set(self.messages.compactMap { $0.type == .requestRegisterAddress ? $0[.thisDN] : nil })
    }

    /// Takes note of an answer.
    mutating func note(_ request: TMessage, answeredBy answer: TMessageType) {
        guard answer != .eventError else { return }
        switch request.type {
        case .requestRegisterAddress, .requestSetInputMask, .requestStartCallMonitoring:
            var message = request
            message[.referenceID] = nil
            if let index = self.messages.firstIndex(where: { Self.concernTheSame($0, request) }) {
                self.messages[index] = message
            } else {
                self.messages.append(message)
            }
        case .requestUnregisterAddress: self.remove(.requestRegisterAddress, of: request[.thisDN])
        case .requestStopCallMonitoring: self.remove(.requestStartCallMonitoring, of: request[.thisDN])
        default: break
        }
    }

    mutating func remove(_ request: TMessage) { self.remove(request.type, of: request[.thisDN]) }

    private mutating func remove(_ type: TMessageType, of dn: DN?) {
        self.messages.removeAll { $0.type == type && $0[.thisDN] == dn }
    }

    private static func concernTheSame(_ left: TMessage, _ right: TMessage) -> Bool {
        left.type == right.type && left[.thisDN] == right[.thisDN]
    }
}
