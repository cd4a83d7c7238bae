import TLib
import Testing

@Suite struct TMessageTests {
    @Test(arguments: [
        (TMessageType.eventACK, "EventACK"), (.requestPrivateService, "RequestPrivateService"),
        (.eventDNOutOfService, "EventDNOutOfService"), (TMessageType(rawValue: 9_999), "Message9999"),
    ])
    func `a type is printed and found by its name on the wire`(type: TMessageType, name: String) {
        #expect(type.description == name)
        #expect(TMessageType(name: name) == type)
    }

    @Test func `attributes are printed by their names in logs`() {
        #expect(TAttribute.thisDN.description == "AttributeThisDN")
        #expect(TAttribute.errorMessage.description == "AttributeErrorMessage")
        #expect(TAttribute<Int>(code: 999).description == "Attribute999")
    }

    @Test func `an attribute is set, replaced and removed`() {
        var message = TMessage(.eventRinging)
        message[.ani] = "1"
        message[.thisDN] = "7001"
        message[.ani] = "2"
        #expect(message.entries.map(\.code) == [19, 20])
        message[.ani] = nil
        #expect(message[.ani] == nil)
        #expect(message[.thisDN] == "7001")
    }

    @Test func `a value of the wrong form or range is none`() {
        var message = TMessage(.eventRinging)
        message[TAttribute<Int>(code: 20)] = 7_001
        message[TAttribute<Int>(code: 54)] = 77
        #expect(message[.thisDN] == nil)
        #expect(message[.callType] == nil)
        #expect(message.entries.count == 2)
    }

    @Test func `keys are found however they are cased`() {
        let list: KVList = ["Id": "x", "dest": 5, "id": "y"]
        #expect(list.string("ID") == "x")
        #expect(list.string("Dest") == "5")
        #expect(list.integer("DEST") == 5)
        #expect(list["id"] == "y")
        #expect(list.value("dest2") == nil)
    }

    @Test func `a key may stand more than once`() {
        var list: KVList = ["Skill": "a", "other": 1, "skill": "b"]
        #expect(list.values("SKILL") == ["a", "b"])
        #expect(list.values("none") == [])
        list["skill"] = "c"
        #expect(list.values("skill") == ["a", "c"])
        list["Skill"] = nil
        #expect(list.pairs.map(\.key) == ["other", "skill"])
    }

    @Test(
        arguments: [
            (["a"], KVList.Value.string("x")), (["L", "b"], 1), (["l", "Deeper", "C"], "y"), (["a", "b"], nil),
            (["l", "none"], nil), ([], nil),
        ] as [([String], KVList.Value?)])
    func `a path leads through lists in lists`(path: [String], value: KVList.Value?) {
        let list: KVList = ["a": "x", "l": .list(["b": 1, "deeper": .list(["c": "y"])])]
        #expect(list.value(at: path) == value)
    }

    @Test func `a refusal carries the request's names, the code and its text`() {
        var request = TMessage(.requestPrivateService)
        request[.referenceID] = 7
        request[.thisDN] = "7001"
        request[.userData] = ["a": 1]
        let error = TMessage(refusing: request, .dnNotConfigured)
        #expect(error.type == .eventError)
        #expect(error[.referenceID] == 7)
        #expect(error[.thisDN] == "7001")
        #expect(error[.userData] == nil)
        #expect(error[.errorCode]?.rawValue == 59)
        #expect(error[.errorMessage] == "DN is not configured in CME")
    }

    @Test(arguments: [
        (PrivateMsgID.recordStart, 3013), (.recordStop, 3014), (.recordPause, 3015), (.recordResume, 3016),
    ])
    func `recording has its numbers`(service: PrivateMsgID, number: Int) {
        #expect(service.rawValue == number)
    }
}
