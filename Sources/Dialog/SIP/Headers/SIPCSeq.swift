public import CallCore

/// A request's place in its dialog, and its method.
///
/// - Source: RFC 3261 §20.16; the number is below 2³¹.
public struct SIPCSeq: Hashable, Sendable {
    /// Counts the requests of one side of a dialog; ACK and CANCEL have that of their INVITE.
    public var number: UInt32
    /// The method of the request, by which a response says what it answers.
    public var method: SIPMethod

    /// Describes a place.
    public init(_ number: UInt32, _ method: SIPMethod) { (self.number, self.method) = (number, method) }
}

extension SIPCSeq: SIPHeaderValue, CustomStringConvertible {
    /// Reads `number method`.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: bytes, in: 0..<bytes.count) }

    /// Reads `number method`.
    public init?(parsing text: borrowing WireText) { self.init(parsing: text.buffer.span, in: text.range) }

    private init?(parsing bytes: Span<UInt8>, in text: Range<Int>) {
        let range = bytes.trimmed(text)
        var index = range.lowerBound
        while index < range.upperBound, bytes[index].isDigit { index &+= 1 }
        let name = bytes.trimmed(index..<range.upperBound)
        guard let number = bytes.number(range.lowerBound..<index, limit: 0x7FFF_FFFF), name.lowerBound > index,
            let method = SIPMethod(parsing: bytes, in: name)
        else { return nil }
        (self.number, self.method) = (UInt32(truncatingIfNeeded: number), method)
    }

    /// Writes `number method`.
    public func write(to output: inout [UInt8]) {
        output.append(number: Int(self.number))
        output.append(0x20)
        self.method.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
