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
        let rest = document.extracting(droppingFirst: start)
        // Safe: the buffer is copied before the closure ends. A loop over the span takes as long as all other checks;
        // MSMLDocuments measures it.
        self.bytes = unsafe rest.withUnsafeBufferPointer { unsafe Array($0) }
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
        guard self.isDeclared, !self.bytes.starts(with: Self.usualDeclaration) else { return }
        let declaration = self.bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }
        if let encoding = Self.encoding(in: declaration),
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
        let bytes = self.bytes.span
        var index = bytes.nextTag(from: 0)
        while index < bytes.count {
            guard bytes[index] != 0 else { throw XMLError(.encoding, "a byte of value zero") }
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if next == UInt8(ascii: "!") {
                guard !self.bytes[(index + 1)...].starts(with: Self.doctype) else {
                    throw XMLError(.documentType, line: self.line(of: index), "a document type is declared")
                }
            } else if next == UInt8(ascii: "?") {
                // FoundationXML ends the process at an instruction that has no text.
                guard index == 0, self.isDeclared else {
                    throw XMLError(.malformed, line: self.line(of: index), "a processing instruction")
                }
            } else if next != UInt8(ascii: "/"), prefixes.count <= Self.prefixLimit,
                let end = Self.prefixEnd(in: bytes, from: index + 1)
            {
                let prefix = self.bytes[(index + 1)..<end]
                if prefixes.last != prefix, !prefixes.contains(prefix), !prefix.starts(with: Self.xml) {
                    prefixes.append(prefix)
                }
            }
            index = bytes.nextTag(from: index + 1)
        }
        return prefixes.isEmpty || prefixes.count > Self.prefixLimit || self.declaresPrefix ? [] : prefixes
    }

    private var declaresPrefix: Bool {
        var rest = self.bytes[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            if self.bytes[..<colon].suffix(Self.xmlns.count).elementsEqual(Self.xmlns) { return true }
            rest = self.bytes[(colon + 1)...]
        }
        return false
    }

    private func line(of index: Int) -> Int {
        self.bytes[..<index].reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    /// Where the prefix of the name that begins at a place ends; nil where it has none, or one that is no plain word.
    private static func prefixEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var end = start
        while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
        return end > start && end < bytes.count && bytes[end] == UInt8(ascii: ":") ? end : nil
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
    private static let usualDeclaration = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8)
    private static let doctype = Array("!DOCTYPE".utf8)
    private static let xml = Array("xml".utf8)
    private static let xmlns = Array("xmlns".utf8)
    private static let prefixLimit = 8
}

extension Span<UInt8> {
    /// The place of the next `<` or zero, or the end.
    ///
    /// Eight bytes at a time: MSMLDocuments measures what that saves.
    fileprivate func nextTag(from start: Int) -> Int {
        var index = start
        // Safe: eight bytes are read only where eight are left.
        let raw = unsafe self.bytes
        while self.count - index >= 8 {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            // A byte that is zero, or becomes zero by taking `<` away, borrows from its highest bit.
            let tags = word ^ 0x3C3C_3C3C_3C3C_3C3C
            let ones: UInt64 = 0x0101_0101_0101_0101
            guard (((word &- ones) & ~word) | ((tags &- ones) & ~tags)) & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        while index < self.count, self[index] != UInt8(ascii: "<"), self[index] != 0 { index += 1 }
        return index
    }
}
