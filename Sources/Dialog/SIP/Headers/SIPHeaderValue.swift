public import CallCore

/// The value of a header field, read when asked for. Open: conform types of your own for headers of your own.
public protocol SIPHeaderValue: Hashable, Sendable {
    /// Reads a value that fills the span; white space round it and line folds in it may be present.
    ///
    /// - Returns: nil where it is malformed.
    init?(parsing bytes: Span<UInt8>)

    /// Reads a value that fills the text. A type that keeps the text instead of strings implements this one as well;
    /// for others it is there, and reads the span.
    ///
    /// - Returns: nil where it is malformed.
    init?(parsing text: WireText)

    /// Appends the value as it stands on the wire.
    func write(to output: inout [UInt8])
}

extension SIPHeaderValue {
    /// Reads a value that fills the text.
    ///
    /// - Returns: nil where it is malformed.
    public init?(parsing text: WireText) { self.init(parsing: text.buffer.span.extracting(text.range)) }

    /// The value as it stands on the wire.
    var written: String {
        var output: [UInt8] = []
        self.write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension String: SIPHeaderValue {
    /// The text, with each line fold replaced by one blank.
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        guard bytes.firstIndex(of: 0x0A, in: range) != nil else {
            self = bytes.string(range)
            return
        }
        var text: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x0A {
                while text.last?.isSpace == true { text.removeLast() }
                while index < range.upperBound, bytes[index].isSpace { index += 1 }
                text.append(0x20)
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        self = String(decoding: text, as: UTF8.self)
    }

    /// Appends the text; line ends become blanks.
    public func write(to output: inout [UInt8]) { output.append(text: self) }
}

extension Int: SIPHeaderValue {
    /// Reads a decimal number; parameters after it, as some peers write them, are passed over.
    public init?(parsing bytes: Span<UInt8>) {
        let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: 0..<bytes.count) ?? bytes.count
        guard let number = bytes.number(bytes.trimmed(0..<end), limit: 0xFFFF_FFFF) else { return nil }
        self = number
    }

    /// Appends the digits.
    public func write(to output: inout [UInt8]) { output.append(text: String(self)) }
}

extension SIPMethod: SIPHeaderValue {
    /// Reads a token.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: bytes, in: bytes.trimmed(0..<bytes.count)) }

    /// Reads a token.
    public init?(parsing text: WireText) {
        let bytes = text.buffer.span
        self.init(parsing: bytes, in: bytes.trimmed(text.range))
    }

    /// Reads a token that fills the range.
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        if let known = SIPMethod(word: bytes.shortWord(range)) {
            self = known
        } else {
            guard bytes.isToken(range) else { return nil }
            self.rawValue = bytes.string(range)
        }
    }

    /// Tells a known method apart without making a string: its letters as one word, the first one lowest.
    private init?(word: UInt64) {
        switch word {
        case 0x0000_4554_4956_4E49: self = .invite
        case 0x0000_0000_004B_4341: self = .ack
        case 0x0000_0000_0045_5942: self = .bye
        case 0x0000_4C45_434E_4143: self = .cancel
        case 0x0053_4E4F_4954_504F: self = .options
        case 0x0000_0000_4F46_4E49: self = .info
        case 0x0000_4554_4144_5055: self = .update
        case 0x0000_004B_4341_5250: self = .prack
        case 0x0000_0052_4546_4552: self = .refer
        case 0x0000_5946_4954_4F4E: self = .notify
        case 0x5245_5453_4947_4552: self = .register
        case 0x0045_4741_5353_454D: self = .message
        case 0x0048_5349_4C42_5550: self = .publish
        default: return nil
        }
    }

    /// Appends the name.
    public func write(to output: inout [UInt8]) { output.append(text: self.rawValue) }
}
