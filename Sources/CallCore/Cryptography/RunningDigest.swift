/// A digest that is fed in pieces: what is too large for memory, or not all there yet. Open: conform as you like.
///
/// A value: a copy goes on by itself from where it was made. The same bytes give the same digest, however they are cut.
public protocol RunningDigest: Sendable {
    /// Adds bytes to the end of what was taken so far.
    mutating func update(_ bytes: Span<UInt8>)

    /// The digest of everything so far; more may follow.
    func finalized() -> [UInt8]
}

/// The SHA-256 of ``PlainDigests``, fed in pieces.
///
/// - Source: RFC 6234 §4.1, §6.2.
struct PlainSHA256: RunningDigest {
    private var state = SHA256State()
    /// What does not fill a block yet: fewer than 64 bytes.
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

    init() { self.pending.reserveCapacity(64) }

    mutating func update(_ bytes: Span<UInt8>) {
        self.byteCount &+= UInt64(bytes.count)
        var index = 0
        if !self.pending.isEmpty {
            while self.pending.count < 64, index < bytes.count {
                self.pending.append(bytes[index])
                index += 1
            }
            guard self.pending.count == 64 else { return }
            var block: [UInt8] = []
            swap(&block, &self.pending)
            self.state.add(block.span)
            block.removeAll(keepingCapacity: true)
            swap(&block, &self.pending)
        }
        while bytes.count - index >= 64 {
            self.state.add(bytes.extracting(index..<index + 64))
            index += 64
        }
        while index < bytes.count {
            self.pending.append(bytes[index])
            index += 1
        }
    }

    func finalized() -> [UInt8] {
        var last = self.pending
        last.append(0x80)
        while last.count % 64 != 56 { last.append(0) }
        let bitCount = self.byteCount &* 8
        for shift in (0..<8).reversed() { last.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(8 * shift))) }
        var state = self.state
        let span = last.span
        for start in stride(from: 0, to: span.count, by: 64) { state.add(span.extracting(start..<start + 64)) }
        return state.digest
    }
}
