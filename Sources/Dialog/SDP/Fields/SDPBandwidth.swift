/// How much a party wants to be sent at most: a `b=` line.
///
/// - Source: RFC 8866 §5.8.
public struct SDPBandwidth: Hashable, Sendable, CustomStringConvertible {
    /// What is counted, for example `AS` or `TIAS`.
    public var modifier: String
    /// - Unit: that of the modifier: kbit/s for `CT` and `AS`, bit/s for `TIAS` of RFC 3890.
    public var value: UInt64

    /// Describes a limit.
    public init(_ modifier: String, _ value: UInt64) { (self.modifier, self.value) = (modifier, value) }

    /// Reads the value of a line; nil where it is not `modifier:number`.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        let colon = span.end(of: range, before: UInt8(ascii: ":"))
        guard colon < range.upperBound,
            let value = span.number(span.trimmed(colon + 1..<range.upperBound))
        else { return nil }
        self.init(span.string(span.trimmed(range.lowerBound..<colon)), value)
    }

    /// The value of the line.
    public var description: String { "\(self.modifier):\(self.value)" }
}
