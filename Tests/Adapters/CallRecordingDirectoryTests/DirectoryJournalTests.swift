import CallCore
import CallRecordingCrypto
import CaptureJournal
import Foundation
import Testing

@testable import CallRecordingDirectory

@Suite struct DirectoryJournalTests {
    private let path = FileManager.default.temporaryDirectory.path + "/journal-\(UUID().uuidString)"

    private func batch(of number: UInt64, filler: Int = 0) -> [UInt8] {
        var writer = JournalWriter()
        let payload = [UInt8](repeating: 0x55, count: filler)
        writer.append(.packet, recording: RecordingNumber(rawValue: number), at: .zero, payload: payload.span)
        return writer.takeAll() ?? []
    }

    private func append(_ batch: [UInt8], to journal: DirectoryJournal) async -> Result<Void, JournalError> {
        await withCheckedContinuation { continuation in
            journal.append(batch) { continuation.resume(returning: $0) }
        }
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self.path).sorted()
    }

    private func segments(of journal: DirectoryJournal) throws -> [[UInt8]] {
        var segments: [[UInt8]] = []
        try journal.readSegments { segments.append($0) }
        return segments
    }

    @Test func `what was committed is found by the next run, in order`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let first = try DirectoryJournal(self.path)
        for number in 1...3 { try await self.append(self.batch(of: UInt64(number)), to: first).get() }
        #expect(try self.segments(of: first).isEmpty)
        first.close()
        let second = try DirectoryJournal(self.path)
        #expect(try self.segments(of: second) == [self.batch(of: 1) + self.batch(of: 2) + self.batch(of: 3)])
        second.close()
    }

    @Test func `segments are full, named in order, and for their owner's eyes only`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let journal = try DirectoryJournal(self.path, segmentByteCount: 100)
        for number in 1...3 { try await self.append(self.batch(of: UInt64(number), filler: 100), to: journal).get() }
        #expect(try self.files() == ["0000000001.journal", "0000000002.journal", "0000000003.journal"])
        for file in try self.files() {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(self.path)/\(file)")
            #expect((attributes[.posixPermissions] as? Int) == 0o600)
        }
        journal.close()
    }

    @Test func `a segment goes when all its recordings have been released, those of earlier runs too`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let first = try DirectoryJournal(self.path, segmentByteCount: 10)
        for number in [1, 2] as [UInt64] { try await self.append(self.batch(of: number), to: first).get() }
        first.close()
        let second = try DirectoryJournal(self.path, segmentByteCount: 10)
        try await self.append(self.batch(of: 2), to: second).get()
        second.release(RecordingNumber(rawValue: 1))
        // Releases are carried out before the batches that come after them are reported.
        try await self.append(self.batch(of: 3), to: second).get()
        try await self.append(self.batch(of: 3), to: second).get()
        #expect(try !self.files().contains("0000000001.journal"))
        #expect(try self.files().contains("0000000002.journal"))
        second.release(RecordingNumber(rawValue: 2))
        try await self.append(self.batch(of: 3), to: second).get()
        try await self.append(self.batch(of: 3), to: second).get()
        #expect(try !self.files().contains("0000000002.journal"))
        #expect(try !self.files().contains("0000000003.journal"))
        second.close()
    }

    @Test func `what was released is not handed to the next run, though its segment stays for others`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let first = try DirectoryJournal(self.path)
        for number in [1, 2, 1] as [UInt64] { try await self.append(self.batch(of: number), to: first).get() }
        first.release(RecordingNumber(rawValue: 1))
        // Releases are carried out before the batches that come after them are reported.
        for _ in 1...2 { try await self.append(self.batch(of: 2), to: first).get() }
        first.close()
        let second = try DirectoryJournal(self.path)
        #expect(try self.segments(of: second) == [self.batch(of: 2) + self.batch(of: 2) + self.batch(of: 2)])
        second.release(RecordingNumber(rawValue: 2))
        for _ in 1...2 { try await self.append(self.batch(of: 3), to: second).get() }
        #expect(try self.files() == ["0000000002.journal"])
        second.close()
    }

    @Test func `a segment that cannot be read does not hide those after it`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let first = try DirectoryJournal(self.path, segmentByteCount: 10)
        try await self.append(self.batch(of: 1), to: first).get()
        first.close()
        let loop = self.path + "/0000000000.journal"
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        let second = try DirectoryJournal(self.path)
        var segments: [[UInt8]] = []
        #expect(throws: JournalError(.failed, "")) { try second.readSegments { segments.append($0) } }
        #expect(segments == [self.batch(of: 1)])
        second.close()
    }

    @Test func `a batch that cannot be written says so, and leaves no half of itself`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let journal = try DirectoryJournal(self.path, segmentByteCount: 10)
        try await self.append(self.batch(of: 1), to: journal).get()
        try FileManager.default.moveItem(atPath: self.path, toPath: self.path + ".away")
        let outcome = await self.append(self.batch(of: 2), to: journal)
        #expect(throws: JournalError(.failed, "")) { try outcome.get() }
        try FileManager.default.moveItem(atPath: self.path + ".away", toPath: self.path)
        try await self.append(self.batch(of: 3), to: journal).get()
        journal.close()
        let next = try DirectoryJournal(self.path)
        #expect(try self.segments(of: next) == [self.batch(of: 1), self.batch(of: 3)])
        next.close()
    }

    @Test func `a journal that was closed takes nothing more`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let journal = try DirectoryJournal(self.path)
        journal.close()
        let outcome = await self.append(self.batch(of: 1), to: journal)
        #expect(throws: JournalError(.closed, "")) { try outcome.get() }
    }

    @Test func `a folder that cannot be made is told with its path`() {
        let error = #expect(throws: JournalError.self) { try DirectoryJournal("/dev/null/journal") }
        #expect(error?.message.contains("/dev/null/journal") == true)
    }

    // MARK: Two at once

    @Test func `two journals over one folder are refused, with its name`() throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let journal = try DirectoryJournal(self.path)
        let error = #expect(throws: JournalError.self) { try DirectoryJournal(self.path) }
        #expect(error?.code == .inUse)
        #expect(error?.message.contains(self.path) == true)
        journal.close()
        try DirectoryJournal(self.path).close()
    }

    @Test func `a journal that nobody holds any longer lets others use its folder`() throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        for _ in 0..<2 { _ = try DirectoryJournal(self.path) }
    }

    // MARK: Sealed

    private func seal(_ byte: UInt8 = 1) -> JournalSeal {
        JournalSeal(key: [UInt8](repeating: byte, count: 32), cipher: CryptoCipher())
    }

    private func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(self.path)/\(name)")))
    }

    @Test func `a sealed journal shows nothing on the disk, and is read with its key`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let first = try DirectoryJournal(self.path, seal: self.seal())
        for number in 1...3 { try await self.append(self.batch(of: UInt64(number), filler: 160), to: first).get() }
        first.close()
        let second = try DirectoryJournal(self.path, seal: self.seal())
        let batches = (1...3).flatMap { self.batch(of: UInt64($0), filler: 160) }
        #expect(try self.segments(of: second) == [batches])
        let bytes = try self.bytes(of: "0000000001.journal")
        #expect(bytes.firstRange(of: [UInt8](repeating: 0x55, count: 8)) == nil)
        second.close()
    }

    @Test func `a segment under another key is told, stays, and keeps nothing else from going`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        for (byte, number) in [(1, 1), (2, 2)] as [(UInt8, UInt64)] {
            let journal = try DirectoryJournal(self.path, seal: self.seal(byte))
            try await self.append(self.batch(of: number), to: journal).get()
            journal.close()
        }
        let foreign = try self.bytes(of: "0000000001.journal")
        let journal = try DirectoryJournal(self.path, seal: self.seal(2))
        var read: [[UInt8]] = []
        let error = #expect(throws: JournalError.self) { try journal.readSegments { read.append($0) } }
        #expect(error?.code == .sealed)
        #expect(error?.message.contains("0000000001.journal") == true)
        #expect(read == [self.batch(of: 2)])
        journal.release(RecordingNumber(rawValue: 1))
        journal.release(RecordingNumber(rawValue: 2))
        for _ in 0..<2 { try await self.append(self.batch(of: 3), to: journal).get() }
        #expect(try self.bytes(of: "0000000001.journal") == foreign)
        #expect(try !self.files().contains("0000000002.journal"))
        #expect(try !self.files().contains("released"))
        journal.close()
    }

    @Test func `a sealed segment is told and stays where the journal is opened without a key`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let sealed = try DirectoryJournal(self.path, seal: self.seal())
        try await self.append(self.batch(of: 1), to: sealed).get()
        sealed.close()
        let plain = try DirectoryJournal(self.path)
        #expect(throws: JournalError(.sealed, "")) { try plain.readSegments { _ in } }
        #expect(try self.files() == ["0000000001.journal"])
        plain.close()
    }

    @Test func `what was written in the clear is still read when sealing begins`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let plain = try DirectoryJournal(self.path)
        try await self.append(self.batch(of: 1), to: plain).get()
        plain.close()
        let sealed = try DirectoryJournal(self.path, seal: self.seal())
        #expect(try self.segments(of: sealed) == [self.batch(of: 1)])
        sealed.close()
    }

    // MARK: Room

    @Test func `below the reserve packets are not kept, and marks are`() async throws {
        defer { try? FileManager.default.removeItem(atPath: self.path) }
        let reserve = JournalReserve(low: .max, scarce: .max, full: .max)
        let journal = try DirectoryJournal(self.path, reserve: reserve)
        #expect(journal.space.level == .full)
        var writer = JournalWriter()
        let ticket: [UInt8] = [1, 2, 3]
        writer.append(.begun, recording: RecordingNumber(rawValue: 1), at: .zero, payload: ticket.span)
        let batch = (writer.takeAll() ?? []) + self.batch(of: 1, filler: 160)
        let outcome = await self.append(batch, to: journal)
        #expect(throws: JournalError(.full, "")) { try outcome.get() }
        journal.close()
        let next = try DirectoryJournal(self.path)
        #expect(try self.segments(of: next) == [JournalReader.batch(withoutPacketsOf: batch)])
        next.close()
    }

    @Test func `room is told in steps`() {
        let reserve = JournalReserve(low: 300, scarce: 200, full: 100)
        #expect(
            [99, 100, 199, 200, 299, 300].map { reserve.space(freeByteCount: $0).level } == [
                .full, .scarce, .scarce, .low, .low, .ample,
            ])
    }
}
