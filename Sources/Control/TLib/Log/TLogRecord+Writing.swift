extension TLogRecord: CustomStringConvertible {
    /// The lines of the log, without a line end after the last.
    public var description: String {
        var text = self.heading
        switch self.form {
        case .server:
            if !text.isEmpty, !text.hasSuffix("\n") { text += " " }
            text += "message \(self.name)"
            if let note = self.note { text += "\n\t(\(escaped(note)))" }
        case .platformSDK:
            let number = self.number ?? TMessageType(name: self.name).map { Int($0.rawValue) }
            text += "'\(self.name)' ('\(number.map(String.init) ?? "")')\nmessage attributes:"
        }
        for attribute in self.attributes { self.append(attribute, to: &text) }
        return text
    }

    private func append(_ attribute: Attribute, to text: inout String) {
        switch (self.form, attribute.value) {
        case (.server, .word(let word)):
            text += word.isEmpty ? "\n\t\(attribute.name)" : "\n\t\(attribute.name)\t\(word)"
        case (.server, .value(let value)):
            text += "\n\t\(attribute.name)\t"
            Self.append(value, of: attribute, to: &text)
        case (.platformSDK, .word("")):
            // What is no attribute is part of the message by the tab alone.
            text += attribute.name.hasPrefix("Attribute") ? "\n\(attribute.name)" : "\n\t\(attribute.name)"
        case (.platformSDK, .word(let word)): text += "\n\(attribute.name) \(word)"
        case (.platformSDK, .value(let value)):
            text += "\n\(attribute.name) "
            Self.appendSDK(value, to: &text)
        }
    }

    private static func append(_ value: TValue, of attribute: Attribute, to text: inout String) {
        switch value {
        case .string(let string): text += "'\(escaped(string))'"
        case .integer(let number):
            text += String(number)
            if attribute.name == TAttribute<Int>.timeinSecs.description { text += timeOfDay(number) }
        case .identity(let bits): text += ConnID(rawValue: bits).description
        case .binary(let bytes): text += "[\(bytes.count)] \(hexadecimal(bytes))"
        case .list(let list):
            let summary = attribute.summary ?? list.summary
            text += "[\(summary.byteCount)] \(hexadecimal(summary.head)).."
            list.append(to: &text, depth: 2)
        }
    }

    private static func appendSDK(_ value: TValue, to text: inout String) {
        switch value {
        case .string(let string): text += "[str] = \"\(escaped(string))\""
        case .integer(let number): text += "[int] = \(number)"
        case .identity(let bits): text += "[long] = \(ConnID(rawValue: bits))"
        case .binary(let bytes): text += "[bin] = [\(bytes.count)] \(hexadecimal(bytes))"
        case .list(let list):
            text += "[bstr] = KVList: "
            list.appendSDK(to: &text, depth: 2)
        }
    }
}

extension KVList: CustomStringConvertible {
    /// The pairs as logs print them, one a line: the key in quotes, a tab, the value; inner lists one tab further in.
    ///
    /// ``init(text:)`` reads it.
    public var description: String {
        var text = ""
        self.append(to: &text, depth: 0)
        return String(text.dropFirst())
    }

    /// Lines that begin so many tabs in, a line feed before each.
    fileprivate func append(to text: inout String, depth: Int) {
        for pair in self.pairs {
            text += "\n\(String(repeating: "\t", count: depth))'\(escaped(pair.key))'"
            switch pair.value {
            case .string(let value): text += "\t'\(escaped(value))'"
            case .integer(let number): text += "\t\(number)"
            case .binary(let bytes): text += "\t[\(bytes.count)] \(hexadecimal(bytes))"
            case .list(let inner):
                text += "(list)"
                inner.append(to: &text, depth: depth + 1)
            }
        }
    }

    /// The same as the Platform SDK prints it.
    fileprivate func appendSDK(to text: inout String, depth: Int) {
        for pair in self.pairs {
            text += "\n\(String(repeating: "\t", count: depth))'\(escaped(pair.key, quotes: true))' "
            switch pair.value {
            case .string(let value): text += "[str] = \"\(escaped(value))\""
            case .integer(let number): text += "[int] = \(number)"
            case .binary(let bytes): text += "[bin] = [\(bytes.count)] \(hexadecimal(bytes))"
            case .list(let inner):
                text += "[list] = KVList: "
                inner.appendSDK(to: &text, depth: depth + 1)
            }
        }
    }
}

/// Seconds since 1970 are followed by the time of day.
func timeOfDay(_ seconds: Int) -> String {
    let (milliseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000)
    return overflow ? "" : " (\(WallTime(milliseconds: milliseconds).timeOfDay.prefix(8)))"
}

/// Control characters as `\xHH`: a value must not begin a line of its own. So is a backslash before an `x`, and a
/// quotation mark where it could be taken for the end of a key.
private func escaped(_ text: String, quotes: Bool = false) -> String {
    let isHarmless = text.utf8.allSatisfy { byte in
        byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\\") && !(quotes && byte == UInt8(ascii: "'"))
    }
    if isHarmless { return text }
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        if scalar.value < 0x20 || scalar.value == 0x7F || (scalar == "\\" && rest.first == "x")
            || (quotes && scalar == "'")
        {
            result += "\\x" + pair(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map(pair).joined(separator: " ") }

private func pair(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
