import TLib
import Testing

@Suite struct TEventTests {
    static func message(_ type: TMessageType, _ fill: (inout TMessage) -> Void = { _ in }) -> TMessage {
        var message = TMessage(type)
        message[.thisDN] = "7001"
        message[.connID] = ConnID(rawValue: 2)
        fill(&message)
        return message
    }

    static let kinds: [(TMessage, TEvent.Kind)] = [
        (message(.eventRinging), .ringing), (message(.eventDialing), .dialing),
        (message(.eventEstablished), .established), (message(.eventACK), .acknowledged),
        (message(.eventRegistered), .registered("7001")), (message(.eventRouteRequest), .routeRequest),
        (message(.eventReleased) { $0[.callState] = .transferred }, .released(.transferred)),
        (message(.eventReleased), .released(.ok)),
        (
            message(.eventPartyChanged) { $0[.previousConnID] = ConnID(rawValue: 1) },
            .partyChanged(from: ConnID(rawValue: 1))
        ),
        (
            message(.eventPartyAdded) { ($0[.otherDN], $0[.thirdPartyDN]) = ("7003", "7001") },
            .partyAdded("7003", by: "7001")
        ),
        (message(.eventPartyDeleted) { $0[.otherDN] = "7003" }, .partyDeleted("7003", by: nil)),
        (
            message(.eventAttachedDataChanged) { $0[.userData] = ["GSIP_RECORD": "ON"] },
            .attachedDataChanged(["GSIP_RECORD": "ON"], by: nil)
        ),
        (message(.eventPrivateInfo) { $0[.privateMsgID] = .recordStart }, .privateInfo(.recordStart)),
        (
            message(.eventError) { ($0[.errorCode], $0[.errorMessage]) = (.dnNotConfigured, "no such DN") },
            .error(.dnNotConfigured, "no such DN")
        ),
        (
            message(.eventError) { $0[.errorCode] = .dnNotConfigured },
            .error(.dnNotConfigured, "DN is not configured in CME")
        ),
        (message(.eventUserEvent) { $0[.userEvent] = .eventQueued }, .userEvent(.eventQueued)),
        (message(.eventOffHook), .other(.eventOffHook)),
        (message(TMessageType(rawValue: 9_999)), .other(TMessageType(rawValue: 9_999))),
    ]

    @Test(arguments: kinds.indices)
    func `an event says what has happened`(index: Int) throws {
        let (message, kind) = Self.kinds[index]
        let event = try TEvent(message)
        #expect(event.kind == kind)
        #expect(event.message == message)
        #expect(event.thisDN == "7001")
        #expect(event.connID == ConnID(rawValue: 2))
    }

    @Test(arguments: [
        (TMessageType.eventPartyChanged, "AttributePreviousConnID"), (.eventPartyAdded, "AttributeOtherDN"),
        (.eventPartyDeleted, "AttributeOtherDN"), (.eventPrivateInfo, "AttributePrivateMsgID"),
        (.eventError, "AttributeErrorCode"),
    ])
    func `an event that lacks what it is about is refused`(type: TMessageType, attribute: String) {
        #expect(throws: TMessageError.attribute(attribute, of: type)) { try TEvent(Self.message(type)) }
    }

    @Test func `a request is no event`() {
        #expect(throws: TMessageError.request(.requestMakeCall)) { try TEvent(Self.message(.requestMakeCall)) }
    }

    @Test func `an event has the fields of the T-Library, and none where they are absent`() throws {
        var message = Self.message(.eventEstablished)
        message[.callType] = .inbound
        message[.otherDNRole] = .origination
        message[.ani] = "030"
        message[.timeinSecs] = 1_439_853_377
        message[.timeinuSecs] = 458_658
        let event = try TEvent(message)
        #expect(event.callType == .inbound)
        #expect(event.otherDNRole == .origination)
        #expect(event.ani == "030")
        #expect(event.time == WallTime(milliseconds: 1_439_853_377_458))
        #expect(event.userData.isEmpty && event.reasons.isEmpty && event.extensions.isEmpty)
        #expect(event.otherDN == nil && event.agentID == nil && event.referenceID == nil)
        message[.timeinSecs] = .max
        #expect(try TEvent(message).time == nil)
    }
}
