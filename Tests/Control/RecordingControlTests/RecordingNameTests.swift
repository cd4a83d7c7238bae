import RecordingControl
import Testing

@Suite struct RecordingNameTests {
    @Test(arguments: [
        // GIR API, mediaId without the session and the number of the file
        (
            "$UUID$_$DATE$_$TIME$", "011AP643CSAPR4FKQGQE31TAES00029V", "2015-09-10T16:58:22Z",
            "011AP643CSAPR4FKQGQE31TAES00029V_2015-09-10_16-58-22"
        ),
        // parameter id of a recorder that SIP Server started
        (
            "$UUID$_$DATE$_$TIME$", "01FES9JKSOFQLEKK3CSH5B5AES00JV1U", "2020-12-03T19:46:27Z",
            "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27"
        ),
        // GSIP_REC_FN of a switch with a pattern of its own
        (
            "$UUID$_$ANI$_$DNIS$_$AGENTDN$_$DATE$_$TIME$_hpe-voicevm-70-dot-genesyslab-dot-com__<cont_center_id>",
            "01RCC3N118B1V0SL8O7GK2LAES00000V", "2015-10-16T14:26:23Z",
            "01RCC3N118B1V0SL8O7GK2LAES00000V_15000_15000_15001_2015-10-16_14-26-23"
                + "_hpe-voicevm-70-dot-genesyslab-dot-com__%3Ccont_center_id%3E"
        ),
    ])
    func `a recording is named as SIP Server names it`(
        template: String, uuid: String, time: String, expected: String
    ) throws {
        let call = try Self.call(uuid: uuid)
        let start = try #require(WallTime(iso8601: time))
        #expect(try RecordingName(template: template).name(of: call, recorded: "15001", start: start) == expected)
    }

    @Test(arguments: [
        ("../../etc", "%2E./..%2F..%2Fetc"), ("+4930 1/2", "%2B4930%201%2F2"), ("ü", "%C3%BC"),
    ])
    func `what is filled in never leads out of a folder`(ani: String, expected: String) throws {
        var call = try Self.call()
        call.ani = DN(ani)
        let name = try RecordingName(template: ani.hasPrefix(".") ? "$ANI$" : "x$ANI$")
            .name(of: call, recorded: "1", start: WallTime(milliseconds: 0))
        #expect(!name.contains("/"))
        #expect(name.first != ".")
        #expect(RecordingName.isValid(name))
        if !ani.hasPrefix(".") { #expect(name == "x" + expected) }
    }

    @Test func `a name is never longer than a file's name can be`() throws {
        var call = try Self.call()
        call.ani = DN(String(repeating: "9", count: 1_000))
        let name = try RecordingName(template: "$UUID$_$ANI$").name(
            of: call, recorded: "1", start: WallTime(milliseconds: 0))
        #expect(name.utf8.count == RecordingName.longest)
    }

    @Test(arguments: ["", "$UUID", "$UUID$_$WHO$", "$$"])
    func `a wrong pattern is refused`(template: String) {
        #expect(throws: ConfigurationError.self) { try RecordingName(template: template) }
    }

    @Test(arguments: [
        ("call-1_a.b~c", true), ("a%2Fb", true), ("", false), ("a/b", false), (".hidden", false), ("a b", false),
        (String(repeating: "a", count: 201), false),
    ])
    func `a name that somebody asks for must fit into a file's name`(name: String, valid: Bool) {
        #expect(RecordingName.isValid(name) == valid)
    }

    private static func call(uuid: String = "011AP643CSAPR4FKQGQE31TAES00029V") throws -> CallSnapshot {
        CallSnapshot(
            callUUID: try #require(CallUUID(uuid)), connID: ConnID(rawValue: 1), ani: "15000", dnis: "15000")
    }
}
