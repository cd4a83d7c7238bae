public import CallCore

/// Seals the segments of a journal under a node's key, and opens them.
///
/// Each segment has a key of its own, derived from the node's and from random bytes that stand at its start. A chunk opens
/// only in the segment and in the place where it was written, so chunks cannot be moved, swapped or taken from elsewhere.
///
/// - Source: NIST SP 800-38D (AES-256-GCM), RFC 5869 (HKDF).
public struct JournalSeal: Sendable {
    /// How many random bytes ``begin(salt:)`` takes.
    public static let saltByteCount = SealedSegment.saltByteCount

    private let key: [UInt8]
    private let name: [UInt8]
    private let cipher: any AuthenticatedCipher

    /// Seals under the key of a node.
    ///
    /// - Throws: where there is no key.
    public init(keys: any NodeKeyStore, cipher: any AuthenticatedCipher) throws(NodeKeyError) {
        self.init(key: try keys.key(for: .journal), cipher: cipher)
    }

    /// Seals under a key.
    public init(key: [UInt8], cipher: any AuthenticatedCipher) {
        (self.key, self.cipher) = (key, cipher)
        self.name = KeyDerivation.key(
            from: key, salt: [], purpose: Array("call-recording journal key name".utf8),
            byteCount: SealedSegment.keyNameByteCount)
    }

    /// Begins a segment.
    ///
    /// - Parameter salt: random bytes; never the same twice.
    public func begin(salt: [UInt8]) -> SegmentSealer {
        let header = SealedSegment.mark + [SealedSegment.version, 0, 0, 0] + self.name + salt
        return SegmentSealer(header: header, key: self.segmentKey(salt), cipher: self.cipher)
    }

    /// Whether bytes are a segment that was sealed, under whichever key.
    public static func isSealed(_ segment: [UInt8]) -> Bool { segment.starts(with: SealedSegment.mark) }

    /// Opens a segment.
    ///
    /// - Returns: the records. Where a chunk is damaged, a byte that is no record stands in its place, so that a
    ///   ``JournalReader`` tells of damage; where the segment ends within a chunk, the beginning of a record.
    /// - Throws: `.sealed` where the segment was sealed under another key or its header is damaged.
    public func open(_ segment: [UInt8]) throws(JournalError) -> [UInt8] {
        guard segment.count >= SealedSegment.headerByteCount else { return segment.isEmpty ? [] : Self.torn }
        let header = Array(segment.prefix(SealedSegment.headerByteCount))
        guard Self.isSealed(header), header[4...7].elementsEqual([SealedSegment.version, 0, 0, 0]) else {
            throw JournalError(.sealed, "its header is damaged, or of a version that is not known here")
        }
        guard header[8..<16].elementsEqual(self.name) else {
            throw JournalError(
                .sealed,
                "it was sealed under another node key: bring that key back, or move the segment away if it is not wanted"
            )
        }
        let key = self.segmentKey(Array(header.dropFirst(16)))
        var records: [UInt8] = []
        records.reserveCapacity(segment.count)
        var offset = SealedSegment.headerByteCount
        var isDamaged = false
        var hasOpened = false
        while offset < segment.count {
            if let (chunk, end) = self.chunk(of: segment, at: offset, header, key) {
                records += chunk
                (offset, isDamaged, hasOpened) = (end, false, true)
                continue
            }
            if !isDamaged { records += Self.isTorn(segment, at: offset) ? Self.torn : Self.damage }
            isDamaged = true
            offset += 1
        }
        guard hasOpened || !records.starts(with: Self.damage) else {
            throw JournalError(.sealed, "nothing in it opens, as if the salt in its header had been damaged")
        }
        return records
    }

    private func chunk(
        of segment: [UInt8], at offset: Int, _ header: [UInt8], _ key: [UInt8]
    ) -> (plain: [UInt8], end: Int)? {
        guard let (length, number) = Self.chunkHeader(of: segment, at: offset),
            segment.count - offset - SealedSegment.chunkHeaderByteCount - SealedSegment.tagByteCount >= length
        else { return nil }
        let start = offset + SealedSegment.chunkHeaderByteCount
        let end = start + length + SealedSegment.tagByteCount
        let associated = SealedSegment.associated(header, Array(segment[offset..<start]), at: offset)
        let plain = try? self.cipher.open(
            segment[start..<end], under: key, nonce: SealedSegment.nonce(number), authenticating: associated)
        return plain.map { ($0, end) }
    }

    /// The length and the number of the chunk that may begin at `offset`.
    private static func chunkHeader(of segment: [UInt8], at offset: Int) -> (length: Int, number: UInt64)? {
        guard segment.count - offset >= SealedSegment.chunkHeaderByteCount,
            segment[offset] == SealedSegment.chunkMark.0, segment[offset + 1] == SealedSegment.chunkMark.1,
            segment[offset + 2] == 0, segment[offset + 3] == 0
        else { return nil }
        let length = Int(segment.span.bigEndian(at: offset + 4, as: UInt32.self))
        guard length <= SealedSegment.maximumChunk else { return nil }
        return (length, segment.span.bigEndian(at: offset + 8, as: UInt64.self))
    }

    /// Whether what stands at `offset` is the beginning of a chunk that is not all there.
    private static func isTorn(_ segment: [UInt8], at offset: Int) -> Bool {
        let rest = segment.count - offset
        guard rest >= SealedSegment.chunkHeaderByteCount else { return true }
        guard let (length, _) = Self.chunkHeader(of: segment, at: offset) else { return false }
        return rest < SealedSegment.chunkHeaderByteCount + length + SealedSegment.tagByteCount
    }

    private func segmentKey(_ salt: [UInt8]) -> [UInt8] {
        KeyDerivation.key(from: self.key, salt: salt, purpose: Array("call-recording journal segment".utf8))
    }

    private static let damage: [UInt8] = [0]
    private static let torn: [UInt8] = [JournalFrame.mark.0, JournalFrame.mark.1]
}

extension JournalReader {
    /// Cuts undamaged bytes where a record ends, into pieces of at least `byteCount` but for the last.
    static func chunks(of batch: [UInt8], byteCount: Int) -> [ArraySlice<UInt8>] {
        var chunks: [ArraySlice<UInt8>] = []
        var (start, end) = (0, 0)
        while let record = Self.header(in: batch.span, at: end) {
            end = record.frame.upperBound
            if end - start >= byteCount {
                chunks.append(batch[start..<end])
                start = end
            }
        }
        if start < batch.count { chunks.append(batch[start...]) }
        return chunks
    }
}
