/// The answer to a request that is too broken to be read as a message, but names enough for its sender to be told.
///
/// It is made without any state, so a request that comes again is answered alike. The transport sends it: a user
/// agent never hears of the request.
///
/// - Source: RFC 3261 §8.2, §16.3, §18.3; RFC 4475 §3.1.2.
public struct SIPRefusal: Hashable, Sendable {
    /// What is answered: 505 where the request names another version than SIP/2.0, otherwise 400.
    public var response: SIPMessage
    /// Where it goes.
    public var destination: Endpoint

    /// Answers bytes that ``SIPMessage/init(parsing:)`` does not take.
    ///
    /// - Parameter source: where they came from.
    /// - Returns: nil where nobody is to be answered: no request line of SIP, an ACK, no Via, or no CSeq.
    public init?(of bytes: Span<UInt8>, from source: Endpoint) {
        guard let (found, status) = SIPMessage.salvage(bytes), found.method != .ack,
            found.fieldIndex.contains(where: { $0.kind == .via }),
            found.fieldIndex.contains(where: { $0.kind == .cseq })
        else { return nil }
        var request = found
        self.destination = source
        if var via = request[.via] {
            via.noteSource(source)
            request[.via] = via
            self.destination = via.responseEndpoint ?? source
        }
        self.response = SIPMessage(response: status, to: request, tag: request.statelessTag)
        self.response[.contentLength] = 0
    }
}

extension SIPMessage {
    /// A tag that depends on the request alone, so that a request which comes again is answered alike.
    ///
    /// - Source: RFC 3261 §8.2.7.
    var statelessTag: String {
        var seed: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (self.field("Call-ID") ?? "").utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = TokenGenerator(seed: seed)
        return generator.token()
    }

    /// What can be read of a request whose frame is broken, and how it is to be refused.
    ///
    /// - Returns: nil where the first line is not a request's.
    static func salvage(_ bytes: Span<UInt8>) -> (request: SIPMessage, status: SIPStatus)? {
        guard bytes.count <= Self.maximumByteCount else { return nil }
        var scanner = SIPLineScanner(bytes)
        guard scanner.nextLine(bytes), let (start, status) = Self.salvageStart(bytes, scanner.line) else { return nil }
        var fields: [Field] = []
        while scanner.nextLine(bytes), !scanner.line.isEmpty, fields.count < Self.maximumFieldCount {
            scanner.takeFolds(bytes)
            let field = try? SIPMessageIndex.Field(parsing: bytes, line: scanner.line)
            if let field { fields.append(Field(field)) }
        }
        return (SIPMessage(bytes: bytes.array(0..<bytes.count), start: start, fields: fields), status)
    }

    private static func salvageStart(_ bytes: Span<UInt8>, _ line: Range<Int>) -> (Start, SIPStatus)? {
        let words = bytes.trimmed(line)
        guard let space = bytes.firstIndex(of: 0x20, in: words),
            let method = SIPMethod(parsing: bytes.extracting(words.lowerBound..<space))
        else { return nil }
        var version = words.upperBound
        while version > space, bytes[version - 1] != 0x20 { version -= 1 }
        let prefix = version..<min(version + 4, words.upperBound)
        guard bytes.equalsIgnoringCase(prefix, Array("sip/".utf8)) else { return nil }
        let isOurs = bytes.equalsIgnoringCase(version..<words.upperBound, Array("sip/2.0".utf8))
        let uri = bytes.trimmed(space..<version)
        return (Start(method: method, status: nil, rest: uri, line: line), isOurs ? .badRequest : .versionNotSupported)
    }

    /// A message of fields that were found, and no body.
    private init(bytes: [UInt8], start: Start, fields: [Field]) {
        (self.bytes, self.start, self.fieldIndex) = (bytes, start, SIPFieldList(fields))
        self.bodyRange = bytes.count..<bytes.count
        self.unchanged = nil
    }
}
