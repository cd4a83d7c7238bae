/// A document that may reach the parser, and what is added to it so that the parser finds no fault where none matters.
///
/// Only encodings whose ASCII characters are single bytes are let through, so that no `<!DOCTYPE` can hide in another
/// one. It is refused in comments and CDATA sections too, where it would do no harm and nobody writes it.
///
/// A prefix that is not declared is legal in what SIP Server sends, but the parser reports each use as an error, which
/// costs more than all else that it does. So the prefixes of elements that are declared nowhere are declared in the
/// root, and the reader takes these declarations out again.
struct XMLScreen {
    private(set) var bytes: [UInt8]
    /// The prefixes that were declared in the root.
    private(set) var addedPrefixes: [String] = []

    /// - Throws: where the document must not reach the parser.
    init(_ document: Span<UInt8>) throws(XMLError) {
        var start = 0
        if document.count >= 3, document[0] == 0xEF, document[1] == 0xBB, document[2] == 0xBF { start = 3 }
        while start < document.count, Self.isBlank(document[start]) { start += 1 }
        self.bytes = []
        self.bytes.reserveCapacity(document.count - start + 64)
        for index in start..<document.count { self.bytes.append(document[index]) }
        guard self.bytes.first == UInt8(ascii: "<") else { throw XMLError(.malformed, line: 1, "no < at the start") }
        try self.checkEncoding()
        let prefixes = try self.checkTags()
        if !prefixes.isEmpty { self.declare(prefixes) }
    }

    /// Whether the document begins with an XML declaration.
    private var isDeclared: Bool {
        self.bytes.starts(with: Self.declaration) && self.bytes.count > Self.declaration.count
            && Self.isBlank(self.bytes[Self.declaration.count])
    }

    /// Refuses what a peer could hide in another encoding.
    private func checkEncoding() throws(XMLError) {
        let declaration = self.bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }
        if self.isDeclared, let encoding = Self.encoding(in: declaration),
            !["utf-8", "us-ascii", "ascii", "iso-8859-1"].contains(encoding.lowercased())
        {
            throw XMLError(.encoding, line: 1, "encoding \(encoding)")
        }
    }

    /// Refuses document types, processing instructions and zeros.
    ///
    /// - Returns: the prefixes of elements, each once, where there are any and no prefix is declared.
    private func checkTags() throws(XMLError) -> [ArraySlice<UInt8>] {
        var prefixes: [ArraySlice<UInt8>] = []
        var isDeclaring = false
        var line = 1
        var index = 0
        let bytes = self.bytes.span
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte > UInt8(ascii: "<") { continue }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == 0 { throw XMLError(.encoding, "a byte of value zero") }
            if byte == UInt8(ascii: ":"), !isDeclaring, index > Self.xmlns.count {
                isDeclaring = self.bytes[(index - Self.xmlns.count)..<index].elementsEqual(Self.xmlns)
            }
            guard byte == UInt8(ascii: "<"), index < bytes.count else { continue }
            if bytes[index] == UInt8(ascii: "!") {
                guard !self.bytes[index...].starts(with: Self.doctype) else {
                    throw XMLError(.documentType, line: line, "a document type is declared")
                }
            } else if bytes[index] == UInt8(ascii: "?") {
                // FoundationXML ends the process at an instruction that has no text.
                guard index == 1, self.isDeclared else {
                    throw XMLError(.malformed, line: line, "a processing instruction")
                }
            } else if !isDeclaring, let prefix = self.prefix(at: index), !prefixes.contains(prefix) {
                prefixes.append(prefix)
            }
        }
        return isDeclaring || prefixes.count > Self.prefixLimit ? [] : prefixes
    }

    /// The prefix of the name that begins at a place; nil where it has none, or one that is no plain word.
    private func prefix(at start: Int) -> ArraySlice<UInt8>? {
        var end = start
        while end < self.bytes.count, Self.isWord(self.bytes[end]) { end += 1 }
        guard end > start, end < self.bytes.count, self.bytes[end] == UInt8(ascii: ":") else { return nil }
        let prefix = self.bytes[start..<end]
        return prefix.starts(with: Self.xml) ? nil : prefix
    }

    /// Writes declarations into the root's tag, behind its name. What stands before it may be anything: where it is
    /// more than a declaration, the document stays as it is.
    private mutating func declare(_ prefixes: [ArraySlice<UInt8>]) {
        var place = 0
        if self.isDeclared {
            guard let end = self.bytes.firstIndex(of: UInt8(ascii: ">")) else { return }
            place = end + 1
            while place < self.bytes.count, Self.isBlank(self.bytes[place]) { place += 1 }
        }
        guard place + 1 < self.bytes.count, self.bytes[place] == UInt8(ascii: "<"), Self.isWord(self.bytes[place + 1])
        else { return }
        place += 1
        while place < self.bytes.count, Self.isWord(self.bytes[place]) || self.bytes[place] == UInt8(ascii: ":") {
            place += 1
        }
        let declarations = prefixes.map { Array(" xmlns:".utf8) + $0 + Array("=\"urn:undeclared\"".utf8) }
        self.bytes.insert(contentsOf: declarations.joined(), at: place)
        self.addedPrefixes = prefixes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What stands in quotes after `encoding=`.
    private static func encoding(in declaration: ArraySlice<UInt8>) -> String? {
        let key = Array("encoding".utf8)
        var rest = declaration
        while !rest.isEmpty, !rest.starts(with: key) { rest = rest.dropFirst() }
        rest = rest.dropFirst(key.count).drop { Self.isBlank($0) || $0 == UInt8(ascii: "=") }
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        return String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Whether a byte can be in the plain names that peers use.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static let declaration = Array("<?xml".utf8)
    private static let doctype = Array("!DOCTYPE".utf8)
    private static let xml = Array("xml".utf8)
    private static let xmlns = Array("xmlns:".utf8)
    private static let prefixLimit = 8
}
