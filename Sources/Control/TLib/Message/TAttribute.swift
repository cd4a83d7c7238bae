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

    /// What is known of an attribute that a log names, found without making text of the name.
    static func row(named name: Span<UInt8>) -> (code: UInt16, name: String, form: TValueForm)? {
        var place = self.place(of: name)
        while let row = self.places[place] {
            let known = row.name.utf8Span.span
            if known.count == name.count, (0..<name.count).allSatisfy({ known[$0] == name[$0] }) { return row }
            place = (place + 1) % self.places.count
        }
        return nil
    }

    /// The rows by ``place(of:)``, or in the next free place: more places than rows, so that every search ends.
    private static let places: [(code: UInt16, name: String, form: TValueForm)?] = {
        var places: [(code: UInt16, name: String, form: TValueForm)?] = Array(repeating: nil, count: 1_024)
        for (code, row) in Self.rows.sorted(by: { $0.key < $1.key }) {
            var place = Self.place(of: row.name.utf8Span.span)
            while places[place] != nil { place = (place + 1) % places.count }
            places[place] = (code, row.name, row.form)
        }
        return places
    }()

    /// FNV-1a.
    private static func place(of name: Span<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for index in name.indices { hash = (hash ^ UInt32(name[index])) &* 0x0100_0193 }
        return Int(hash % 1_024)
    }
}
