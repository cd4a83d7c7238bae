public import CallCore
internal import Crypto

/// Digests by swift-crypto, for hosts that have it anyway or that check many passwords.
///
/// ``PlainDigests`` of `CallCore` makes the same ones, without a dependency and more slowly.
///
/// - Source: RFC 1321 (MD5), RFC 6234 (SHA-256).
public struct CryptoDigests: DigestFunctions {
    /// Nothing is kept.
    public init() {}

    /// The 16 bytes of MD5, which old peers still ask for.
    public func md5(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.MD5.hash(data: bytes)) }

    /// The 32 bytes of SHA-256.
    public func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// A SHA-256 that is fed in pieces; nothing has been taken yet.
    public func makeSHA256() -> any RunningDigest { CryptoSHA256() }
}

private struct CryptoSHA256: RunningDigest {
    private var hash = SHA256()

    mutating func update(_ bytes: Span<UInt8>) {
        // The pointer is read within the call only.
        bytes.withUnsafeBytes { self.hash.update(bufferPointer: $0) }
    }

    func finalized() -> [UInt8] { Array(self.hash.finalize()) }
}
