/// How media is encrypted and authenticated; the raw value is the name in `a=crypto`.
///
/// - Source: RFC 4568 §6.2; RFC 6188 §4; RFC 7714 §14.2.
public enum SRTPSuite: String, Hashable, Sendable, CaseIterable {
    /// AES-128 in counter mode, a tag of ten bytes: what every implementation must have.
    case aes128CounterSHA1Tag80 = "AES_CM_128_HMAC_SHA1_80"
    /// The same with a tag of four bytes on RTP; that on RTCP has ten.
    case aes128CounterSHA1Tag32 = "AES_CM_128_HMAC_SHA1_32"
    /// AES-256 in counter mode, a tag of ten bytes.
    case aes256CounterSHA1Tag80 = "AES_256_CM_HMAC_SHA1_80"
    /// The same with a tag of four bytes on RTP; that on RTCP has ten.
    case aes256CounterSHA1Tag32 = "AES_256_CM_HMAC_SHA1_32"
    /// AES-128 in Galois/Counter Mode, a tag of sixteen bytes.
    case aes128GCM = "AEAD_AES_128_GCM"
    /// AES-256 in Galois/Counter Mode, a tag of sixteen bytes.
    case aes256GCM = "AEAD_AES_256_GCM"

    /// - Unit: bytes of the master key.
    public var keyByteCount: Int {
        switch self {
        case .aes128CounterSHA1Tag80, .aes128CounterSHA1Tag32, .aes128GCM: 16
        case .aes256CounterSHA1Tag80, .aes256CounterSHA1Tag32, .aes256GCM: 32
        }
    }

    /// - Unit: bytes of the master salt.
    public var saltByteCount: Int { self.isGCM ? 12 : 14 }

    /// How many bytes longer a packet gets, a master key identifier apart.
    ///
    /// - Parameter isControl: RTCP has four bytes more, its index.
    public func trailerByteCount(isControl: Bool) -> Int {
        if isControl { return self.isGCM ? 20 : 14 }
        switch self {
        case .aes128CounterSHA1Tag80, .aes256CounterSHA1Tag80: return 10
        case .aes128CounterSHA1Tag32, .aes256CounterSHA1Tag32: return 4
        case .aes128GCM, .aes256GCM: return 16
        }
    }

    private var isGCM: Bool { self == .aes128GCM || self == .aes256GCM }
}
