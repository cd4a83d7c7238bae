import CallRecording

/// Writes JSON lines, byte by byte into one buffer: making values of `Any` for a JSON encoder takes ten times as long.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { self.bytes.removeAll(keepingCapacity: true) }

    /// One message, with a line feed. Lists become objects; a key that stands more than once has an array of its values.
    mutating func append(_ record: TLogRecord, _ fields: [(String, Int)], time: String?) {
        self.raw("{")
        for (name, value) in fields { self.raw("\"\(name)\":\(value),") }
        if let time { self.field("time", time) }
        if let direction = record.direction { self.field("direction", direction.rawValue) }
        let heading = record.heading.hasSuffix("\n") ? record.heading.dropLast() : record.heading[...]
        if !heading.isEmpty { self.field("heading", String(heading)) }
        if let note = record.note { self.field("note", note) }
        self.field("message", record.name)
        self.raw("\"attributes\":")
        self.object(record.attributes, key: { Self.shortName($0.name) }) { text, attribute in
            switch attribute.value {
            case .word(let word): text.string(word)
            case .value(.string(let string)): text.string(string)
            case .value(.integer(let number)): text.raw(String(number))
            case .value(.identity(let bits)): text.string(ConnID(rawValue: bits).description)
            case .value(.binary(let bytes)): text.binary(bytes)
            case .value(.list(let list)): text.list(list)
            }
        }
        self.raw("}\n")
    }

    private static func shortName(_ name: String) -> Substring {
        name.hasPrefix("Attribute") ? name.dropFirst("Attribute".count) : name[...]
    }

    private mutating func field(_ name: StaticString, _ value: String) {
        self.raw("\"\(name)\":")
        self.string(value)
        self.raw(",")
    }

    private mutating func list(_ list: KVList) {
        self.object(list.pairs, key: { $0.key[...] }) { text, pair in
            switch pair.value {
            case .string(let string): text.string(string)
            case .integer(let number): text.raw(String(number))
            case .binary(let bytes): text.binary(bytes)
            case .list(let inner): text.list(inner)
            }
        }
    }

    private mutating func object<Element>(
        _ elements: [Element], key: (Element) -> Substring, value: (inout JSONText, Element) -> Void
    ) {
        let keys = elements.map(key)
        let isUnique = Set(keys).count == keys.count
        self.raw("{")
        var isFirst = true
        for (index, element) in elements.enumerated() {
            var same = [element]
            if !isUnique {
                if keys[..<index].contains(keys[index]) { continue }
                same = elements.indices.filter { keys[$0] == keys[index] }.map { elements[$0] }
            }
            if !isFirst { self.raw(",") }
            isFirst = false
            self.string(keys[index])
            self.raw(":")
            if same.count == 1 {
                value(&self, element)
                continue
            }
            for (place, element) in same.enumerated() {
                self.raw(place == 0 ? "[" : ",")
                value(&self, element)
            }
            self.raw("]")
        }
        self.raw("}")
    }

    /// `{"$hex":"00ff"}`: JSON has no bytes.
    private mutating func binary(_ bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        self.raw("{\"$hex\":\"")
        for byte in bytes { self.bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        self.raw("\"}")
    }

    private mutating func string(_ text: some StringProtocol) {
        self.bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            self.bytes += text.utf8
        } else {
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): self.bytes += [UInt8(ascii: "\\"), byte]
                case UInt8(ascii: "\n"): self.raw("\\n")
                case UInt8(ascii: "\t"): self.raw("\\t")
                case ..<0x20:
                    self.raw(byte < 16 ? "\\u000\(String(byte, radix: 16))" : "\\u00\(String(byte, radix: 16))")
                default: self.bytes.append(byte)
                }
            }
        }
        self.bytes.append(UInt8(ascii: "\""))
    }

    private mutating func raw(_ text: String) { self.bytes += text.utf8 }
}
