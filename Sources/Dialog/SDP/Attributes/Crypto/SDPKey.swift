/// A master key of SRTP with its salt. Never shows itself when it is printed; ``value`` has the key.
///
/// - Source: RFC 4568 §6.1.
public struct SDPKey: Hashable, Sendable {
    /// By which name packets say that they are protected by this key (MKI).
    public struct Identifier: Hashable, Sendable {
        /// The number, which packets carry in network order.
        public var value: UInt64
        /// How many bytes it takes in each packet: 1 to 128.
        public var length: Int

        /// Names a key.
        public init(_ value: UInt64, length: Int) { (self.value, self.length) = (value, length) }

        /// What stands in each packet.
        public var bytes: [UInt8] {
            (0..<max(0, self.length)).reversed().map { place in
                place < 8 ? UInt8(truncatingIfNeeded: self.value >> UInt64(place * 8)) : 0
            }
        }
    }

    /// The key, and the salt after it; as long as the suite says.
    public var keyAndSalt: [UInt8]
    /// For how many packets it may be used; nil for as many as the suite allows.
    public var lifetime: UInt64?
    /// Its name in packets; nil where there is only one key and packets do not name it.
    public var identifier: Identifier?

    /// A key of bytes that came from a cryptographic source of randomness, and are used for nothing else.
    public init(_ keyAndSalt: [UInt8], lifetime: UInt64? = nil, identifier: Identifier? = nil) {
        (self.keyAndSalt, self.lifetime, self.identifier) = (keyAndSalt, lifetime, identifier)
    }

    /// More packets no suite protects with one key.
    static let longestLifetime: UInt64 = 1 << 48

    /// Reads `inline:key|lifetime|identifier:length`; nil where it is not of that form.
    init?(_ text: Substring) {
        guard text.hasPrefix("inline:") else { return nil }
        let parts = text.dropFirst("inline:".count).split(separator: "|", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count <= 256,
            let keyAndSalt = Base64.decoded(parts[0].utf8), !keyAndSalt.isEmpty
        else { return nil }
        self.init(keyAndSalt)
        for part in parts.dropFirst() {
            if part.contains(":") {
                guard self.identifier == nil, let identifier = Self.identifier(part) else { return nil }
                self.identifier = identifier
            } else {
                guard self.lifetime == nil, self.identifier == nil, let lifetime = Self.lifetime(part) else {
                    return nil
                }
                self.lifetime = lifetime
            }
        }
    }

    private static func lifetime(_ text: Substring) -> UInt64? {
        if text.hasPrefix("2^") {
            guard let exponent = Self.number(text.dropFirst(2)), exponent < 64 else { return nil }
            return 1 << exponent
        }
        return Self.number(text)
    }

    private static func identifier(_ text: Substring) -> Identifier? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Self.number(parts[0]), let length = Self.number(parts[1]),
            (1...128).contains(length), length >= 8 || value >> (length * 8) == 0
        else { return nil }
        return Identifier(value, length: Int(length))
    }

    /// A positive decimal number without leading zeros.
    private static func number(_ text: Substring) -> UInt64? {
        guard let first = text.utf8.first, first != UInt8(ascii: "0"), first != UInt8(ascii: "+") else { return nil }
        return UInt64(text)
    }

    /// What `a=crypto` says of the key, the key included.
    public var value: String {
        var text = "inline:\(Base64.encoded(self.keyAndSalt))"
        if let lifetime = self.lifetime {
            text +=
                lifetime > 1 && lifetime.nonzeroBitCount == 1 ? "|2^\(lifetime.trailingZeroBitCount)" : "|\(lifetime)"
        }
        if let identifier = self.identifier { text += "|\(identifier.value):\(identifier.length)" }
        return text
    }
}

extension SDPKey: CustomStringConvertible, CustomReflectable {
    /// Nothing of the key.
    public var description: String { "inline:…" }

    /// Nothing of the key, in a dump either.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The value of an attribute without the keys that it carries, whatever else it says: those of RFC 4568 and the
    /// messages of RFC 4567.
    static func withheld(from value: String) -> String {
        guard value.contains("inline:") || value.contains("FEC_KEY=") || value.contains("key-mgmt:") else {
            return value
        }
        var isMessage = false
        return value.split(separator: " ", omittingEmptySubsequences: false).map { field in
            if isMessage || field.contains("inline:") || field.contains("FEC_KEY=") { return "inline:…" }
            isMessage = field.contains("key-mgmt:")
            return String(field)
        }
        .joined(separator: " ")
    }
}
