extension TLogRecord: CustomStringConvertible {
    /// The lines of the log, without a line end after the last.
    public var description: String {
        var text = self.heading.isEmpty ? "message \(self.name)" : "\(self.heading) message \(self.name)"
        if let note = self.note { text += "\n\t(\(escaped(note)))" }
        for attribute in self.attributes {
            text += "\n\t\(attribute.name)\t"
            switch attribute.value {
            case .word(let word): text += word
            case .value(let value): text += Self.text(of: value, named: attribute.name)
            }
        }
        return text
    }

    private static func text(of value: TValue, named name: String) -> String {
        switch value {
        case .string(let text): return "'\(escaped(text))'"
        case .integer(let number) where name == TAttribute<Int>.timeinSecs.description:
            // Seconds since 1970 are followed by the time of day.
            let (milliseconds, overflow) = Int64(number).multipliedReportingOverflow(by: 1_000)
            let time = overflow ? "" : " (\(WallTime(milliseconds: milliseconds).timeOfDay.prefix(8)))"
            return "\(number)\(time)"
        case .integer(let number): return String(number)
        case .identity(let bits): return ConnID(rawValue: bits).description
        case .binary(let bytes): return "[\(bytes.count)] \(hexadecimal(bytes[...]))"
        case .list(let list):
            let packed = list.packed()
            return "[\(packed.count)] \(hexadecimal(packed.prefix(4))).." + self.lines(of: list, depth: 2)
        }
    }

    private static func lines(of list: KVList, depth: Int) -> String {
        var text = ""
        for pair in list.pairs {
            text += "\n\(String(repeating: "\t", count: depth))'\(escaped(pair.key))'"
            switch pair.value {
            case .string(let value): text += "\t'\(escaped(value))'"
            case .integer(let number): text += "\t\(number)"
            case .binary(let bytes): text += "\t[\(bytes.count)] \(hexadecimal(bytes[...]))"
            case .list(let inner): text += "(list)" + self.lines(of: inner, depth: depth + 1)
            }
        }
        return text
    }
}

/// Control characters as `\xHH`: a value must not begin a line of its own. So is a backslash before an `x`.
private func escaped(_ text: String) -> String {
    let isHarmless = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    if isHarmless { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        if scalar.value < 0x20 || scalar.value == 0x7F || (scalar == "\\" && rest.first == "x") {
            result += "\\x" + pair(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String { bytes.map(pair).joined(separator: " ") }

private func pair(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
