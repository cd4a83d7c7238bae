/// What a caller wants to be kept from others. An open set of words.
///
/// - Source: RFC 3323 §4.2; RFC 3325 §9.3 for `id`; RFC 7044 §10.1 for `history`.
public struct SIPPrivacy: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// One wish. An open set; compared in any case.
    public struct Wish: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        /// The word on the wire, in lower case.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) { self.rawValue = rawValue.lowercased() }

        /// Wraps a word written in source.
        public init(stringLiteral value: String) { self.init(rawValue: value) }

        /// Hide headers that the caller cannot go without.
        public static let header = Wish(rawValue: "header")
        /// Hide where the media goes.
        public static let session = Wish(rawValue: "session")
        /// Hide what the user could have left out.
        public static let user = Wish(rawValue: "user")
        /// Hide nothing, whatever is usual.
        public static let none = Wish(rawValue: "none")
        /// Rather refuse the request than not hide it.
        public static let critical = Wish(rawValue: "critical")
        /// Keep the asserted identity from those who are not trusted.
        public static let id = Wish(rawValue: "id")
        /// Keep the history of the request from others.
        public static let history = Wish(rawValue: "history")
    }

    /// The wishes in order.
    public var wishes: [Wish]

    /// Describes wishes.
    public init(_ wishes: [Wish]) { self.wishes = wishes }

    /// Describes wishes.
    public init(arrayLiteral elements: Wish...) { self.wishes = elements }

    /// Whether a wish is among them.
    public func contains(_ wish: Wish) -> Bool { self.wishes.contains(wish) }
}

extension SIPPrivacy: SIPHeaderValue, CustomStringConvertible {
    /// Reads words with semicolons between them; commas, which some write, are taken too.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        self.wishes = []
        repeat {
            scanner.skipSpace(bytes)
            guard let word = scanner.token(bytes) else { return nil }
            self.wishes.append(Wish(rawValue: bytes.string(word)))
            scanner.skipSpace(bytes)
        } while scanner.skip(";", bytes) || scanner.skip(",", bytes)
        guard scanner.isAtEnd else { return nil }
    }

    /// Writes the words with semicolons between them.
    public func write(to output: inout [UInt8]) {
        output.append(text: self.wishes.map(\.rawValue).joined(separator: ";"))
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
