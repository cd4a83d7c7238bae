extension XMLElement {
    /// Reads a document and gives its root element.
    ///
    /// Prefixes need not be declared. A document type is refused, and with it every entity but the five that XML
    /// itself defines.
    ///
    /// - Source: XML 1.0.
    /// - Throws: where the document is not well-formed or goes beyond `limits`.
    public init(parsing bytes: Span<UInt8>, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        guard bytes.count <= limits.byteCount else {
            throw XMLError(.tooLong, "\(bytes.count) bytes, more than \(limits.byteCount)")
        }
        var start = 0
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
        while start < bytes.count, Self.isSpace(bytes[start]) { start += 1 }
        var document: [UInt8] = []
        document.reserveCapacity(bytes.count - start)
        for index in start..<bytes.count { document.append(bytes[index]) }
        try Self.screen(document)
        self = try XMLReader.read(document, limits: limits)
    }

    /// Refuses what must not reach the parser.
    ///
    /// Only encodings whose ASCII characters are single bytes are let through, so that no `<!DOCTYPE` can hide in
    /// another one. It is refused in comments and CDATA sections too, where it would do no harm and nobody writes it.
    private static func screen(_ document: [UInt8]) throws(XMLError) {
        guard document.first == UInt8(ascii: "<") else { throw XMLError(.malformed, line: 1, "no < at the start") }
        guard !document.contains(0) else { throw XMLError(.encoding, "a byte of value zero") }
        let declaration = document.prefix(200).prefix { $0 != UInt8(ascii: ">") }
        if Self.isDeclaration(declaration), let encoding = Self.encoding(in: declaration),
            !["utf-8", "us-ascii", "ascii", "iso-8859-1"].contains(encoding.lowercased())
        {
            throw XMLError(.encoding, line: 1, "encoding \(encoding)")
        }
        let doctype = Array("<!DOCTYPE".utf8)
        var line = 1
        for (index, byte) in zip(document.indices, document) {
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "<") else { continue }
            let rest = document[index...]
            if rest.starts(with: doctype) {
                throw XMLError(.documentType, line: line, "a document type is declared")
            }
            // FoundationXML ends the process at an instruction that has no text.
            if rest.starts(with: [byte, UInt8(ascii: "?")]), index > 0 || !Self.isDeclaration(declaration) {
                throw XMLError(.malformed, line: line, "a processing instruction")
            }
        }
    }

    private static func isDeclaration(_ start: ArraySlice<UInt8>) -> Bool {
        start.starts(with: Array("<?xml".utf8)) && start.dropFirst(5).first.map(Self.isSpace) == true
    }

    /// What stands in quotes after `encoding=`.
    private static func encoding(in declaration: ArraySlice<UInt8>) -> String? {
        let key = Array("encoding".utf8)
        var rest = declaration
        while !rest.isEmpty, !rest.starts(with: key) { rest = rest.dropFirst() }
        rest = rest.dropFirst(key.count).drop { Self.isSpace($0) || $0 == UInt8(ascii: "=") }
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        return String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
