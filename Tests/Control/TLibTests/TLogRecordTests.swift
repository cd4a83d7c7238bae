import TLib
import Testing

@Suite struct TLogRecordTests {
    /// A refusal as a T-Server prints it, with the lines of its log around it.
    static let refusal = """
        @23:16:17.4586 [0] 8.1.101.33 send_to_client: message EventError
        \t(DN is not configured in CME)
        \tAttributeEventSequenceNumber\t00000000010c9288
        \tAttributeTimeinuSecs\t458658
        \tAttributeTimeinSecs\t1439853377 (23:16:17)
        \tAttributeErrorCode\t59
        \tAttributeErrorMessage\t'DN is not configured in CME'
        \tAttributeThisDN\t'0091BAFE-5E73-1473-97EF-443C330AAA77'
        \tAttributeClientID\t1145
        """

    /// A request as a router prints it; the numbers of its type and of `AttributeTimeout` are not known, the lists
    /// are shortened.
    static let request = """
        request to 65200(TServer) message RequestDistributeEvent
        \tAttributeCallUUID\t'AM5D3AE9D90757BKTSVJTCIAR4000014'
        \tAttributeTimeout\t60
        \tAttributeExtensions\t[194] 00 07 00 00..
        \t\t'SIGNATURE'\t'router'
        \t\t'NAME'\t'URS76'
        \t\t'VQID'\t'N6NKOJMDT16I93HFG6V041D9L0000001'
        \tAttributeReason\t[14] 00 01 01 00..
        \t\t'RTR'\t115
        \tAttributeUserData\t[598] 00 16 00 00..
        \t\t'RTargetAgentSelected'\t'agent01'
        \t\t'RRequestedSkills'(list)
        \t\t'PegAG?:Skill1 > 1'\t1
        \tAttributeOtherDNRole\t1
        \tAttributeThisDN\t'VQ_Sales'
        \tAttributeCallType\t2
        \tAttributeConnID\t006c02462a161006
        \tAttributeReferenceID\t4294967295
        \tAttributeUserEvent\tEventQueued
        """

    @Test func `a refusal is read and written again`() throws {
        let log = """
            @23:16:17.4000 [0] something else
            \(Self.refusal)
            2015-08-17T23:16:17.458 Int 04545 Interaction message "EventError" sent to 24 ("ICON_localdb")
            \tAttributeThisDN\t'nobody'
            """
        let records = TLogRecord.records(in: log)
        #expect(records.map(\.description) == [Self.refusal])
        let message = try #require(records.first?.message)
        #expect(message.type == .eventError)
        #expect(message[.eventSequenceNumber] == 0x10C_9288)
        #expect(message[.timeinSecs] == 1_439_853_377)
        #expect(message[.errorCode] == .dnNotConfigured)
        #expect(message[.thisDN] == "0091BAFE-5E73-1473-97EF-443C330AAA77")
        #expect(TLogRecord(message, heading: records[0].heading) == records[0])
    }

    @Test func `a request is read with its lists, and with names whose numbers are not known`() throws {
        let record = try #require(TLogRecord.records(in: Self.request).first)
        #expect(record.heading == "request to 65200(TServer)")
        #expect(record.name == "RequestDistributeEvent")
        #expect(record.message?.type == .requestDistributeEvent)
        #expect(record.attributes.map(\.name).contains("AttributeTimeout"))
        var known = record
        known.name = "EventUserEvent"
        let message = try #require(known.message)
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
    }

    @Test func `a request is written as it was read, but for the lengths of shortened lists`() throws {
        let record = try #require(TLogRecord.records(in: Self.request).first)
        let written = record.description.split(separator: "\n")
        let expected = Self.request.split(separator: "\n")
        let different = zip(written, expected).filter { $0 != $1 }.map { $1 }
        #expect(written.count == expected.count)
        #expect(
            different == ["\tAttributeExtensions\t[194] 00 07 00 00..", "\tAttributeUserData\t[598] 00 16 00 00.."])
        #expect(TLogRecord.records(in: record.description) == [record])
    }

    @Test func `a value that a log leaves out is skipped`() {
        let log = "message RequestAnswerCall\n\tAttributeConnID\t...\n\t...\n\tAttributePrivateMsgID\t3013\n"
        let message = TLogRecord.records(in: log).first?.message
        #expect(message?[.connID] == nil)
        #expect(message?[.privateMsgID] == .recordStart)
    }

    @Test func `any message survives the log`() {
        var message = TFrameTests.rich()
        message[.userData] = [
            "lines": "a\nmessage EventACK\n\tAttributeThisDN\t'x'", "quote's": "it's '", "back\\slash": "C:\\x0a\\y",
            "": "",
            "list": .list(["inner": .list(["leaf": 1]), "after": "x"]), "last": .binary([]),
        ]
        #expect(TLogRecord.records(in: "\(message)").map(\.message) == [message])
    }

    @Test func `passwords are not written`() {
        var message = TMessage(.requestRegisterClient)
        message[.applicationName] = "desktop"
        message[.applicationPassword] = "secret"
        #expect("\(message)" == "message RequestRegisterClient\n\tAttributeApplicationName\t'desktop'")
    }
}
