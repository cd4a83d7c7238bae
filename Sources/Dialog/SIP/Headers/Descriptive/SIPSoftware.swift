public import CallCore

/// What software somebody runs: products and comments, of User-Agent and Server.
///
/// Any text is taken, since few keep to the grammar; ``parts`` reads what does.
///
/// - Source: RFC 3261 §20.35, §20.41, §25.1 `server-val`.
public struct SIPSoftware: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// One word of it.
    public enum Part: Hashable, Sendable {
        /// A product, with its version where one is named.
        case product(String, version: String?)
        /// A comment, without its parentheses.
        case comment(String)
    }

    private var text: WireText

    /// The text on the wire.
    public var rawValue: String {
        get { self.text.string }
        set { self.text = WireText(newValue) }
    }

    /// Wraps a text.
    public init(rawValue: String) { self.text = WireText(rawValue) }

    /// Wraps a text written in source.
    public init(stringLiteral value: String) { self.text = WireText(value) }

    /// Writes products and comments.
    public init(_ parts: [Part]) {
        self.text = WireText(parts.map(Self.text).joined(separator: " "))
    }

    /// The text on the wire.
    public var description: String { self.rawValue }

    /// Products and comments in order; nil where the text is anything else.
    public var parts: [Part]? {
        Self.parts(self.text.buffer.span.extracting(self.text.range))
    }

    private static func parts(_ bytes: Span<UInt8>) -> [Part]? {
        var scanner = SIPValueScanner(bytes)
        var parts: [Part] = []
        while !scanner.isAtEnd {
            if scanner.next(bytes) == UInt8(ascii: "(") {
                guard let comment = scanner.comment(bytes) else { return nil }
                parts.append(.comment(comment))
            } else {
                guard let name = scanner.token(bytes) else { return nil }
                var version: String?
                if scanner.skip("/", bytes) {
                    guard let token = scanner.token(bytes) else { return nil }
                    version = bytes.string(token)
                }
                parts.append(.product(bytes.string(name), version: version))
            }
            guard scanner.isAtEnd || scanner.next(bytes)?.isSpace == true else { return nil }
            scanner.skipSpace(bytes)
        }
        return parts.isEmpty ? nil : parts
    }

    private static func text(_ part: Part) -> String {
        switch part {
        case .product(let name, let version): return version.map { "\(name)/\($0)" } ?? name
        case .comment(let text):
            var output: [UInt8] = []
            output.append(comment: text)
            return String(decoding: output, as: UTF8.self)
        }
    }
}

extension SIPSoftware: SIPHeaderValue {
    /// The text, with each line fold replaced by one blank.
    public init?(parsing bytes: Span<UInt8>) {
        guard let text = String(parsing: bytes) else { return nil }
        self.text = WireText(text)
    }

    /// The text, with each line fold replaced by one blank.
    public init?(parsing text: borrowing WireText) {
        let bytes = text.buffer.span
        let range = bytes.trimmed(text.range)
        self.text = text.extracting(range)
        guard bytes.hasLineEnds(range) else { return }
        guard let unfolded = String(parsing: bytes.extracting(range)) else { return nil }
        self.text = WireText(unfolded)
    }

    /// Writes the text.
    public func write(to output: inout [UInt8]) { output.append(line: self.text) }
}

extension [UInt8] {
    /// Appends a comment: its own parentheses are escaped, line ends become blanks.
    mutating func append(comment text: String) {
        self.append(UInt8(ascii: "("))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\\") {
                self.append(UInt8(ascii: "\\"))
            }
            self.append(byte == 0x0D || byte == 0x0A ? 0x20 : byte)
        }
        self.append(UInt8(ascii: ")"))
    }
}
