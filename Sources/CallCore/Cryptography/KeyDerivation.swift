/// Makes keys out of a key: HKDF over SHA-256. One key a use, so that what is learnt of one says nothing of the others.
///
/// - Source: RFC 5869; RFC 2104 (HMAC).
public enum KeyDerivation {
    /// Derives a key.
    ///
    /// - Parameters:
    ///   - salt: need not be secret; another salt gives another key.
    ///   - purpose: another purpose gives another key. `info`.
    ///   - byteCount: at most 8 160.
    public static func key(
        from secret: [UInt8], salt: [UInt8], purpose: [UInt8], byteCount: Int = 32,
        digests: any DigestFunctions = PlainDigests()
    ) -> [UInt8] {
        let extracted = Self.hmac(secret, under: salt, digests)
        var derived: [UInt8] = []
        var block: [UInt8] = []
        for number in 1...UInt8.max where derived.count < byteCount {
            block = Self.hmac(block + purpose + [number], under: extracted, digests)
            derived += block
        }
        return Array(derived.prefix(byteCount))
    }

    /// The keyed digest HMAC-SHA-256.
    static func hmac(_ message: [UInt8], under key: [UInt8], _ digests: any DigestFunctions) -> [UInt8] {
        var block = key.count > 64 ? digests.sha256(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        let inner = digests.sha256(block.map { $0 ^ 0x36 } + message)
        return digests.sha256(block.map { $0 ^ 0x5C } + inner)
    }
}
