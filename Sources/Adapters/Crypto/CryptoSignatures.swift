public import CallCore
internal import Crypto

/// Ed25519 by swift-crypto. On Linux the same message and seed give the same signature; on Apple's systems it differs
/// from time to time and is as valid.
///
/// - Source: RFC 8032 §5.1.
public struct CryptoSignatures: SignatureFunctions {
    /// Nothing is kept.
    public init() {}

    /// The 32 bytes by which everybody can check what was signed with a seed.
    public func publicKey(ofSeed seed: [UInt8]) throws(SignatureError) -> [UInt8] {
        Array(try Self.key(of: seed).publicKey.rawRepresentation)
    }

    /// The 64 bytes that belong to a message.
    public func signature(of message: [UInt8], seed: [UInt8]) throws(SignatureError) -> [UInt8] {
        let key = try Self.key(of: seed)
        do {
            return Array(try key.signature(for: message))
        } catch {
            throw SignatureError("the message could not be signed: \(error)")
        }
    }

    /// Whether a signature is that of exactly this message, made with the seed of this public key.
    public func isValid(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: message)
    }

    private static func key(of seed: [UInt8]) throws(SignatureError) -> Curve25519.Signing.PrivateKey {
        do {
            return try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw SignatureError("a seed of Ed25519 has 32 bytes, not \(seed.count)")
        }
    }
}
