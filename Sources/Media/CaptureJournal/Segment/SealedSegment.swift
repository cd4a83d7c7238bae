/// How a sealed segment lies on the disk; all numbers big-endian.
///
/// ```
/// 0  'C' 'R' 'J' 'S'  by which it is told from a segment in the clear
/// 4  version          1
/// 5  zero             three bytes
/// 8  key name         eight bytes, by which one node key is told from another
/// 16 salt             32 random bytes
/// 48 chunks
/// ```
///
/// and a chunk:
///
/// ```
/// 0  'J' 'C'          by which a reader finds its way again after damage
/// 2  zero             two bytes
/// 4  length           of the plain bytes, four bytes
/// 8  number           eight bytes
/// 16 sealed bytes     as many as the plain ones
///    tag              16 bytes
/// ```
enum SealedSegment {
    static let mark: [UInt8] = [0x43, 0x52, 0x4A, 0x53]
    static let version: UInt8 = 1
    static let headerByteCount = 48
    static let saltByteCount = 32
    static let keyNameByteCount = 8

    static let chunkMark: (UInt8, UInt8) = (0x4A, 0x43)
    static let chunkHeaderByteCount = 16
    static let tagByteCount = 16
    /// A batch is cut where it is longer: damage costs no more than a chunk.
    static let chunkByteCount = 65_536
    /// No chunk is longer: one may be larger by its last record.
    static let maximumChunk = Self.chunkByteCount + JournalFrame.byteCount(payload: JournalFrame.maximumPayload)

    /// The nonce of a chunk. A number is never used twice under a segment's key, not even after a failure.
    static func nonce(_ number: UInt64) -> [UInt8] { [0, 0, 0, 0] + self.bytes(number) }

    /// What a chunk is sealed with besides its bytes: it opens in its segment and in its place only.
    static func associated(_ segmentHeader: [UInt8], _ chunkHeader: [UInt8], at offset: Int) -> [UInt8] {
        segmentHeader + chunkHeader + self.bytes(UInt64(offset))
    }

    static func chunkHeader(length: Int, number: UInt64) -> [UInt8] {
        [self.chunkMark.0, self.chunkMark.1, 0, 0]
            + self.bytes(UInt64(length)).suffix(4) + self.bytes(number)
    }

    static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
}

/// Seals one segment as it grows. A value of the journal's thread.
public struct SegmentSealer: Sendable {
    /// What the segment begins with.
    public let header: [UInt8]

    private let key: [UInt8]
    private let cipher: any AuthenticatedCipher
    private var number: UInt64 = 0

    init(header: [UInt8], key: [UInt8], cipher: any AuthenticatedCipher) {
        (self.header, self.key, self.cipher) = (header, key, cipher)
    }

    /// Seals whole records, in chunks that end with a record.
    ///
    /// - Parameter offset: where in the segment the outcome will be written; it opens nowhere else.
    /// - Throws: `.failed` where the cipher does not do as it promises.
    public mutating func seal(_ batch: [UInt8], at offset: Int) throws(JournalError) -> [UInt8] {
        var sealed: [UInt8] = []
        sealed.reserveCapacity(batch.count + 1_024)
        for chunk in JournalReader.chunks(of: batch, byteCount: SealedSegment.chunkByteCount) {
            let header = SealedSegment.chunkHeader(length: chunk.count, number: self.number)
            let associated = SealedSegment.associated(self.header, header, at: offset + sealed.count)
            do throws(CipherError) {
                let bytes = try self.cipher.seal(
                    chunk, under: self.key, nonce: SealedSegment.nonce(self.number), authenticating: associated)
                self.number += 1
                sealed += header
                sealed += bytes
            } catch {
                throw JournalError(.failed, "the journal cannot be sealed: \(error)")
            }
        }
        return sealed
    }
}
