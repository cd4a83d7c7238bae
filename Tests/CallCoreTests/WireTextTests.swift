import CallCore
import Testing

@Suite struct WireTextTests {
    private let message = Array("From: <sip:ada@home>;tag=1".utf8)

    @Test func `a piece is a place in the bytes`() {
        let text = WireText(self.message, in: 7..<19)
        #expect(text.string == "sip:ada@home" && text.count == 12 && !text.isEmpty)
        #expect(text.extracting(11..<14).string == "ada")
        #expect(text.description == "sip:ada@home")
    }

    @Test func `equal bytes are equal wherever they lie`() {
        let text = WireText(self.message, in: 11..<14)
        #expect(text == "ada" && text == WireText("ada") && text.hashValue == WireText("ada").hashValue)
        #expect(text != "adb" && text != "ad" && text != "")
        #expect(WireText(self.message, in: 3..<3) == WireText())
    }

    @Test func `a detached piece holds its own bytes only`() {
        let text = WireText(self.message, in: 11..<14).detached
        #expect(text.buffer == Array("ada".utf8) && text == "ada")
    }

    @Test func `bytes that are no UTF-8 are kept, and replaced in the string`() {
        let text = WireText([0x61, 0xFF, 0x62], in: 0..<3)
        var output: [UInt8] = []
        text.write(to: &output)
        #expect(output == [0x61, 0xFF, 0x62] && text.string == "a\u{FFFD}b")
    }
}
