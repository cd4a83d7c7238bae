/// A word and its parameters, `token *(;param)`: the form of many headers, from Accept-Encoding to
/// Subscription-State.
///
/// Equal where it is written alike, as event packages are compared; ``isNamed(_:)`` compares in any case, as the words
/// of most headers are.
///
/// - Source: RFC 3261 §25.1; RFC 6665 §8.2.1 for events.
public struct SIPToken: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The word.
    public var name: String
    /// What stands behind semicolons.
    public var parameters: SIPParameters

    /// Describes a word with parameters.
    public init(_ name: String, _ parameters: SIPParameters = SIPParameters()) {
        (self.name, self.parameters) = (name, parameters)
    }

    /// Reads what is written in source, for example `"session;handling=optional"`.
    public init(stringLiteral value: String) { self = SIPToken(text: value) ?? SIPToken(value) }

    /// Whether the word is `name`, in any case.
    public func isNamed(_ name: String) -> Bool { self.name.equalsIgnoringCase(name) }

    private init?(text: String) {
        let bytes = Array(text.utf8)
        self.init(parsing: bytes.span)
    }
}

extension SIPToken: SIPHeaderValue, CustomStringConvertible {
    /// Reads a token and parameters.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let name = scanner.token(bytes), let parameters = scanner.parameters(bytes) else { return nil }
        (self.name, self.parameters) = (bytes.string(name), parameters)
    }

    /// Writes the word and its parameters.
    public func write(to output: inout [UInt8]) {
        output.append(text: self.name)
        self.parameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
