import MSML
import Testing

/// What attributes say.
@Suite struct MSMLValueTests {
    @Test(arguments: [
        ("10s", Duration.seconds(10)), ("500ms", .milliseconds(500)), (".5s", .milliseconds(500)),
        ("0.25s", .milliseconds(250)), ("4", .seconds(4)), ("+2s", .seconds(2)), ("-3s", .seconds(-3)), ("0s", .zero),
        ("1.5ms", .microseconds(1_500)), ("1000000000s", .seconds(1_000_000_000)),
    ])
    func `a duration is read with its unit, and without one as seconds`(text: String, expected: Duration) {
        #expect(Duration(msml: text) == expected)
    }

    @Test(arguments: [
        "", "s", "ms", ".", "1.2.3s", "1 s", "ten", "1e3s", "--1s", "1000000001s", "99999999999999999999s", "١s",
    ])
    func `what is no duration is none`(text: String) {
        #expect(Duration(msml: text) == nil)
    }

    @Test(arguments: [
        (Duration.seconds(10), "10s"), (.milliseconds(500), "500ms"), (.zero, "0s"), (.seconds(-3), "-3s"),
        (.milliseconds(-1_500), "-1500ms"), (.microseconds(1_500), "1.500ms"), (.microseconds(7), "0.007ms"),
        (.microseconds(-1_000_001), "-1000.001ms"),
    ])
    func `a duration is written in seconds or milliseconds, and read again`(duration: Duration, text: String) {
        #expect(duration.msml == text)
        #expect(Duration(msml: text) == duration)
    }

    @Test(arguments: [
        ("1", MSMLIterations.times(1)), ("12", .times(12)), ("forever", .forever), ("FOREVER", .forever),
        ("-1", .forever),
    ])
    func `a number of turns is read`(text: String, expected: MSMLIterations) {
        #expect(MSMLIterations(msml: text) == expected)
        #expect(MSMLIterations(msml: expected.msml) == expected)
    }

    @Test(arguments: ["0", "-2", "", "often"])
    func `what is no number of turns is none`(text: String) {
        #expect(MSMLIterations(msml: text) == nil)
    }

    @Test(arguments: [
        ("-20", MSMLGain.decibels(-20)), ("96", .decibels(96)), ("3dB", .decibels(3)), ("mute", .mute), ("Mute", .mute),
    ])
    func `a gain is read`(text: String, expected: MSMLGain) {
        #expect(MSMLGain(msml: text) == expected)
        #expect(MSMLGain(msml: expected.msml) == expected)
    }

    @Test(arguments: ["97", "-97", "", "loud"])
    func `what is no gain is none`(text: String) {
        #expect(MSMLGain(msml: text) == nil)
    }

    @Test(arguments: [("true", true), ("TRUE", true), ("1", true), ("no", false), ("false", false)])
    func `a flag is read`(text: String, expected: Bool) {
        #expect(Bool(msml: text) == expected)
    }

    @Test func `names are read with whatever is between them`() {
        #expect(MSMLNames(msml: "play.amt\n\t play.end,dtmf.end") == ["play.amt", "play.end", "dtmf.end"])
        #expect(MSMLNames(["a", "b"]).msml == "a b")
    }

    @Test(arguments: [
        ("conf:abc/dialog:recorder", MSMLObjectID(.conference, "abc", dialog: "recorder")),
        ("conn:1/dialog:2/play.intro", MSMLObjectID(.connection, "1", dialog: "2", part: "play.intro")),
        ("conf:1/oper:3", MSMLObjectID(.conference, "1", part: "oper:3")),
        ("conf:1/oper:3/oper:4", MSMLObjectID(.conference, "1", part: "oper:3/oper:4")),
        ("conf:*", MSMLObjectID(.conference, "*")),
        ("conf:abc/dialog:*", MSMLObjectID(.conference, "abc", dialog: "*")),
        ("conn:", MSMLObjectID(.connection, "")),
        ("/", MSMLObjectID(nil, "", part: "")),
    ])
    func `an identifier is read with all its terms`(text: String, expected: MSMLObjectID) {
        #expect(MSMLObjectID(parsing: text) == expected)
        #expect(expected.description == text)
    }

    /// RFC 5707 §6.2.
    @Test(arguments: [
        ("conf:abc/dialog:*", true, false), ("conn:*", true, false), ("conf:*/dialog:73849", true, true),
        ("conf:abc", false, false), ("conf:a*", false, true), ("conf:abc/dialog:a*", false, true),
    ])
    func `a wildcard stands for all, and at the end only`(text: String, isWildcard: Bool, isIllegal: Bool) {
        let id = MSMLObjectID(parsing: text)
        #expect(id.isWildcard == isWildcard)
        #expect(id.hasIllegalWildcard == isIllegal)
    }
}
