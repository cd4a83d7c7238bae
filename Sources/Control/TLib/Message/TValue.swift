/// The value of an attribute as the wire carries it.
public enum TValue: Hashable, Sendable {
    /// Text: numbers of devices, names, CallUUIDs.
    case string(String)
    /// A number: enumerations, reference ids, times.
    case integer(Int)
    /// Bytes that mean something to the two ends only.
    case binary([UInt8])
    /// Key-value pairs.
    case list(KVList)
    /// A 64-bit name, printed as 16 hexadecimal digits: ConnIDs, sequence numbers.
    case identity(UInt64)
}

/// How the value of an attribute is carried.
enum TValueForm: Hashable, Sendable {
    case string, integer, binary, list, identity
    /// An integer that logs print as the name of a message.
    case messageType
}

/// A type that an attribute can have. Open: conform as you like.
///
/// The two requirements are inverse to each other: what `tValue` gives, `init(tValue:)` takes.
public protocol TValueConvertible: Hashable, Sendable {
    /// Reads a value of the wire.
    ///
    /// - Returns: nil where the value is of another form or out of range.
    init?(tValue: TValue)

    /// The value for the wire.
    var tValue: TValue { get }
}

extension String: TValueConvertible {
    /// Takes text.
    public init?(tValue: TValue) {
        guard case .string(let text) = tValue else { return nil }
        self = text
    }

    /// The text.
    public var tValue: TValue { .string(self) }
}

extension Int: TValueConvertible {
    /// Takes a number.
    public init?(tValue: TValue) {
        guard case .integer(let number) = tValue else { return nil }
        self = number
    }

    /// The number.
    public var tValue: TValue { .integer(self) }
}

extension UInt64: TValueConvertible {
    /// Takes a 64-bit name.
    public init?(tValue: TValue) {
        guard case .identity(let bits) = tValue else { return nil }
        self = bits
    }

    /// The 64 bits.
    public var tValue: TValue { .identity(self) }
}

extension [UInt8]: TValueConvertible {
    /// Takes bytes.
    public init?(tValue: TValue) {
        guard case .binary(let bytes) = tValue else { return nil }
        self = bytes
    }

    /// The bytes.
    public var tValue: TValue { .binary(self) }
}

extension ConnID: TValueConvertible {
    /// Takes a 64-bit name.
    public init?(tValue: TValue) {
        guard case .identity(let bits) = tValue else { return nil }
        self.init(rawValue: bits)
    }

    /// The 64 bits.
    public var tValue: TValue { .identity(self.rawValue) }
}

extension CallUUID: TValueConvertible {
    /// Takes text of 32 characters of `0-9A-V`.
    public init?(tValue: TValue) {
        guard case .string(let text) = tValue else { return nil }
        self.init(text)
    }

    /// The 32 characters.
    public var tValue: TValue { .string(self.rawValue) }
}

extension DN: TValueConvertible {
    /// Takes text.
    public init?(tValue: TValue) {
        guard case .string(let text) = tValue else { return nil }
        self.init(rawValue: text)
    }

    /// The number of the device.
    public var tValue: TValue { .string(self.rawValue) }
}

extension AgentID: TValueConvertible {
    /// Takes text.
    public init?(tValue: TValue) {
        guard case .string(let text) = tValue else { return nil }
        self.init(rawValue: text)
    }

    /// The log-in name.
    public var tValue: TValue { .string(self.rawValue) }
}

extension TMessageType: TValueConvertible {
    /// Takes the number of a message type.
    public init?(tValue: TValue) {
        guard case .integer(let number) = tValue, let code = UInt16(exactly: number) else { return nil }
        self.init(rawValue: code)
    }

    /// The number.
    public var tValue: TValue { .integer(Int(self.rawValue)) }
}

extension TValueConvertible where Self: RawRepresentable<Int> {
    /// Takes a number that is one of the type's.
    public init?(tValue: TValue) {
        guard case .integer(let number) = tValue else { return nil }
        self.init(rawValue: number)
    }

    /// The number.
    public var tValue: TValue { .integer(self.rawValue) }
}
