/// Names one attribute of a message and the type of its value: an open set, so that a host may add its own.
///
/// Printed by its name in logs, for example `AttributeThisDN`.
public struct TAttribute<Value: TValueConvertible>: Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public var code: UInt16

    /// Names an attribute by its number.
    public init(code: UInt16) { self.code = code }

    /// The name in logs, or `Attribute` and the number.
    public var description: String { TAttributeTable.name(of: self.code) }
}

extension TAttributeTable {
    /// The name of an attribute in logs.
    static func name(of code: UInt16) -> String { self.rows[code]?.name ?? "Attribute\(code)" }

    /// The number of an attribute that a log names, nil where none is known.
    static func code(named name: some StringProtocol) -> UInt16? {
        if let code = self.numbers[String(name)] { return code }
        guard name.hasPrefix("Attribute") else { return nil }
        return UInt16(name.dropFirst("Attribute".count))
    }
}
