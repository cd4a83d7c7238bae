extension SIPDialog {
    /// The dialog that a response to our INVITE or REFER makes: 101 to 199 an early one.
    ///
    /// - Source: RFC 3261 §12.1.2.
    init?(request: SIPMessage, response: SIPMessage) {
        guard let callID = request[.callID], let local = request[.from], let remote = response[.to],
            let sequence = request[.cseq]?.number
        else { return nil }
        (self.callID, self.local, self.remote) = (callID, local, remote)
        // A peer that forgets its Contact is still reached where the INVITE went.
        self.remoteTarget = response[.contact]?.uri ?? request.requestURI ?? remote.uri
        self.routes = response.all(.recordRoute).reversed()
        self.isInitiator = true
        (self.localSequence, self.remoteSequence) = (sequence, nil)
    }

    /// The dialog that an INVITE or REFER of the peer makes, or a NOTIFY that comes before the answer to ours.
    ///
    /// - Source: RFC 3261 §12.1.1.
    init?(request: SIPMessage, localTag: String) {
        guard let callID = request[.callID], var local = request[.to], let remote = request[.from],
            let sequence = request[.cseq]?.number,
            let target = request[.contact]?.uri ?? (request.isOfOldKind ? remote.uri : nil)
        else { return nil }
        local.tag = localTag
        (self.callID, self.local, self.remote, self.remoteTarget) = (callID, local, remote, target)
        self.routes = request.all(.recordRoute)
        self.isInitiator = false
        (self.localSequence, self.remoteSequence) = (0, sequence)
    }

    /// Takes over the route and the target from the 2xx; what an early response has said of them does not count any
    /// more.
    ///
    /// - Source: RFC 3261 §13.2.2.4.
    mutating func confirm(by response: SIPMessage) {
        self.routes = response.all(.recordRoute).reversed()
        self.refreshTarget(from: response)
    }

    /// Begins a request in the dialog, without Via.
    ///
    /// - Parameter sequence: of an ACK, the number of its INVITE; nil takes the next number.
    /// - Source: RFC 3261 §12.2.1.1.
    mutating func makeRequest(_ method: SIPMethod, sequence: UInt32? = nil) -> SIPMessage {
        var uri = self.remoteTarget
        var routes = self.routes
        // A strict router wants itself in the request URI, and the target at the end of the routes.
        if let first = routes.first, first.uri.parameters["lr"] == nil {
            routes.removeFirst()
            routes.append(SIPAddress(self.remoteTarget))
            uri = first.uri
        }
        if sequence == nil { self.localSequence += 1 }
        var message = SIPMessage(request: method, uri: uri)
        message[.maxForwards] = 70
        message.setAll(routes, for: .route)
        message[.from] = self.local
        message[.to] = self.remote
        message[.callID] = self.callID
        message[.cseq] = SIPCSeq(sequence ?? self.localSequence, method)
        return message
    }

    /// Where the dialog's requests are sent: nil where the next hop is a name.
    var nextHop: Endpoint? { (self.routes.first?.uri ?? self.remoteTarget).endpoint }

    /// Notes the number of a request of the peer.
    ///
    /// - Returns: false where it comes too late.
    /// - Source: RFC 3261 §12.2.2.
    mutating func accepts(sequence: UInt32) -> Bool {
        guard sequence >= self.remoteSequence ?? 0 else { return false }
        self.remoteSequence = sequence
        return true
    }

    /// Takes over the peer's new Contact.
    mutating func refreshTarget(from message: SIPMessage) {
        if let contact = message[.contact], !contact.isWildcard { self.remoteTarget = contact.uri }
    }
}
