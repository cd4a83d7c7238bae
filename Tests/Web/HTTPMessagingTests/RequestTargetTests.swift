import HTTPMessaging
import Testing

@Suite struct RequestTargetTests {
    @Test(
        arguments: [
            ("/", []), ("/api/v2", ["api", "v2"]), ("/a//b/", ["a", "b"]), ("/a%2Fb/%C3%A4", ["a/b", "ä"]),
            ("/a+b#c", ["a+b"]), ("/..%2f", ["../"]),
        ] as [(String, [String])])
    func `a path is split and decoded`(path: String, segments: [String]) {
        #expect(RequestTarget(path)?.segments == segments)
    }

    @Test func `a query is split and decoded`() throws {
        let target = try #require(RequestTarget("/a?x=1&y=a+b%2B&z&=w&x=2&p=q=r"))
        #expect(target.parameters.map(\.name) == ["x", "y", "z", "", "x", "p"])
        #expect(target.parameters.map(\.value) == ["1", "a b+", "", "w", "2", "q=r"])
        #expect(target["x"] == "1")
        #expect(target["none"] == nil)
    }

    @Test(arguments: [
        "", "a", "http://h/a", "/%", "/%4", "/%zz", "/%ff", "/?a=%", "/?%=a", "/%ED%A0%80", "*",
        "/" + String(repeating: "a", count: 9_000),
    ])
    func `what is no path is refused`(path: String) {
        #expect(RequestTarget(path) == nil)
    }

    @Test(arguments: ["", "a b", "ä/%?&=#+", "\u{1F600}\u{0}", "-._~"])
    func `what was encoded is decoded again`(text: String) {
        #expect(PercentCoding.decode(PercentCoding.encode(text)) == text)
        #expect(PercentCoding.encode(text).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
}
