internal import SIP
internal import TLib

extension CallControl {
    /// Does what a client asks for on behalf of a DN that it has registered.
    mutating func perform(_ request: Request) {
        switch request.message.type {
        case .requestPrivateService: self.privateService(request)
        case .requestMakeCall: self.makeCall(request)
        case .requestReleaseCall: self.releaseCall(request)
        case .requestAttachUserData, .requestUpdateUserData: self.attachUserData(request)
        case .requestDeletePair, .requestDeleteUserData: self.deleteUserData(request)
        default: self.refuse(request, .unsupportedOperation)
        }
    }

    /// EventACK.
    mutating func accept(_ request: Request) {
        self.answer(.answer(TMessage(.eventACK, answering: request.message)), to: request.client)
    }

    /// EventError.
    mutating func refuse(_ request: Request, _ code: TErrorCode, _ text: String? = nil) {
        self.answer(.answer(TMessage(refusing: request.message, code, text)), to: request.client)
    }

    /// The call that a request is about, or nothing and an EventError.
    mutating func call(of request: Request) -> Call? {
        guard let connID = request.message[.connID], let call = self.calls[connID] else {
            self.refuse(request, .invalidConnID)
            return nil
        }
        return call
    }

    private mutating func makeCall(_ request: Request) {
        guard let origin = request.message[.thisDN], let destination = request.message[.otherDN] else {
            return self.refuse(request, .invalidAttribute, "OtherDN is missing")
        }
        guard !self.isShuttingDown else { return self.refuse(request, .switchNotConnected) }
        guard self.configuration.dns[destination] != nil, origin != destination else {
            return self.refuse(request, .invalidCalledDN)
        }
        guard let contact = self.contact(of: origin), self.contact(of: destination) != nil else {
            return self.refuse(request, .outOfService)
        }
        guard self.refusal(of: destination) == nil else { return self.refuse(request, .dnBusy) }
        let data = request.message[.userData] ?? KVList()
        guard !Self.claimsRecording(data) else { return self.refuse(request, .invalidAttribute, Self.claimRefusal) }
        self.accept(request)
        let connID = self.makeCall(from: origin, to: destination)
        let session = self.userAgent.makeSession()
        self.sessions[session] = .party(connID, .a)
        self.calls[connID]?.caller.session = session
        self.calls[connID]?.caller.isInvolved = true
        self.calls[connID]?.isMadeByClient = true
        self.calls[connID]?.phase = .ringingCaller
        self.calls[connID]?.userData = data
        self.distribute(.eventDialing, to: .a, of: connID, reasons: request.message[.reason])
        self.order(
            session,
            .invite(
                SIPInvitation(
                    requestURI: contact.uri, from: self.address(destination), to: self.address(origin),
                    contactUser: destination.escaped, destination: contact.endpoint)))
    }

    private mutating func releaseCall(_ request: Request) {
        guard let call = self.call(of: request), let dn = request.message[.thisDN] else { return }
        guard let role = call.role(of: dn) else { return self.refuse(request, .invalidConnID) }
        self.accept(request)
        self.end(call.connID, by: role, isGone: false)
    }

    private mutating func attachUserData(_ request: Request) {
        guard let call = self.call(of: request) else { return }
        guard let data = request.message[.userData], !data.isEmpty else {
            return self.refuse(request, .invalidAttribute, "UserData is missing")
        }
        guard !Self.claimsRecording(data) else { return self.refuse(request, .invalidAttribute, Self.claimRefusal) }
        self.accept(request)
        self.attach(data, to: call.connID, by: request.message[.thisDN], reasons: request.message[.reason])
    }

    /// What the switch announces is not for clients to claim.
    private static func claimsRecording(_ data: KVList) -> Bool {
        data.value(Self.recordKey) != nil || data.value(Self.fileNameKey) != nil
    }

    private static let claimRefusal = "GSIP_RECORD and GSIP_REC_FN are set by the switch"

    private mutating func deleteUserData(_ request: Request) {
        guard let call = self.call(of: request) else { return }
        let reserved = [Self.recordKey, Self.fileNameKey]
        if request.message.type == .requestDeletePair {
            guard let key = request.message[.dataKey], !reserved.contains(key) else {
                return self.refuse(request, .invalidAttribute)
            }
            self.calls[call.connID]?.userData[key] = nil
        } else {
            self.calls[call.connID]?.userData.pairs.removeAll { !reserved.contains($0.key) }
        }
        self.accept(request)
        self.announceUserData(of: call.connID, by: request.message[.thisDN], reasons: request.message[.reason])
    }
}
