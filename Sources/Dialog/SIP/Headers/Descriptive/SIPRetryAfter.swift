/// When somebody can be reached again.
///
/// - Source: RFC 3261 §20.33.
public struct SIPRetryAfter: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The wait. - Unit: seconds.
    public var seconds: Int
    /// Why, for people.
    public var comment: String?
    /// `duration` and others.
    public var parameters: SIPParameters

    /// Describes a wait.
    public init(seconds: Int, comment: String? = nil, duration: Int? = nil) {
        (self.seconds, self.comment, self.parameters) = (seconds, comment, SIPParameters())
        self.duration = duration
    }

    /// Describes a wait written in source. - Unit: seconds.
    public init(integerLiteral value: Int) { self.init(seconds: value) }

    /// How long one can be reached then; nil for as long as one likes. - Unit: seconds.
    public var duration: Int? {
        get { self.parameters.number("duration") }
        set { self.parameters.setNumber("duration", to: newValue) }
    }
}

extension SIPRetryAfter: SIPHeaderValue, CustomStringConvertible {
    /// Reads `seconds (comment);duration=seconds`.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let seconds = scanner.number(bytes) else { return nil }
        scanner.skipSpace(bytes)
        var comment: String?
        if scanner.next(bytes) == UInt8(ascii: "(") {
            guard let text = scanner.comment(bytes) else { return nil }
            comment = text
        }
        guard let parameters = scanner.parameters(bytes) else { return nil }
        (self.seconds, self.comment, self.parameters) = (seconds, comment, parameters)
    }

    /// Writes `seconds (comment);duration=seconds`.
    public func write(to output: inout [UInt8]) {
        output.append(text: String(self.seconds))
        if let comment = self.comment {
            output.append(UInt8(ascii: " "))
            output.append(comment: comment)
        }
        self.parameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
