import SIP

extension ResourceProxy {
    /// Carries a request on, or answers it.
    ///
    /// - Source: RFC 3261 §16.3-16.6.
    mutating func request(_ message: SIPMessage, from source: Endpoint, at now: MonotonicTime) -> [Effect] {
        guard var via = message[.via] else {
            return [.report(.debug, "message.dropped", "a request without a Via that can be read, from \(source)")]
        }
        via.noteSource(source)
        var request = message
        request[.via] = via
        if let refusal = self.refusal(of: request) { return self.refuse(request, refusal, via, source) }
        guard let callID = request[.callID], let to = request[.to], let uri = request.requestURI else {
            return self.refuse(request, .badRequest, via, source)
        }
        self.popOwnRoutes(&request)
        self.table.touch(callID, at: now)
        if request.method == .invite, to.tag == nil {
            return self.place(request, callID: callID, uri: uri, from: source, via: via, at: now)
        }
        if to.tag == nil, request.method == .options {
            return [.sendSIP(self.capabilities(request), to: via.responseEndpoint ?? source)]
        }
        if to.tag == nil, request.method != .cancel, request.method != .ack {
            return self.refuse(request, .methodNotAllowed, via, source)
        }
        guard let next = self.nextHop(of: request, callID: callID, from: source) else {
            return self.refuse(request, .callDoesNotExist, via, source)
        }
        guard next != self.endpoint else { return self.refuse(request, .loopDetected, via, source) }
        var effects: [Effect] = []
        let leg = self.table.legs[callID]
        if request.method == .bye, let leg {
            // Whether or not the BYE is ever answered, the leg is over when its retransmissions are.
            let timer = Timer(purpose: .over(callID: callID, serial: leg.serial))
            effects.append(.setTimer(timer, after: Patience.over))
        }
        if request.method == .invite, let leg { self.recordRoute(&request, conference: leg.conference) }
        return [self.forward(request, to: next)] + effects
    }

    /// Why a request goes no further, whatever it wants.
    ///
    /// - Source: RFC 3261 §16.3.
    private func refusal(of request: SIPMessage) -> SIPStatus? {
        guard request[.callID] != nil, request[.from] != nil, request[.to] != nil,
            request[.cseq]?.method == request.method,
            let uri = request.requestURI, request[.route] != nil || request.field("Route") == nil
        else { return .badRequest }
        guard uri.scheme == "sip" || uri.scheme == "sips" else { return .unsupportedURIScheme }
        // What asks us for our own abilities ends here anyway, and may have no hop left.
        if request[.maxForwards] == 0, request.method != .options { return .tooManyHops }
        if request.field("Proxy-Require") != nil { return .badExtension }
        return nil
    }

    /// Answers a request ourselves. Nobody answers an ACK.
    ///
    /// - Source: RFC 3261 §8.2.7.
    func refuse(_ request: SIPMessage, _ status: SIPStatus, _ via: SIPVia, _ source: Endpoint) -> [Effect] {
        // An ACK that leads nowhere belongs to a refusal of ours, and has done its work.
        guard request.method != .ack else { return [] }
        let report = Effect.report(
            .warning, "request.refused", "\(request.method) from \(source): \(status.code) \(status.reasonPhrase)",
            ["callID": request[.callID] ?? ""])
        var response = SIPMessage(response: status, to: request, tag: ProxyBranch.token(of: request))
        if status == .methodNotAllowed { response.setField("Allow", to: Self.methods) }
        if status == .badExtension { response.setField("Unsupported", to: request.field("Proxy-Require")) }
        return [.sendSIP(response, to: via.responseEndpoint ?? source), report]
    }

    /// The answer to who asks what we can do, which also says that we are here.
    ///
    /// - Source: RFC 3261 §11.2.
    private func capabilities(_ request: SIPMessage) -> SIPMessage {
        var response = SIPMessage(response: .ok, to: request, tag: ProxyBranch.token(of: request))
        response.setField("Allow", to: Self.methods)
        return response
    }

    private static let methods = "INVITE, ACK, CANCEL, BYE, INFO, OPTIONS"

    /// Takes off the Routes that led here.
    ///
    /// - Source: RFC 3261 §16.4.
    private func popOwnRoutes(_ request: inout SIPMessage) {
        while let route = request[.route], route.uri.endpoint == self.endpoint { request.removeFirst(.route) }
    }

    /// Where a request goes that belongs to a leg: to the leg's media server, or back to who asked for the leg.
    ///
    /// - Returns: nil where the leg is not known and no media server is at either end: we relay for nobody else.
    /// - Source: RFC 3261 §16.5, §16.6 step 6.
    private func nextHop(of request: SIPMessage, callID: String, from source: Endpoint) -> Endpoint? {
        let named = (request[.route]?.uri ?? request.requestURI)?.endpoint
        guard let leg = self.table.legs[callID] else {
            let isServer: (Endpoint) -> Bool = { endpoint in self.mediaServers.contains { $0.endpoint == endpoint } }
            guard request[.to]?.tag != nil, let named, isServer(source) || isServer(named) else { return nil }
            return named
        }
        let isForward = request[.from]?.tag == leg.clientTag
        if isForward { return request[.route]?.uri.endpoint ?? leg.server }
        return named == self.endpoint ? leg.client : named ?? leg.client
    }

    /// Puts us in the way of what follows in the dialog.
    ///
    /// - Source: RFC 3261 §16.6 step 4; the form of the URI is observed, SIP Server 8.1.
    func recordRoute(_ request: inout SIPMessage, conference: String) {
        let uri = SIPURI(
            user: self.instance, endpoint: self.endpoint,
            parameters: ["lr": "", "gvp.rm.datanodes": "1", "confinstid": conference])
        if request.field("Record-Route") == nil {
            request.addField(SIPHeaderField("Record-Route", SIPAddress(uri).description))
        } else {
            request.prepend(SIPAddress(uri), to: .recordRoute)
        }
    }

    /// Sends a request on with one hop less and our Via.
    ///
    /// - Source: RFC 3261 §16.6 steps 3, 8.
    func forward(_ request: SIPMessage, to next: Endpoint) -> Effect {
        var copy = request
        copy[.maxForwards] = request[.maxForwards].map { max(0, min($0, 255) - 1) } ?? 70
        copy.prepend(SIPVia(self.endpoint, branch: ProxyBranch.branch(of: request)), to: .via)
        return .sendSIP(copy, to: next)
    }
}
