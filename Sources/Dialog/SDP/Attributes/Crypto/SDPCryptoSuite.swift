/// How SRTP encrypts and authenticates.
///
/// - Source: RFC 4568 §6.2; RFC 6188 §4; RFC 7714 §14.1.
public struct SDPCryptoSuite: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name in `a=crypto`.
    public var rawValue: String

    /// Names a suite, one that is not known here, too.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// AES-128 in counter mode, tags of 80 bits: what SRTP does by default.
    public static let aes128CounterSHA1Tag80 = SDPCryptoSuite(rawValue: "AES_CM_128_HMAC_SHA1_80")
    /// The same with tags of 32 bits for RTP.
    public static let aes128CounterSHA1Tag32 = SDPCryptoSuite(rawValue: "AES_CM_128_HMAC_SHA1_32")
    /// AES-192 in counter mode, tags of 80 bits.
    public static let aes192CounterSHA1Tag80 = SDPCryptoSuite(rawValue: "AES_192_CM_HMAC_SHA1_80")
    /// The same with tags of 32 bits for RTP.
    public static let aes192CounterSHA1Tag32 = SDPCryptoSuite(rawValue: "AES_192_CM_HMAC_SHA1_32")
    /// AES-256 in counter mode, tags of 80 bits.
    public static let aes256CounterSHA1Tag80 = SDPCryptoSuite(rawValue: "AES_256_CM_HMAC_SHA1_80")
    /// The same with tags of 32 bits for RTP.
    public static let aes256CounterSHA1Tag32 = SDPCryptoSuite(rawValue: "AES_256_CM_HMAC_SHA1_32")
    /// AES-128 in Galois/counter mode.
    public static let aes128GCM = SDPCryptoSuite(rawValue: "AEAD_AES_128_GCM")
    /// AES-256 in Galois/counter mode.
    public static let aes256GCM = SDPCryptoSuite(rawValue: "AEAD_AES_256_GCM")
    /// AES-128 in f8 mode, tags of 80 bits.
    public static let aes128F8SHA1Tag80 = SDPCryptoSuite(rawValue: "F8_128_HMAC_SHA1_80")

    /// How many bytes a master key and its salt have together; nil for a suite that is not known.
    public var keyAndSaltLength: Int? {
        switch self {
        case .aes128CounterSHA1Tag80, .aes128CounterSHA1Tag32, .aes128F8SHA1Tag80: 16 + 14
        case .aes192CounterSHA1Tag80, .aes192CounterSHA1Tag32: 24 + 14
        case .aes256CounterSHA1Tag80, .aes256CounterSHA1Tag32: 32 + 14
        case .aes128GCM: 16 + 12
        case .aes256GCM: 32 + 12
        default: nil
        }
    }

    /// The name.
    public var description: String { self.rawValue }
}
