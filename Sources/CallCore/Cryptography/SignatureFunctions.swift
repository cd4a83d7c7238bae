/// Ed25519 signatures, as the host has them: the plug-in point for what signs manifests. Open: conform as you like.
///
/// - Source: RFC 8032 §5.1.
public protocol SignatureFunctions: Sendable {
    /// The 32 bytes by which everybody can check what was signed with a seed.
    ///
    /// - Parameter seed: 32 bytes, kept secret; RFC 8032 calls them the private key.
    func publicKey(ofSeed seed: [UInt8]) throws(SignatureError) -> [UInt8]

    /// The 64 bytes that belong to a message. The same message and seed should give the same bytes, as RFC 8032 says.
    func signature(of message: [UInt8], seed: [UInt8]) throws(SignatureError) -> [UInt8]

    /// Whether a signature is that of exactly this message, made with the seed of this public key. Bytes that are no
    /// signature or no key are not valid.
    func isValid(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool
}

/// Why nothing could be signed.
public struct SignatureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, and what to do about it.
    public var message: String

    /// Describes a failure.
    public init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { self.message }
}
