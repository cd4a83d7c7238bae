import CallCore
import CaptureJournal
import Testing

@Suite struct JournalReaderTests {
    /// Ten packets of 20 bytes, each full of its own number; 48 bytes a record.
    private static let journal: [UInt8] = {
        var writer = JournalWriter()
        for number in 0..<10 {
            let payload = [UInt8](repeating: UInt8(number), count: 20)
            writer.append(
                .packet, recording: RecordingNumber(rawValue: UInt64(100 + number)), channel: number % 2,
                at: .zero + .milliseconds(Int64(20 * number)), payload: payload.span)
        }
        return writer.takeAll() ?? []
    }()
    private static let recordByteCount = 48

    private func read(_ bytes: [UInt8]) -> (records: [JournalRecord], damage: [JournalDamage]) {
        var reader = JournalReader()
        var records: [JournalRecord] = []
        while let record = reader.next(in: bytes.span) { records.append(record) }
        return (records, reader.damage)
    }

    @Test func `what was written is read, in order and to the last byte`() {
        let (records, damage) = self.read(Self.journal)
        #expect(damage.isEmpty)
        #expect(records.map(\.recording.rawValue) == Array(100..<110))
        #expect(records.map(\.channel) == [0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
        #expect(records.map { $0.time.nanoseconds / 20_000_000 } == Array(0..<10))
        for (number, record) in records.enumerated() {
            #expect(Array(Self.journal[record.payload]) == [UInt8](repeating: UInt8(number), count: 20))
        }
    }

    @Test(arguments: 1..<48) func `a torn tail costs only the torn record, and is said to be torn`(kept: Int) {
        let bytes = Array(Self.journal.prefix(9 * Self.recordByteCount + kept))
        let (records, damage) = self.read(bytes)
        #expect(records.count == 9)
        #expect(damage == [JournalDamage(.torn, 9 * Self.recordByteCount..<bytes.count)])
    }

    @Test(arguments: 0..<48) func `one wrong byte costs only its own record, and is found`(offset: Int) {
        var bytes = Self.journal
        bytes[4 * Self.recordByteCount + offset] ^= 0x10
        let (records, damage) = self.read(bytes)
        #expect(records.map(\.recording.rawValue) == [100, 101, 102, 103, 105, 106, 107, 108, 109])
        #expect(damage == [JournalDamage(.corrupt, 4 * Self.recordByteCount..<5 * Self.recordByteCount)])
    }

    @Test func `what never left memory is read without its checksums`() {
        var bytes = Self.journal
        bytes[5 * Self.recordByteCount - 1] ^= 0x10
        var reader = JournalReader(isTrusting: true)
        var numbers: [UInt64] = []
        while let record = reader.next(in: bytes.span) { numbers.append(record.recording.rawValue) }
        #expect(numbers == Array(100..<110))
        #expect(reader.damage.isEmpty)
    }

    @Test func `zeroes that a file system has left behind are damage and no records`() {
        let (records, damage) = self.read(Self.journal + [UInt8](repeating: 0, count: 4_096))
        #expect(records.count == 10)
        #expect(damage == [JournalDamage(.corrupt, Self.journal.count..<Self.journal.count + 4_096)])
    }

    @Test func `damaged bytes never trap, and every record that is left is one that was written`() {
        var tokens = TokenGenerator(seed: 20_250_101)
        let whole = Set(self.read(Self.journal).records.map(\.recording))
        for _ in 0..<500 {
            var bytes = Self.journal
            for _ in 0..<Int(tokens.next() % 6 + 1) {
                bytes[Int(tokens.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: tokens.next())
            }
            bytes.removeLast(Int(tokens.next() % UInt64(bytes.count)))
            #expect(Set(self.read(bytes).records.map(\.recording)).isSubset(of: whole))
        }
    }

    @Test func `the recordings of a batch are found without reading its payloads`() {
        let found = JournalReader.recordings(in: Self.journal.span)
        #expect(found == Set((100..<110).map { RecordingNumber(rawValue: $0) }))
    }

    @Test func `a kind that is not known is handed over like any other`() {
        var writer = JournalWriter()
        writer.append(JournalRecordKind(rawValue: 200), recording: RecordingNumber(rawValue: 1), at: .zero)
        let (records, damage) = self.read(writer.takeAll() ?? [])
        #expect(records.map(\.kind.rawValue) == [200])
        #expect(damage.isEmpty)
    }
}
