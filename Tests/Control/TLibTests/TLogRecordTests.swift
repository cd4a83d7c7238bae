import TLib
import Testing

@Suite struct TLogRecordTests {
    static let samples = [
        "server.event-error.log", "server.request-query-call.log", "server.headings.log",
        "router.distribute-event.log", "sdk.attach-user-data.log",
    ]

    static func records(_ name: String) throws -> [TLogRecord] {
        TLogRecord.records(in: String(decoding: try fixture(name), as: UTF8.self))
    }

    @Test(arguments: samples)
    func `a sample is written byte for byte as it was read`(name: String) throws {
        let written = try Self.records(name).map { "\($0)\n" }.joined()
        #expect(written == String(decoding: try fixture(name), as: UTF8.self))
    }

    @Test func `a refusal is read`() throws {
        let record = try #require(try Self.records("server.event-error.log").first)
        #expect(record.heading == "@23:16:17.4586 [0] 8.1.101.33 send_to_client:")
        #expect(record.note == "DN is not configured in CME")
        #expect(record.direction == .toClient)
        let message = try #require(record.message)
        #expect(message.type == .eventError)
        #expect(message[.eventSequenceNumber] == 0x10C_9288)
        #expect(message[.timeinSecs] == 1_439_853_377)
        #expect(message[.errorCode] == .dnNotConfigured)
        #expect(message[.thisDN] == "0091BAFE-5E73-1473-97EF-443C330AAA77")
        #expect(message.entries.count == 7)
    }

    @Test func `a request is read with its lists`() throws {
        let record = try #require(try Self.records("router.distribute-event.log").first)
        #expect(record.heading == "request to 65200(TServer)")
        #expect(record.direction == .toServer)
        let message = try #require(record.message)
        #expect(message.type == .requestDistributeEvent)
        #expect(message[.timeout] == 60)
        #expect(message[.callUUID] == CallUUID("AM5D3AE9D90757BKTSVJTCIAR4000014"))
        #expect(message[.extensions]?.string("vqid") == "N6NKOJMDT16I93HFG6V041D9L0000001")
        #expect(message[.reason] == ["RTR": 115])
        #expect(
            message[.userData] == [
                "RTargetAgentSelected": "agent01", "RRequestedSkills": .list([:]), "PegAG?:Skill1 > 1": 1,
            ])
        #expect(message[.connID] == ConnID("006c02462a161006"))
        #expect(message[.userEvent] == .eventQueued)
        #expect(message[.otherDNRole] == .origination)
        #expect(message[.referenceID] == 4_294_967_295)
        // What the log says of lists is kept where it does not show all their pairs.
        #expect(record.attributes.compactMap(\.summary?.byteCount) == [194, 598])
    }

    @Test func `a request of the Platform SDK is read`() throws {
        let record = try #require(try Self.records("sdk.attach-user-data.log").first)
        #expect(record.form == .platformSDK)
        let message = try #require(record.message)
        #expect(message.type == .requestAttachUserData)
        #expect(message[.connID] == ConnID(rawValue: 0x890))
        #expect(message[.referenceID] == 88)
        #expect(message[.thisDN] == "2214")
        #expect(message[.userData] == ["ActivityID": "1-4YU7KQ"])
    }

    @Test func `a value that a log leaves out is no value of the message`() {
        let log = "message RequestAnswerCall\n\tAttributeConnID\t...\n\t...\n\tAttributePrivateMsgID\t3013\n"
        let record = TLogRecord.records(in: log).first
        #expect(record?.message?.entries == [TMessage.Entry(code: 105, value: .integer(3_013))])
        #expect(record.map { "\($0)\n" } == log)
    }

    @Test func `lines of the Platform SDK that are left out are written as part of the message`() {
        let text = "'EventACK' ('138')\nmessage attributes:\nAttributeReferenceID [int] = 5\n\t...\nAttributeANI"
        let records = TLogRecord.records(in: text)
        #expect(records.map(\.description) == [text])
        #expect(records.first?.message?.entries.count == 1)
    }

    @Test(arguments: [
        "AttributeTimeinSecs\t1439853377 (01:16:17)", "AttributeTimeinSecs\t1439853377", "AttributeCallID\t007",
        "AttributeConnID\t890", "AttributeConnID\t006C02462A161006", "AttributeAddressType\t1 (DN)",
        "AttributeThisDN\t'7001", "AttributeUserEvent\tEventQueued", "AttributeInputMask\t[3] 00 01",
        "AttributeUnheardOf\tanything", "AttributeUserData\t[4]",
    ])
    func `a value that would be printed otherwise is kept as it stands`(line: String) throws {
        let record = try #require(TLogRecord.records(in: "message EventACK\n\t\(line)").first)
        #expect(record.description == "message EventACK\n\t\(line)")
        guard case .word? = record.attributes.first?.value else { return #expect(Bool(false)) }
    }

    @Test(arguments: [
        ("AttributeTimeinSecs\t1439853377 (01:16:17)", TValue.integer(1_439_853_377)),
        ("AttributeConnID\t890", .identity(0x890)), ("AttributeAddressType\t1 (DN)", .integer(1)),
        ("AttributeCallID\t007", .integer(7)),
    ])
    func `a value with a remark, or spelled otherwise, is a value of the message`(line: String, value: TValue) {
        let record = TLogRecord.records(in: "message EventACK\n\t\(line)").first
        #expect(record?.message?.entries.map(\.value) == [value])
    }

    @Test(arguments: [TLogRecord.Form.server, .platformSDK])
    func `any message survives the log`(form: TLogRecord.Form) {
        var message = TFrameTests.rich()
        message[.userData] = [
            "lines": "a\nmessage EventACK\n\tAttributeThisDN\t'x'", "quote's": "it's '", "back\\slash": "C:\\x0a\\y",
            "": "", "twice": 1, "twice": 2, "bracket' [": "\"] = ",
            "list": .list(["inner": .list(["leaf": 1]), "after": "x"]), "last": .binary([]),
        ]
        let record = TLogRecord(message, form)
        #expect(TLogRecord.records(in: record.description) == [record])
        #expect(record.message == message)
    }

    @Test(arguments: 0..<300)
    func `messages made by chance survive the log`(seed: Int) {
        var made = MadeMessages(seed: UInt64(seed))
        let message = made.next()
        for form in [TLogRecord.Form.server, .platformSDK] {
            let text = TLogRecord(message, form).description
            let records = TLogRecord.records(in: text)
            #expect(records.map(\.message) == [message])
            #expect(records.map(\.description) == [text])
        }
    }

    @Test func `passwords are not written`() {
        var message = TMessage(.requestRegisterClient)
        message[.applicationName] = "desktop"
        message[.applicationPassword] = "secret"
        message[.password] = "secret"
        #expect("\(message)" == "message RequestRegisterClient\n\tAttributeApplicationName\t'desktop'")
    }

    @Test func `a list is printed as in logs, and read again`() {
        let list: KVList = [
            "a": "x", "list": .list(["b": 1, "deeper": .list(["c": "y"])]), "bytes": .binary([0, 255]), "a": "z",
        ]
        let text = """
            'a'\t'x'
            'list'(list)
            \t'b'\t1
            \t'deeper'(list)
            \t\t'c'\t'y'
            'bytes'\t[2] 00 ff
            'a'\t'z'
            """
        #expect(list.description == text)
        #expect(KVList(text: text) == list)
        #expect(KVList(text: "") == KVList())
        #expect(KVList(text: "'a'\t'x'\nno pair") == nil)
    }
}
