import TLib
import Testing

@Suite struct TRequestTests {
    static let first = ConnID(rawValue: 1)
    static let second = ConnID(rawValue: 2)
    static let why: KVList = ["why": "complaint"]
    static let more: KVList = ["record": "destination"]
    static let data: KVList = ["case": "4711"]

    /// Every request with all its parameters, and the attributes that carry those that must be there.
    static let full: [(request: any TRequest, mandatory: [String])] = [
        (
            TRegisterAddress("1", mode: .monitor, controlMode: .force, addressType: .queue, extensions: more),
            ["ThisDN"]
        ),
        (TUnregisterAddress("1", controlMode: .local, extensions: more), ["ThisDN"]),
        (
            TQueryAddress(queue: "q", dn: "1", addressType: .queue, infoType: .callsQuery, extensions: more),
            ["ThisDN"]
        ),
        (TQueryCall("1", connID: first, infoType: .status, extensions: more), ["ThisDN", "ConnID"]),
        (TQueryServer(extensions: more), []),
        (TSetInputMask(TInputMask(all: true)), ["InputMask"]),
        (TSetDNDOn("1", reasons: why, extensions: more), ["ThisDN"]),
        (TSetDNDOff("1", reasons: why, extensions: more), ["ThisDN"]),
        (TSetMessageWaitingOn("1", reasons: why, extensions: more), ["ThisDN"]),
        (TSetMessageWaitingOff("1", reasons: why, extensions: more), ["ThisDN"]),
        (
            TMakeCall(
                "1", destination: "2", location: "west", callType: .priority, userData: data, reasons: why,
                extensions: more), ["ThisDN", "OtherDN"]
        ),
        (
            TMakePredictiveCall(
                "1", destination: "2", timeout: 30, userData: data, reasons: why, extensions: more),
            ["ThisDN", "OtherDN"]
        ),
        (TAnswerCall("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (TReleaseCall("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (TClearCall("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (THoldCall("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (TRetrieveCall("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (TSetMuteOn("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (TSetMuteOff("1", connID: first, reasons: why, extensions: more), ["ThisDN", "ConnID"]),
        (
            TAlternateCall("1", heldConnID: first, currentConnID: second, reasons: why, extensions: more),
            ["ThisDN", "PreviousConnID", "ConnID"]
        ),
        (
            TReconnectCall("1", heldConnID: first, currentConnID: second, reasons: why, extensions: more),
            ["ThisDN", "PreviousConnID", "ConnID"]
        ),
        (
            TRedirectCall("1", destination: "2", connID: first, reasons: why, extensions: more),
            ["ThisDN", "OtherDN", "ConnID"]
        ),
        (
            TRouteCall(
                "1", connID: first, destination: "2", location: "west", routeType: .direct, reasons: why,
                extensions: more), ["ThisDN", "ConnID"]
        ),
        (
            TSendDTMF("1", connID: first, digits: "42#", reasons: why, extensions: more),
            ["ThisDN", "ConnID", "DTMFDigits"]
        ),
        (
            TApplyTreatment(
                "1", connID: first, treatmentType: .music, parameters: data, reasons: why, extensions: more),
            ["ThisDN", "ConnID", "TreatmentType"]
        ),
        (Self.consult(TInitiateTransfer.self), ["ThisDN", "ConnID", "OtherDN"]),
        (Self.consult(TMuteTransfer.self), ["ThisDN", "ConnID", "OtherDN"]),
        (Self.consult(TSingleStepTransfer.self), ["ThisDN", "ConnID", "OtherDN"]),
        (Self.consult(TInitiateConference.self), ["ThisDN", "ConnID", "OtherDN"]),
        (Self.consult(TSingleStepConference.self), ["ThisDN", "ConnID", "OtherDN"]),
        (
            TCompleteTransfer("1", heldConnID: first, currentConnID: second, reasons: why, extensions: more),
            ["ThisDN", "ConnID", "TransferConnID"]
        ),
        (
            TCompleteConference("1", heldConnID: first, currentConnID: second, reasons: why, extensions: more),
            ["ThisDN", "ConnID", "ConferenceConnID"]
        ),
        (
            TMergeCalls(
                "1", heldConnID: first, currentConnID: second, mergeType: .forConference, reasons: why,
                extensions: more), ["ThisDN", "ConnID", "TransferConnID"]
        ),
        (
            TDeleteFromConference("1", connID: first, dnToDrop: "2", reasons: why, extensions: more),
            ["ThisDN", "ConnID", "OtherDN"]
        ),
        (TAttachUserData("1", connID: first, userData: data), ["ThisDN", "ConnID", "UserData"]),
        (TUpdateUserData("1", connID: first, userData: data), ["ThisDN", "ConnID", "UserData"]),
        (TDeletePair("1", connID: first, key: "case"), ["ThisDN", "ConnID", "DataKey"]),
        (TDeleteAllUserData("1", connID: first), ["ThisDN", "ConnID"]),
        (
            TAgentLogin(
                queue: "q", dn: "1", agentID: "a", password: "p", workMode: .autoIn, reasons: why, extensions: more),
            ["ThisDN", "AgentID"]
        ),
        (TAgentLogout(queue: "q", dn: "1", reasons: why, extensions: more), ["ThisDN"]),
        (TAgentSetReady(queue: "q", dn: "1", workMode: .manualIn, reasons: why, extensions: more), ["ThisDN"]),
        (TAgentSetNotReady(queue: "q", dn: "1", workMode: .auxWork, reasons: why, extensions: more), ["ThisDN"]),
        (
            TMonitorNextCall("1", agentDN: "2", monitorType: .allCalls, reasons: why, extensions: more),
            ["ThisDN", "OtherDN"]
        ),
        (TCancelMonitoring("1", agentDN: "2", reasons: why, extensions: more), ["ThisDN", "OtherDN"]),
        (
            TPrivateService(.recordStart, dn: "1", connID: first, reasons: why, extensions: more),
            ["PrivateMsgID", "ThisDN", "ConnID"]
        ),
        (TSendUserEvent("1", event: Self.userEvent), ["ThisDN", "UserEvent"]),
    ]

    static func consult<let code: Int>(_: TConsultRequest<code>.Type) -> TConsultRequest<code> {
        TConsultRequest(
            "1", connID: first, destination: "2", location: "west", userData: data, reasons: why, extensions: more)
    }

    static var userEvent: TMessage {
        var event = TMessage(.eventQueued)
        event[.userData] = data
        return event
    }

    @Test func `every request that is known is in these tables`() {
        let types = TRequests.all.map { $0.type }
        #expect(Set(types).count == types.count)
        #expect(Self.full.map { Swift.type(of: $0.request).type } == types)
        #expect(types.allSatisfy { $0.isRequest && !$0.description.hasPrefix("Message") })
    }

    @Test(arguments: full.indices)
    func `a request is read from its message as it was`(index: Int) throws {
        func check<Request: TRequest>(_ request: Request) throws {
            #expect(request.message.type == Request.type)
            #expect(try Request(request.message) == request)
            #expect(try TRequests.read(request.message) as? Request == request)
        }
        try check(Self.full[index].request)
    }

    @Test(arguments: full.indices)
    func `a request lacks what must be there, and nothing else`(index: Int) throws {
        let (request, mandatory) = Self.full[index]
        for entry in request.message.entries {
            var message = request.message
            message.entries.removeAll { $0.code == entry.code }
            let name = TAttribute<Int>(code: entry.code).description
            if mandatory.contains(String(name.dropFirst("Attribute".count))) {
                let error = #expect(throws: TMessageError.self) { try TRequests.read(message) }
                #expect(error == .attribute(name, of: message.type))
                #expect(error?.errorCode == .invalidAttribute)
                message.entries.append(TMessage.Entry(code: entry.code, value: .list([:])))
                if case .list = entry.value { continue }
                #expect(throws: TMessageError.attribute(name, of: message.type)) { try TRequests.read(message) }
            } else {
                #expect(try TRequests.read(message) != nil)
            }
        }
    }

    @Test func `parameters that are left out are not sent`() {
        #expect(TMakeCall("1", destination: "2").message.entries.map(\.code) == [20, 24, 73])
        #expect(TPrivateService(.recordStop, dn: "1", connID: Self.first).message.entries.map(\.code) == [105, 20, 9])
        #expect(TQueryServer().message.entries.isEmpty)
    }

    @Test func `a message of another type is none`() throws {
        let message = TAnswerCall("1", connID: Self.first).message
        let error = #expect(throws: TMessageError.self) { try TReleaseCall(message) }
        #expect(error == .type(.requestAnswerCall, expected: .requestReleaseCall))
        #expect(try TRequests.read(TMessage(.eventRinging)) == nil)
    }

    @Test func `a mask holds one bit for each type`() {
        var mask = TInputMask()
        mask[.eventRinging] = true
        mask[.eventPrivateInfo] = true
        mask[TMessageType(rawValue: 60_000)] = true
        #expect(mask[.eventRinging] && mask[.eventPrivateInfo])
        #expect(!mask[.eventDialing] && !mask[TMessageType(rawValue: 60_000)])
        // TMaskSet: bit 60 % 8 of byte 60 / 8, bit 150 % 8 of byte 150 / 8.
        var bytes = [UInt8](repeating: 0, count: 64)
        (bytes[7], bytes[18]) = (0x10, 0x40)
        #expect(mask.tValue == .binary(bytes))
        mask[.eventRinging] = false
        #expect(!mask[.eventRinging])
        #expect(TInputMask(tValue: .binary([1])) == nil)
    }
}
