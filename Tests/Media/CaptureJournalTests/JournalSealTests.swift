import CallRecordingCrypto
import CaptureJournal
import TestSupport
import Testing

@Suite struct JournalSealTests {
    private let seal = JournalSeal(key: [UInt8](repeating: 7, count: 32), cipher: CryptoCipher())
    private let salt = [UInt8](0..<32)

    private func batch(of numbers: UInt64..., payload: Int = 160) -> [UInt8] {
        var writer = JournalWriter()
        let payload = [UInt8](repeating: 0x55, count: payload)
        for number in numbers {
            writer.append(.packet, recording: RecordingNumber(rawValue: number), at: .zero, payload: payload.span)
        }
        return writer.takeAll() ?? []
    }

    /// A segment of batches, and where each batch's chunks begin.
    private func segment(_ batches: [[UInt8]]) throws -> (bytes: [UInt8], offsets: [Int]) {
        var sealer = self.seal.begin(salt: self.salt)
        var bytes = sealer.header
        var offsets: [Int] = []
        for batch in batches {
            offsets.append(bytes.count)
            bytes += try sealer.seal(batch, at: bytes.count)
        }
        return (bytes, offsets)
    }

    private func recordings(in records: [UInt8]) -> (numbers: [UInt64], damage: [JournalDamage.Kind]) {
        var reader = JournalReader()
        var numbers: [UInt64] = []
        while let record = reader.next(in: records.span) { numbers.append(record.recording.rawValue) }
        return (numbers, reader.damage.map(\.kind))
    }

    @Test func `what was sealed opens as it was`() throws {
        let batches = [self.batch(of: 1, 2), self.batch(of: 3)]
        let segment = try self.segment(batches)
        #expect(JournalSeal.isSealed(segment.bytes))
        #expect(try self.seal.open(segment.bytes) == batches[0] + batches[1])
    }

    @Test func `nothing of what was said can be read in a segment`() throws {
        let segment = try self.segment([self.batch(of: 1)])
        #expect(segment.bytes.firstRange(of: [UInt8](repeating: 0x55, count: 8)) == nil)
        #expect(JournalReader.allRecordings(in: segment.bytes).isEmpty)
    }

    @Test func `the same batch is never the same bytes, in one segment or in two`() throws {
        let batch = self.batch(of: 1)
        let segment = try self.segment([batch, batch])
        let first = segment.bytes[segment.offsets[0] + 16..<segment.offsets[1]]
        let second = segment.bytes[(segment.offsets[1] + 16)...]
        #expect(!first.elementsEqual(second))
        var other = self.seal.begin(salt: self.salt.reversed())
        #expect(try !other.seal(batch, at: other.header.count).dropFirst(16).elementsEqual(first))
    }

    @Test func `a batch is cut into chunks of 64 KiB, where a record ends`() throws {
        let batch = self.batch(of: 1, 2, 3, 4, 5, payload: 40_000)
        let segment = try self.segment([batch])
        // Two records of 40 028 bytes are the first to be more than 64 KiB.
        #expect(segment.bytes.count == 48 + batch.count + 3 * (16 + 16))
        #expect(try self.seal.open(segment.bytes) == batch)
    }

    @Test func `a damaged chunk costs itself only, and is told`() throws {
        let segment = try self.segment([self.batch(of: 1), self.batch(of: 2), self.batch(of: 3)])
        for index in segment.offsets[1]..<segment.offsets[2] {
            var damaged = segment.bytes
            damaged[index] ^= 0x10
            let found = self.recordings(in: try self.seal.open(damaged))
            #expect(found.numbers == [1, 3])
            #expect(found.damage == [.corrupt])
        }
    }

    @Test func `a torn tail costs the torn chunk only, and is told`() throws {
        let segment = try self.segment([self.batch(of: 1), self.batch(of: 2)])
        for count in segment.offsets[1] + 1..<segment.bytes.count {
            let found = self.recordings(in: try self.seal.open(Array(segment.bytes.prefix(count))))
            #expect(found.numbers == [1])
            #expect(found.damage == [.torn])
        }
        #expect(try self.seal.open(Array(segment.bytes.prefix(segment.offsets[1]))) == self.batch(of: 1))
    }

    @Test(arguments: 1..<48)
    func `a segment that ends within its header is torn, and nothing else`(count: Int) throws {
        let segment = try self.segment([self.batch(of: 1)])
        let found = self.recordings(in: try self.seal.open(Array(segment.bytes.prefix(count))))
        #expect(found.numbers == [])
        #expect(found.damage == [.torn])
    }

    @Test func `chunks that have been swapped or repeated do not open`() throws {
        let segment = try self.segment([self.batch(of: 1), self.batch(of: 2), self.batch(of: 3), self.batch(of: 4)])
        let (bytes, offsets) = (segment.bytes, segment.offsets)
        let (second, third) = (bytes[offsets[1]..<offsets[2]], bytes[offsets[2]..<offsets[3]])
        let swapped = Array(bytes[..<offsets[1]] + third + second + bytes[offsets[3]...])
        #expect(self.recordings(in: try self.seal.open(swapped)).numbers == [1, 4])
        let repeated = Array(bytes[..<offsets[2]] + second + bytes[offsets[3]...])
        #expect(self.recordings(in: try self.seal.open(repeated)).numbers == [1, 2, 4])
    }

    @Test func `a chunk of another segment does not open`() throws {
        let segment = try self.segment([self.batch(of: 1), self.batch(of: 2)])
        var other = self.seal.begin(salt: self.salt.reversed())
        let foreign = other.header + (try other.seal(self.batch(of: 9), at: other.header.count))
        let mixed = Array(segment.bytes[..<segment.offsets[1]] + foreign[48...])
        #expect(self.recordings(in: try self.seal.open(mixed)).numbers == [1])
    }

    @Test func `a segment that was sealed under another key is refused as such`() throws {
        let segment = try self.segment([self.batch(of: 1)])
        let other = JournalSeal(key: [UInt8](repeating: 8, count: 32), cipher: CryptoCipher())
        let error = #expect(throws: JournalError.self) { try other.open(segment.bytes) }
        #expect(error?.code == .sealed)
        #expect(error?.message.contains("another node key") == true)
    }

    @Test(arguments: 4..<48)
    func `a segment whose header is damaged is refused, and not taken for an empty one`(index: Int) throws {
        var segment = try self.segment([self.batch(of: 1)]).bytes
        segment[index] ^= 1
        let damaged = segment
        #expect(throws: JournalError(.sealed, "")) { try self.seal.open(damaged) }
    }

    @Test func `hostile segments open to records that were sealed, or not at all`() throws {
        let good = try self.segment([self.batch(of: 1, 2), self.batch(of: 3)]).bytes
        var mutations = Mutations(seed: 11)
        for _ in 0..<2_000 {
            let bytes = mutations.next(of: good, inserting: [0x4A, 0x43, 0, 0x52])
            guard let records = try? self.seal.open(bytes), JournalSeal.isSealed(bytes) else { continue }
            #expect(self.recordings(in: records).numbers.allSatisfy { (1...3).contains($0) })
        }
    }
}
