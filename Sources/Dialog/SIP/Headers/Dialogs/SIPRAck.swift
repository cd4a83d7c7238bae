/// Which provisional response a PRACK confirms.
///
/// - Source: RFC 3262 §7.2.
public struct SIPRAck: Hashable, Sendable {
    /// The RSeq of the response.
    public var responseNumber: UInt32
    /// The CSeq of the response: that of the INVITE.
    public var cseq: SIPCSeq

    /// Names a response.
    public init(_ responseNumber: UInt32, _ cseq: SIPCSeq) {
        (self.responseNumber, self.cseq) = (responseNumber, cseq)
    }
}

extension SIPRAck: SIPHeaderValue, CustomStringConvertible {
    /// Reads `response-number cseq-number method`.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let number = scanner.number(bytes), let next = scanner.next(bytes), next.isSpace,
            let cseq = SIPCSeq(parsing: bytes.extracting(scanner.rest))
        else { return nil }
        (self.responseNumber, self.cseq) = (UInt32(truncatingIfNeeded: number), cseq)
    }

    /// Writes `response-number cseq-number method`.
    public func write(to output: inout [UInt8]) {
        output.append(text: "\(self.responseNumber) ")
        self.cseq.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
