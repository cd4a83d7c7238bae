extension TLogRecord {
    /// Finds the messages in a log. Lines that belong to none are skipped, and so are values that the log leaves out.
    ///
    /// A message ends at a line that does not begin with a blank.
    public static func records(in log: some StringProtocol) -> [TLogRecord] {
        var records: [TLogRecord] = []
        var isInside = false
        // Where lists are still open: the innermost last. The attribute's own list is first.
        var keys: [Int] = []
        for line in log.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            guard let first = line.first, first == "\t" || first == " " else {
                isInside = false
                if let record = TLogRecord(firstLine: line) {
                    records.append(record)
                    isInside = true
                }
                continue
            }
            guard isInside, let last = records.indices.last else { continue }
            records[last].take(line, path: &keys)
        }
        return records
    }

    /// `@16:45:25.1041 [0] 8.1.101.25 send_to_client: message EventACK`.
    private init?(firstLine line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 1, let name = words.last, words.dropLast().last == "message",
            name.utf8.first.map({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) == true,
            name.unicodeScalars.allSatisfy({ ("A"..."Z") ~= $0 || ("a"..."z") ~= $0 || ("0"..."9") ~= $0 })
        else { return nil }
        self.init(heading: words.dropLast(2).joined(separator: " "), name: String(name))
    }

    private mutating func take(_ line: some StringProtocol, path: inout [Int]) {
        let depth = line.prefix { $0 == "\t" || $0 == " " }.count
        let text = String(line.dropFirst(depth))
        if text.hasPrefix("Attribute") {
            path = []
            let name = text.prefix { $0 != "\t" && $0 != " " }
            let rest = text.dropFirst(name.count).drop { $0 == "\t" || $0 == " " }
            if let value = Self.value(rest, named: name) { self.attributes.append(Attribute(String(name), value)) }
        } else if text.hasPrefix("("), text.hasSuffix(")"), self.attributes.isEmpty {
            self.note = unescaped(text.dropFirst().dropLast())
        } else if text.hasPrefix("'"), let last = self.attributes.indices.last,
            case .value(.list(var list)) = self.attributes[last].value
        {
            guard let (pair, opens) = Self.pair(text) else { return }
            path = Array(path.prefix(max(0, depth - 2)))
            list.append(pair, at: path[...])
            if opens { path.append(depth) }
            self.attributes[last].value = .value(.list(list))
        }
    }

    private static func value(_ text: Substring, named name: Substring) -> Value? {
        let form = TAttributeTable.code(named: name).flatMap { TAttributeTable.rows[$0]?.form }
        if let string = quoted(text) { return .value(.string(string)) }
        if text.hasPrefix("[") {
            if form == .list || text.hasSuffix("..") { return .value(.list(KVList())) }
            return bytes(text).map { .value(.binary($0)) }
        }
        let word = text.prefix { $0 != " " }
        if form == .identity || (form == nil && word.utf8.count == 16 && word.utf8.first != UInt8(ascii: "-")),
            let identity = ConnID(word)
        {
            return .value(.identity(identity.rawValue))
        }
        if let number = Int(word) { return .value(.integer(number)) }
        guard let first = word.utf8.first, ("A"..."Z").contains(Unicode.Scalar(first)) else { return nil }
        return .word(String(word))
    }

    /// `'key'` and a value, or `'key'(list)`.
    private static func pair(_ text: String) -> (KVList.Pair, opensList: Bool)? {
        if text.hasSuffix("'(list)"), let key = quoted(text.dropLast("(list)".count)) {
            return (KVList.Pair(key, .list(KVList())), true)
        }
        guard let tab = text.firstIndex(of: "\t"), let key = quoted(text[..<tab]) else { return nil }
        let rest = text[tab...].drop { $0 == "\t" || $0 == " " }
        if let value = quoted(rest) { return (KVList.Pair(key, .string(value)), false) }
        if let number = Int(rest) { return (KVList.Pair(key, .integer(number)), false) }
        return bytes(rest).map { (KVList.Pair(key, .binary($0)), false) }
    }
}

extension KVList {
    /// Appends to the list in the last pair, so many levels down; to this one where there is no such list.
    fileprivate mutating func append(_ pair: Pair, at path: ArraySlice<Int>) {
        guard !path.isEmpty, let last = self.pairs.indices.last, case .list(var inner) = self.pairs[last].value else {
            self.pairs.append(pair)
            return
        }
        inner.append(pair, at: path.dropFirst())
        self.pairs[last].value = .list(inner)
    }
}

private func quoted(_ text: Substring) -> String? {
    guard text.utf8.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") else { return nil }
    return unescaped(text.dropFirst().dropLast())
}

/// `[3] 00 01 02`.
private func bytes(_ text: Substring) -> [UInt8]? {
    guard text.hasPrefix("["), let close = text.firstIndex(of: "]"),
        let count = Int(text[text.index(after: text.startIndex)..<close])
    else { return nil }
    var bytes: [UInt8] = []
    for word in text[text.index(after: close)...].split(separator: " ") {
        guard let byte = UInt8(word, radix: 16) else { return nil }
        bytes.append(byte)
    }
    return bytes.count == count ? bytes : nil
}

private func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var result = ""
    var rest = text
    while let character = rest.popFirst() {
        let digits = rest.dropFirst().prefix(2)
        if character == "\\", rest.first == "x", digits.utf8.count == 2, let code = UInt8(digits, radix: 16),
            code < 0x20 || code == 0x7F || code == UInt8(ascii: "\\")
        {
            result.unicodeScalars.append(Unicode.Scalar(code))
            rest = rest.dropFirst(3)
        } else {
            result.append(character)
        }
    }
    return result
}
