import CallCore
import CaptureJournal
import Testing

@testable import MediaControlPlatform

@Suite struct RecordingTicketTests {
    private static let ticket = RecordingTicket(
        number: RecordingNumber(rawValue: .max), id: "0Ä€𝄞", conference: "",
        channels: [.init(leg: LegID(rawValue: 3), dn: "7001")],
        files: [.init(name: "a.mp3", mediaType: "audio/mp3"), .init(name: "a.wav", mediaType: "audio/wav")],
        startTime: WallTime(milliseconds: -1), parameters: ["b": "2", "a": "", "": "3"])

    @Test func `a ticket is read as it was written, and the same ticket is the same bytes`() {
        let bytes = Self.ticket.encoded()
        #expect(RecordingTicket(parsing: bytes) == Self.ticket)
        #expect(Self.ticket.encoded() == bytes)
    }

    @Test func `a ticket that was cut anywhere is none`() {
        let bytes = Self.ticket.encoded()
        for count in 0..<bytes.count { #expect(RecordingTicket(parsing: Array(bytes.prefix(count))) == nil) }
    }

    @Test func `bytes that are no ticket never trap`() {
        var tokens = TokenGenerator(seed: 5)
        for _ in 0..<2_000 {
            var bytes = Self.ticket.encoded()
            for _ in 0..<4 {
                bytes[Int(tokens.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: tokens.next())
            }
            _ = RecordingTicket(parsing: bytes)
        }
    }
}
