/// Cryptographic digests, as the host has them: plug in those of its own library, or take ``PlainDigests``.
public protocol DigestFunctions: Sendable {
    /// The 16 bytes of MD5, which old peers still ask for.
    func md5(_ bytes: [UInt8]) -> [UInt8]

    /// The 32 bytes of SHA-256.
    func sha256(_ bytes: [UInt8]) -> [UInt8]

    /// A SHA-256 that is fed in pieces; nothing has been taken yet.
    func makeSHA256() -> any RunningDigest
}

/// Digests in plain Swift: right and without dependencies, not fast.
///
/// - Source: RFC 1321 (MD5), RFC 6234 (SHA-256).
public struct PlainDigests: DigestFunctions {
    /// Nothing is kept.
    public init() {}

    /// The 16 bytes of MD5.
    public func md5(_ bytes: [UInt8]) -> [UInt8] {
        var state = MD5State()
        Self.forEachBlock(bytes) { state.add($0) }
        return [state.a, state.b, state.c, state.d].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
    }

    /// The 32 bytes of SHA-256.
    public func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var running = PlainSHA256()
        running.update(bytes.span)
        return running.finalized()
    }

    /// A SHA-256 that is fed in pieces; nothing has been taken yet.
    public func makeSHA256() -> any RunningDigest { PlainSHA256() }

    /// Gives the bytes in blocks of 16 words, lowest byte first, with the padding at the end.
    private static func forEachBlock(_ bytes: [UInt8], _ body: ([UInt32]) -> Void) {
        var padded = bytes
        padded.append(0x80)
        while padded.count % 64 != 56 { padded.append(0) }
        let bitCount = UInt64(bytes.count) &* 8
        for shift in 0..<8 { padded.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(8 * shift))) }
        for start in stride(from: 0, to: padded.count, by: 64) {
            body(
                (0..<16).map { index in
                    (0..<4).reduce(0) { word, offset in
                        word | UInt32(padded[start + index * 4 + offset]) << UInt32(8 * offset)
                    }
                })
        }
    }
}

extension UInt32 {
    func rotatedLeft(_ count: UInt32) -> UInt32 { self << count | self >> (32 - count) }
    func rotatedRight(_ count: UInt32) -> UInt32 { self >> count | self << (32 - count) }
}
