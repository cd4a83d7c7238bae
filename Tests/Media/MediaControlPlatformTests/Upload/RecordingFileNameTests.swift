import CallCore
import RecordingStorage
import Testing

@testable import MediaControlPlatform

@Suite struct RecordingFileNameTests {
    private static let start = WallTime(milliseconds: 1_417_613_480_000)

    @Test(arguments: [
        (
            "011AP643CSAPR4FKQGQE31TAES00029V_2015-09-10_16-58-22", 1,
            "011AP643CSAPR4FKQGQE31TAES00029V_2015-09-10_16-58-22-006B015F-1000427D-00000001"
        ),
        (nil, 1, "callrec.006B015F-1000427D.141203133120"),
        (nil, 2, "callrec.006B015F-1000427D.141203133120-00000002"),
        ("", 1, "callrec.006B015F-1000427D.141203133120"),
        ("../../etc/passwd", 12, "_._.._etc_passwd-006B015F-1000427D-00000012"),
        ("a b\u{0}c\\d/é", 3, "a_b_c_d__-006B015F-1000427D-00000003"),
    ])
    func `a name is built from the id, the session and the number`(id: String?, sequence: Int, name: String) throws {
        let session = try #require(GVPSessionID("006B015F-1000427D"))
        let made = RecordingFileName.name(id: id, session: session, sequence: sequence, start: Self.start)
        #expect(made == name)
        #expect(RecordingPath(made) != nil)
    }

    @Test(arguments: [
        ("006B015F-1000427D", "006B015F-1000427D"), ("006b015f-1000427d;gvp=1", "006B015F-1000427D"),
        ("006B015F1000427D", nil), ("006B015F-1000427", nil), ("006B015F-1000427G", nil), ("", nil), ("--", nil),
    ])
    func `a session id is two groups of eight hexadecimal digits`(text: String, id: String?) {
        #expect(GVPSessionID(text)?.rawValue == id)
    }

    @Test func `a session id is made from tokens`() {
        var tokens = TokenGenerator(seed: 7)
        let made = GVPSessionID(tokens: &tokens)
        #expect(GVPSessionID(made.rawValue) == made)
    }
}
