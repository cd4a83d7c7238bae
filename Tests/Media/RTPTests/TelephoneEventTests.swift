import RTP
import Testing

@Suite struct `Telephone events` {
    @Test func `an event is read`() throws {
        let event = try TelephoneEvent(parsing: [11, 0x8A, 0x03, 0x20].span)
        #expect(event == TelephoneEvent(event: 11, isEnd: true, volume: 10, duration: 800))
        #expect(event.key == "#")
    }

    @Test func `the reserved bit is ignored, and written as 0`() throws {
        let event = try TelephoneEvent(parsing: [1, 0x4A, 0, 1].span)
        #expect(event.encoded() == [1, 0x0A, 0, 1])
    }

    @Test func `three bytes are no event`() {
        #expect(throws: RTPError(.truncated, offset: 3)) { _ = try TelephoneEvent(parsing: [1, 2, 3].span) }
    }

    @Test(arguments: ["0", "9", "*", "#", "A", "d"] as [Character])
    func `a key survives the wire`(key: Character) throws {
        let event = try #require(TelephoneEvent(key: key, duration: 160))
        #expect(try TelephoneEvent(parsing: event.encoded().span).key == Character(key.uppercased()))
    }

    @Test func `a hook flash is no key, and E is none either`() {
        #expect(TelephoneEvent(event: 16, duration: 0).key == nil)
        #expect(TelephoneEvent(key: "E", duration: 0) == nil)
    }
}
