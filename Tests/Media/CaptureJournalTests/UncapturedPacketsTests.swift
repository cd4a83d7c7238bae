import CaptureJournal
import Testing

@Suite struct UncapturedPacketsTests {
    private struct Found: Equatable {
        var kind: JournalRecordKind
        var recording: UInt64
        var channel = 0
        var milliseconds: Int64 = 0
        var count: UInt64?
        var first: Int64?
    }

    private func found(in batch: [UInt8]) -> [Found] {
        var reader = JournalReader()
        var found: [Found] = []
        let bytes = batch.span
        while let record = reader.next(in: bytes) {
            let packets =
                record.kind == .uncaptured ? UncapturedPackets(parsing: bytes.extracting(record.payload)) : nil
            found.append(
                Found(
                    kind: record.kind, recording: record.recording.rawValue, channel: record.channel,
                    milliseconds: record.time.nanoseconds / 1_000_000, count: packets?.count,
                    first: packets.map { $0.first.nanoseconds / 1_000_000 }))
        }
        #expect(reader.damage.isEmpty)
        return found
    }

    private func batch(_ write: (inout JournalWriter) -> Void) -> [UInt8] {
        var writer = JournalWriter()
        write(&writer)
        return writer.takeAll() ?? []
    }

    private func packet(_ recording: UInt64, _ channel: Int, _ milliseconds: Int64, to writer: inout JournalWriter) {
        let payload = [UInt8](repeating: 1, count: 172)
        writer.append(
            .packet, recording: RecordingNumber(rawValue: recording), channel: channel,
            at: MonotonicTime(nanoseconds: milliseconds * 1_000_000), payload: payload.span)
    }

    @Test func `without its packets a batch says how many there were, of each channel, and when`() {
        let batch = self.batch { writer in
            self.packet(1, 0, 10, to: &writer)
            self.packet(2, 1, 15, to: &writer)
            self.packet(1, 0, 30, to: &writer)
            self.packet(1, 1, 31, to: &writer)
        }
        #expect(
            self.found(in: JournalReader.batch(withoutPacketsOf: batch)) == [
                Found(kind: .uncaptured, recording: 1, channel: 0, milliseconds: 30, count: 2, first: 10),
                Found(kind: .uncaptured, recording: 1, channel: 1, milliseconds: 31, count: 1, first: 31),
                Found(kind: .uncaptured, recording: 2, channel: 1, milliseconds: 15, count: 1, first: 15),
            ])
    }

    @Test func `what gives packets their meaning is kept, in its order with what is missing`() {
        let number = RecordingNumber(rawValue: 1)
        let batch = self.batch { writer in
            writer.append(.begun, recording: number, at: .zero)
            self.packet(1, 0, 10, to: &writer)
            writer.append(.paused, recording: number, at: .zero)
            writer.append(.resumed, recording: number, at: .zero)
            self.packet(1, 0, 90, to: &writer)
            writer.append(.ended, recording: number, at: .zero)
        }
        #expect(
            self.found(in: JournalReader.batch(withoutPacketsOf: batch)) == [
                Found(kind: .begun, recording: 1),
                Found(kind: .uncaptured, recording: 1, milliseconds: 10, count: 1, first: 10),
                Found(kind: .paused, recording: 1), Found(kind: .resumed, recording: 1),
                Found(kind: .uncaptured, recording: 1, milliseconds: 90, count: 1, first: 90),
                Found(kind: .ended, recording: 1),
            ])
    }

    @Test func `what is missing in many batches is one record a channel`() {
        var kept: [UInt8] = []
        for round in 0..<1_000 as Range<Int64> {
            let batch = self.batch { self.packet(1, 0, round * 20, to: &$0) }
            kept = JournalReader.batch(withoutPacketsOf: kept + batch)
        }
        #expect(
            self.found(in: kept) == [
                Found(kind: .uncaptured, recording: 1, milliseconds: 19_980, count: 1_000, first: 0)
            ])
    }

    @Test(arguments: [0, 15, 17]) func `a payload of another length is none`(count: Int) {
        let bytes = [UInt8](repeating: 0, count: count)
        #expect(UncapturedPackets(parsing: bytes.span) == nil)
    }
}
