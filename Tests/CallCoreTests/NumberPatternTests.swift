import CallCore
import Testing

@Suite struct NumberPatternTests {
    @Test(arguments: [
        ("14160000001", "+1 (416) 000-0001", true), ("+1-416*", "14160000001", true), ("*0001", "+14160000001", true),
        ("1*6*1", "14160000001", true), ("*", "", true), ("*", "1", true), ("**1**", "1", true), ("", "+", true),
        ("", "1", false), ("1416", "14160000001", false), ("abc", "ABC", false), ("alchoi4", "alchoi4", true),
        ("a*b*c", "abxbc", true), ("a*b*c", "abxb", false), ("[0-9]", "5", false), ("?", "5", false),
        ("ä*", "äb", true),
    ])
    func `letters and digits count, a star stands for any row`(pattern: String, number: String, found: Bool) {
        #expect(NumberPattern(pattern).matches(number) == found)
    }

    @Test func `a long pattern of stars ends in time`() {
        let pattern = NumberPattern(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
    }
}
