/// What protects the media that one side sends: a suite, and the secret that goes with it.
///
/// The secret is never printed, and its memory is wiped when nobody holds the key any more.
///
/// - Source: RFC 4568 §6.1.
public struct SRTPKey: Hashable, Sendable {
    /// How media is protected.
    public let suite: SRTPSuite
    /// What names the key in each packet, where several are in use at one time; empty where none does. `MKI`.
    public let identifier: [UInt8]
    /// How many packets may be protected with the key; nil where only the suite limits them.
    public let lifetime: UInt64?

    private let secret: SecretBytes

    /// - Unit: bytes; the longest that a session description can name.
    public static let maximumIdentifierByteCount = 128

    /// Describes a key.
    ///
    /// - Parameter keyAndSalt: the master key, then the master salt: what stands base64-coded behind `inline:`.
    /// - Returns: nil where the count of bytes is not the suite's, or the identifier is too long.
    public init?(suite: SRTPSuite, keyAndSalt: [UInt8], identifier: [UInt8] = [], lifetime: UInt64? = nil) {
        guard keyAndSalt.count == suite.keyByteCount + suite.saltByteCount,
            identifier.count <= Self.maximumIdentifierByteCount
        else { return nil }
        (self.suite, self.identifier, self.lifetime) = (suite, identifier, lifetime)
        self.secret = SecretBytes(keyAndSalt)
    }

    /// Makes a key of its own.
    ///
    /// - Parameter generator: must be the system's, or as good: whoever guesses its state hears the call.
    public init(suite: SRTPSuite, using generator: inout some RandomNumberGenerator) {
        let count = suite.keyByteCount + suite.saltByteCount
        (self.suite, self.identifier, self.lifetime) = (suite, [], nil)
        self.secret = SecretBytes((0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    }

    /// Lends the master key and the master salt behind it, for the call only.
    public func withKeyAndSalt<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try self.secret.withBytes(body)
    }
}

extension SRTPKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The suite; never the secret.
    public var description: String { "\(self.suite.rawValue) (secret)" }
    /// The suite; never the secret.
    public var debugDescription: String { self.description }
    /// The suite; never the secret.
    public var customMirror: Mirror { Mirror(self, children: ["suite": self.suite.rawValue]) }
}

/// What protects a leg's media both ways. The two keys must differ: packets of both sides would share a key stream.
///
/// - Source: RFC 4568 §6.4.
public struct MediaProtection: Hashable, Sendable {
    /// Protects what this side sends.
    public var sent: SRTPKey
    /// Protects what the party sends.
    public var received: SRTPKey

    /// Describes a protection.
    public init(sent: SRTPKey, received: SRTPKey) { (self.sent, self.received) = (sent, received) }
}

/// Bytes that are wiped when nobody holds them any more.
private final class SecretBytes: Hashable, @unchecked Sendable {
    // Sendable: they change only when nobody else can see them any more.
    private var bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        // Memory of its own, so that wiping does not copy what others still share.
        self.bytes = [UInt8](capacity: bytes.count) { output in for byte in bytes { output.append(byte) } }
    }

    deinit {
        for index in self.bytes.indices { self.bytes[index] = 0 }
    }

    func withBytes<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
        let bytes = self.bytes
        return try body(bytes.span)
    }

    static func == (left: SecretBytes, right: SecretBytes) -> Bool { left.bytes == right.bytes }

    func hash(into hasher: inout Hasher) { hasher.combine(self.bytes) }
}
