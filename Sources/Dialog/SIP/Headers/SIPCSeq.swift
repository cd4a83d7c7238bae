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
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        var index = range.lowerBound
        while index < range.upperBound, (0x30...0x39).contains(bytes[index]) { index += 1 }
        let method = bytes.trimmed(index..<range.upperBound)
        guard let number = bytes.number(range.lowerBound..<index, limit: 0x7FFF_FFFF), method.lowerBound > index,
            !method.isEmpty, method.allSatisfy({ bytes[$0].isToken })
        else { return nil }
        (self.number, self.method) = (UInt32(number), SIPMethod(rawValue: bytes.string(method)))
    }

    /// Writes `number method`.
    public func write(to output: inout [UInt8]) { output.append(text: "\(self.number) \(self.method)") }

    /// The value as on the wire.
    public var description: String { self.written }
}
