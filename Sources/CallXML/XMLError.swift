/// Why bytes are no XML document that this library reads.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Hashable, Sendable {
        /// The document is not well-formed.
        case malformed
        /// The document declares a type: those can define entities that grow without bound or read files.
        case documentType
        /// The document's encoding is none of UTF-8, US-ASCII and ISO-8859-1.
        case encoding
        /// The document has more bytes than the limit.
        case tooLong
        /// Elements lie deeper in each other than the limit.
        case tooDeep
        /// There are more elements and attributes than the limit.
        case tooMany
    }

    /// What kind of mistake it is.
    public var code: Code
    /// The line, from 1; nil where it is a matter of the whole document.
    public var line: Int?
    /// What was found.
    public var message: String

    /// Describes a mistake.
    public init(_ code: Code, line: Int? = nil, _ message: String) {
        (self.code, self.line, self.message) = (code, line, message)
    }

    /// The message with its line.
    public var description: String { self.line.map { "line \($0): \(self.message)" } ?? self.message }

    /// Equal where code and line are.
    public static func == (left: XMLError, right: XMLError) -> Bool {
        left.code == right.code && left.line == right.line
    }

    /// Hashes code and line.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.code)
        hasher.combine(self.line)
    }
}

/// How much of a document is taken from a peer.
public struct XMLLimits: Hashable, Sendable {
    /// - Unit: bytes of the document.
    public var byteCount: Int
    /// How many elements may lie in each other.
    public var depth: Int
    /// How many elements and attributes there may be.
    public var nodeCount: Int

    /// Sets limits; the defaults are far above any document of call control.
    public init(byteCount: Int = 262_144, depth: Int = 64, nodeCount: Int = 10_000) {
        (self.byteCount, self.depth, self.nodeCount) = (byteCount, depth, nodeCount)
    }
}
