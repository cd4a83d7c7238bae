public import CallCore

/// How long a session lives unless somebody refreshes it, and who is to do so.
///
/// - Source: RFC 4028 §4.
public struct SIPSessionExpires: Hashable, Sendable {
    /// Who refreshes the session.
    public enum Refresher: String, Hashable, Sendable, CaseIterable {
        /// Who sends the request that this header belongs to.
        case uac
        /// Who answers it.
        case uas
    }

    /// The interval. - Unit: seconds.
    public var seconds: Int
    /// `refresher` and others.
    public var parameters: SIPParameters

    /// Describes an interval.
    public init(seconds: Int, refresher: Refresher? = nil) {
        (self.seconds, self.parameters) = (seconds, SIPParameters())
        self.refresher = refresher
    }

    /// Who refreshes; nil where it is not said, or not understood.
    public var refresher: Refresher? {
        get { self.parameters["refresher"].flatMap { Refresher(rawValue: $0.lowercased()) } }
        set { self.parameters["refresher"] = newValue?.rawValue }
    }
}

extension SIPSessionExpires: SIPHeaderValue, CustomStringConvertible {
    /// Reads `seconds;refresher=…`.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads `seconds;refresher=…`.
    public init?(parsing text: borrowing WireText) {
        let bytes = text.buffer.span
        var scanner = SIPValueScanner(bytes, in: text.range)
        guard let seconds = scanner.number(bytes), let parameters = scanner.parameters(holding: text.buffer)
        else { return nil }
        (self.seconds, self.parameters) = (seconds, parameters)
    }

    /// Writes `seconds;refresher=…`.
    public func write(to output: inout [UInt8]) {
        output.append(number: self.seconds)
        self.parameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
