extension TClient {
    /// `TRegisterAddress`: from now on the events of a DN come to this client.
    ///
    /// - Returns: `EventRegistered`.
    @discardableResult
    public func register(
        _ dn: DN, mode: TRegisterMode = .share, control: TControlMode = .default, type: TAddressType = .dn
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestRegisterAddress)
        message[.thisDN] = dn
        message[.registerMode] = mode
        message[.controlMode] = control
        message[.addressType] = type
        return try await self.request(message)
    }

    /// `TUnregisterAddress`: the events of a DN come no more.
    ///
    /// - Returns: `EventUnregistered`.
    @discardableResult
    public func unregister(_ dn: DN) async throws(TError) -> TMessage {
        var message = TMessage(.requestUnregisterAddress)
        message[.thisDN] = dn
        return try await self.request(message)
    }

    /// `TPrivateService`: asks for a service of the vendor's own, for example to record a call.
    ///
    /// - Parameters:
    ///   - service: which service.
    ///   - dn: on behalf of whom; must be registered, need not take part in the call.
    ///   - connID: the call.
    ///   - reasons: why, for the record.
    ///   - extensions: for example `record` = `destination`, `id`, `dest`.
    /// - Returns: `EventACK`.
    @discardableResult
    public func privateService(
        _ service: PrivateMsgID, thisDN dn: DN, connID: ConnID, reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestPrivateService)
        message[.privateMsgID] = service
        message[.thisDN] = dn
        message[.connID] = connID
        message.set(reasons: reasons, extensions: extensions)
        return try await self.request(message)
    }

    /// `TMakeCall`: calls from one device to another.
    ///
    /// - Returns: what the server answers, `EventDialing` or `EventACK`.
    @discardableResult
    public func makeCall(
        from dn: DN, to destination: DN, userData: KVList = KVList(), reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) async throws(TError) -> TMessage {
        var message = TMessage(.requestMakeCall)
        message[.thisDN] = dn
        message[.otherDN] = destination
        if !userData.isEmpty { message[.userData] = userData }
        message.set(reasons: reasons, extensions: extensions)
        return try await self.request(message)
    }

    /// `TAnswerCall`: answers the call that rings.
    @discardableResult
    public func answerCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestAnswerCall, dn, connID))
    }

    /// `TReleaseCall`: leaves the call.
    @discardableResult
    public func releaseCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestReleaseCall, dn, connID))
    }

    /// `THoldCall`: puts the call on hold.
    @discardableResult
    public func holdCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestHoldCall, dn, connID))
    }

    /// `TRetrieveCall`: takes the call off hold.
    @discardableResult
    public func retrieveCall(_ connID: ConnID, at dn: DN) async throws(TError) -> TMessage {
        try await self.request(TMessage(.requestRetrieveCall, dn, connID))
    }
}

extension TMessage {
    fileprivate init(_ type: TMessageType, _ dn: DN, _ connID: ConnID) {
        self.init(type)
        self[.thisDN] = dn
        self[.connID] = connID
    }

    fileprivate mutating func set(reasons: KVList, extensions: KVList) {
        if !reasons.isEmpty { self[.reason] = reasons }
        if !extensions.isEmpty { self[.extensions] = extensions }
    }
}
