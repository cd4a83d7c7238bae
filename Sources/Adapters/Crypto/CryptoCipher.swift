public import CallCore
internal import Crypto

/// AES-256-GCM by swift-crypto.
public struct CryptoCipher: AuthenticatedCipher {
    /// Nothing is kept.
    public init() {}

    /// Encrypts bytes; the tag stands behind them.
    public func seal(
        _ plain: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8] {
        guard key.count == Self.keyByteCount, nonce.count == Self.nonceByteCount,
            let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(plain, using: SymmetricKey(data: key), nonce: nonce, authenticating: data)
        else { throw .wrongLength }
        var sealed: [UInt8] = []
        sealed.reserveCapacity(plain.count + Self.tagByteCount)
        sealed += box.ciphertext
        sealed += box.tag
        return sealed
    }

    /// Decrypts bytes, where nothing of them was changed.
    public func open(
        _ sealed: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8] {
        guard key.count == Self.keyByteCount, nonce.count == Self.nonceByteCount,
            let nonce = try? AES.GCM.Nonce(data: nonce)
        else { throw .wrongLength }
        guard sealed.count >= Self.tagByteCount,
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed.dropLast(Self.tagByteCount), tag: sealed.suffix(Self.tagByteCount)),
            let plain = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: data)
        else { throw .notAuthentic }
        return Array(plain)
    }

    private static let keyByteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16
}
