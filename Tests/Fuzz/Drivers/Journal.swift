// modules: CallCore RTP CaptureJournal
// inputs: 15000
// seeds: Tests/Fuzz/Corpus/Journal
import CallCore
import CaptureJournal

/// Records and damage together are all bytes that were read; a segment opens to what was sealed, or tells of damage.
func fuzz(_ bytes: [UInt8]) {
    var reader = JournalReader()
    var (end, count) = (0, 0)
    var kept: [UInt8] = []
    while let record = reader.next(in: bytes.span) {
        expect(record.payload.lowerBound >= end + 24, "A record overlaps the one before it")
        end = record.payload.upperBound + 4
        expect(end <= bytes.count && reader.offset == end, "A record lies outside the bytes")
        count += end - record.payload.lowerBound + 24
        if record.kind == .uncaptured { _ = UncapturedPackets(parsing: bytes.span.extracting(record.payload)) }
        kept += bytes[record.payload.lowerBound - 24..<end]
    }
    let damaged = reader.damage.reduce(0) { $0 + $1.range.count }
    expect(count + damaged == bytes.count, "\(count) bytes of records and \(damaged) of damage are not \(bytes.count)")
    let numbers = JournalReader.allRecordings(in: bytes)
    expect(JournalReader.recordings(in: kept.span) == numbers, "The recordings of a batch are others")
    expect(JournalReader.segment(kept, without: numbers).isEmpty, "Released and kept")
    let marks = JournalReader.batch(withoutPacketsOf: bytes)
    expect(JournalReader.batch(withoutPacketsOf: marks) == marks, "Less is left of what has no packets")

    let seal = JournalSeal(key: [UInt8](repeating: 1, count: 32), cipher: PlainSeal())
    _ = try? seal.open(bytes)
    var sealer = seal.begin(salt: [UInt8](repeating: 2, count: JournalSeal.saltByteCount))
    guard let sealed = try? sealer.seal(kept, at: sealer.header.count) else { return expect(false, "It does not seal") }
    expect((try? seal.open(sealer.header + sealed)) == kept, "It does not open")
    // The input in the place of chunks, behind a header that is right.
    _ = try? seal.open(sealer.header + bytes)
}

/// Hides nothing: the tag is the nonce, so that a fuzzer can make chunks that open.
private struct PlainSeal: AuthenticatedCipher {
    func seal(
        _ plain: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8] { plain + nonce + [0, 0, 0, 0] }

    func open(
        _ sealed: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8] {
        guard sealed.suffix(16).elementsEqual(nonce + [0, 0, 0, 0]) else { throw .notAuthentic }
        return Array(sealed.dropLast(16))
    }
}
