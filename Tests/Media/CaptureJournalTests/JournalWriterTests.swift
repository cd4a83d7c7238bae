import CallCore
import CaptureJournal
import Testing

@Suite struct JournalWriterTests {
    private static let recording = RecordingNumber(rawValue: 7)
    private static let payload = [UInt8](repeating: 0x2A, count: 172)

    private func packet(_ writer: inout JournalWriter, at milliseconds: Int64) {
        writer.append(
            .packet, recording: Self.recording, at: .zero + .milliseconds(milliseconds), payload: Self.payload.span)
    }

    @Test func `a batch is due when its oldest record is, and holds everything that came until then`() {
        var writer = JournalWriter(maximumAge: .milliseconds(200))
        self.packet(&writer, at: 1_000)
        self.packet(&writer, at: 1_190)
        let early = writer.takeBatch(at: .zero + .milliseconds(1_199))
        #expect(early == nil)
        let batch = writer.takeBatch(at: .zero + .milliseconds(1_200))
        #expect(batch?.count == 400)
        #expect(writer.isEmpty)
    }

    @Test func `a batch is due when it is large, however young`() {
        var writer = JournalWriter(maximumByteCount: 1_000)
        for _ in 0..<4 { self.packet(&writer, at: 0) }
        let early = writer.takeBatch(at: .zero)
        #expect(early == nil)
        self.packet(&writer, at: 0)
        let batch = writer.takeBatch(at: .zero)
        #expect(batch?.count == 1_000)
    }

    @Test func `nothing is due where nothing was written`() {
        var writer = JournalWriter()
        let early = writer.takeBatch(at: .zero + .seconds(10))
        #expect(early == nil)
        let all = writer.takeAll()
        #expect(all == nil)
    }

    @Test func `the position counts on over all batches`() {
        var writer = JournalWriter()
        self.packet(&writer, at: 0)
        let first = writer.takeAll()?.count
        self.packet(&writer, at: 0)
        #expect(first.map { UInt64($0) * 2 } == writer.position)
    }

    @Test func `a payload that no reader would take is not written`() {
        var writer = JournalWriter()
        let long = [UInt8](repeating: 0, count: 1 << 20 + 1)
        let isLongWritten = writer.append(.begun, recording: Self.recording, at: .zero, payload: long.span)
        let isChannelWritten = writer.append(
            .packet, recording: Self.recording, channel: 256, at: .zero, payload: Self.payload.span)
        #expect(!isLongWritten)
        #expect(!isChannelWritten)
        #expect(writer.isEmpty)
    }
}
