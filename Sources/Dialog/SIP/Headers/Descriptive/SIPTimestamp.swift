/// When a request was sent by its sender's clock, and in a response how long the answer took.
///
/// - Source: RFC 3261 §20.38, §8.2.6.1.
public struct SIPTimestamp: Hashable, Sendable {
    /// The sender's clock; what it counts from is the sender's business.
    public var time: Duration
    /// How long the one who answers had the request.
    public var delay: Duration?

    /// Describes a moment.
    public init(_ time: Duration, delay: Duration? = nil) { (self.time, self.delay) = (time, delay) }
}

extension SIPTimestamp: SIPHeaderValue, CustomStringConvertible {
    /// Reads `seconds.fraction seconds.fraction`; what is below 10⁻¹⁸ seconds is cut off.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let time = scanner.decimal(bytes) else { return nil }
        var delay: Duration?
        if !scanner.isAtEnd {
            guard bytes[scanner.position].isSpace else { return nil }
            scanner.skipSpace(bytes)
            guard let value = scanner.decimal(bytes), scanner.isAtEnd else { return nil }
            delay = value
        }
        (self.time, self.delay) = (time, delay)
    }

    /// Writes `seconds.fraction seconds.fraction`; negative times count as 0.
    public func write(to output: inout [UInt8]) {
        Self.write(self.time, to: &output)
        guard let delay = self.delay else { return }
        output.append(UInt8(ascii: " "))
        Self.write(delay, to: &output)
    }

    private static func write(_ duration: Duration, to output: inout [UInt8]) {
        let (seconds, attoseconds) = max(duration, .zero).components
        output.append(text: String(seconds))
        guard attoseconds > 0 else { return }
        let digits = String(attoseconds)
        var fraction = String(repeating: "0", count: max(0, 18 - digits.utf8.count)) + digits
        while fraction.last == "0" { fraction.removeLast() }
        output.append(text: "." + fraction)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}

extension SIPValueScanner {
    /// Goes past digits with or without a point among them.
    fileprivate mutating func decimal(_ bytes: Span<UInt8>) -> Duration? {
        let start = self.position
        let whole = self.run(bytes) { (0x30...0x39).contains($0) }
        var attoseconds: Int64 = 0
        var hasFraction = false
        if self.skip(".", bytes) {
            var scale: Int64 = 100_000_000_000_000_000
            for index in self.run(bytes, while: { (0x30...0x39).contains($0) }) ?? self.position..<self.position {
                attoseconds += Int64(bytes[index] &- 0x30) * scale
                scale /= 10
                hasFraction = true
            }
        }
        guard whole != nil || hasFraction else { return nil }
        guard let seconds = whole.map({ bytes.number($0, limit: 0xFFFF_FFFF_FFFF) }) ?? 0 else { return nil }
        return self.position > start
            ? Duration(secondsComponent: Int64(seconds), attosecondsComponent: attoseconds) : nil
    }
}
