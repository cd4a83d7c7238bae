/// The messages that a client wants to be sent: one bit for each type.
///
/// - Source: T-Library `TMask`: 64 bytes, bit `type % 8` of byte `type / 8`.
public struct TInputMask: Hashable, Sendable, TValueConvertible {
    static let byteCount = 64

    private var bytes: [UInt8]

    /// All messages, or none.
    public init(all: Bool = false) { self.bytes = Array(repeating: all ? 0xFF : 0, count: Self.byteCount) }

    /// Takes 64 bytes.
    public init?(tValue: TValue) {
        guard case .binary(let bytes) = tValue, bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The 64 bytes.
    public var tValue: TValue { .binary(self.bytes) }

    /// Whether messages of a type are wanted; a type beyond the mask never is.
    public subscript(_ type: TMessageType) -> Bool {
        get {
            let place = Int(type.rawValue / 8)
            return place < Self.byteCount && self.bytes[place] & 1 << (type.rawValue % 8) != 0
        }
        set {
            let place = Int(type.rawValue / 8)
            guard place < Self.byteCount else { return }
            let bit: UInt8 = 1 << UInt8(type.rawValue % 8)
            self.bytes[place] = newValue ? self.bytes[place] | bit : self.bytes[place] & ~bit
        }
    }
}
