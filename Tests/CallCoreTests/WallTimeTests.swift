import CallCore
import Testing

@Suite struct WallTimeTests {
    @Test(arguments: [
        ("2015-09-10T16:58:22Z", "2015-09-10T16:58:22.000+0000"),
        ("2015-09-10T16:58:22.123+0000", "2015-09-10T16:58:22.123+0000"),
        ("2014-12-03T13:31:20-05:00", "2014-12-03T18:31:20.000+0000"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000+0000"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500+0000"),
        ("2026-11-24T20:26:13+01:00", "2026-11-24T19:26:13.000+0000"),
    ])
    func `a date is read in any ISO form and written in the form of the web services`(text: String, expected: String) {
        #expect(WallTime(iso8601: text)?.iso8601Milliseconds == expected)
    }

    @Test(arguments: [
        "", "2015", "2015-13-01T00:00:00Z", "2015-09-10 16:58:22Z", "2015-09-10T16:58:22", "2015-09-10T16:58:22.Z",
    ])
    func `what is no date is refused`(text: String) {
        #expect(WallTime(iso8601: text) == nil)
    }
}
