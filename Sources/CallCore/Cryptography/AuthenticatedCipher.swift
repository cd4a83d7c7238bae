/// Authenticated encryption, AES-256-GCM, as the host's library has it.
///
/// - Source: NIST SP 800-38D; RFC 5116 §5.2.
public protocol AuthenticatedCipher: Sendable {
    /// Encrypts bytes, and makes any change to them or to what goes with them show.
    ///
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes that are never used twice under one key: two uses give both texts away.
    ///   - data: is not in the outcome, and must be given again to open it.
    /// - Returns: as many bytes as `plain` has, and then a tag of 16 bytes.
    /// - Throws: where the key or the nonce has another length.
    func seal(
        _ plain: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8]

    /// Decrypts what ``seal(_:under:nonce:authenticating:)`` gave.
    ///
    /// - Throws: where a bit of it, of the key, of the nonce or of the data is another.
    func open(
        _ sealed: ArraySlice<UInt8>, under key: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CipherError) -> [UInt8]
}

/// Why bytes could not be sealed or opened.
public enum CipherError: Error, Hashable, Sendable {
    /// The key or the nonce has not as many bytes as it should.
    case wrongLength
    /// What was sealed, or what went with it, has been changed, or it was sealed under another key.
    case notAuthentic
}
