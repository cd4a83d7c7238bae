/// Where the parts of a Via value stand.
struct SIPViaPlaces: Sendable {
    /// The whole value.
    var text = SIPPlace(0..<0)
    var transport = SIPPlace(0..<0)
    var host = SIPPlace(0..<0)
    var port: UInt16?
    /// With their first semicolon.
    var parameters = SIPPlace(0..<0)
    /// Whether the parameters are as we write them.
    var areParametersCanonical = true
    /// Whether the whole is as we write it.
    var isCanonical = true
}

extension SIPViaPlaces {
    /// Finds the parts of a value that fills the range, into a new value.
    ///
    /// - Returns: whether it is one.
    mutating func take(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard let protocolEnd = Self.endOfProtocol(bytes, range) else { return false }
        var index = protocolEnd
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        let transportStart = index
        index = bytes.endOfToken(in: index..<range.upperBound)
        let transport = transportStart..<index
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        var authority = SIPHostPort()
        guard !transport.isEmpty, index > transport.upperBound, authority.take(bytes, in: index..<range.upperBound)
        else { return false }
        let rest = bytes.trimmed(authority.end..<range.upperBound)
        guard rest.isEmpty || bytes[rest.lowerBound] == UInt8(ascii: ";"),
            let areParametersCanonical = SIPParameters.check(bytes, rest)
        else { return false }
        self.text = SIPPlace(range)
        (self.transport, self.host, self.port) = (SIPPlace(transport), SIPPlace(authority.host), authority.port)
        (self.parameters, self.areParametersCanonical) = (SIPPlace(rest), areParametersCanonical)
        self.isCanonical =
            areParametersCanonical && authority.isCanonical && rest.lowerBound == authority.end
            && index == transport.upperBound + 1 && bytes[transport.upperBound] == 0x20
            && transportStart == range.lowerBound + 8 && bytes.word(at: range.lowerBound) == Self.protocolName
        return true
    }

    /// `SIP/2.0/`.
    private static let protocolName: UInt64 = 0x2F30_2E32_2F50_4953

    /// The position after `SIP/2.0/`, in any case, and with blanks round the slashes.
    private static func endOfProtocol(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if range.count > 8, bytes.word(at: range.lowerBound) == Self.protocolName { return range.lowerBound + 8 }
        guard let firstSlash = bytes.firstIndex(of: UInt8(ascii: "/"), in: range),
            let secondSlash = bytes.firstIndex(of: UInt8(ascii: "/"), in: (firstSlash + 1)..<range.upperBound),
            bytes.equalsIgnoringCase(bytes.trimmed(range.lowerBound..<firstSlash), "sip"),
            bytes.equalsIgnoringCase(bytes.trimmed((firstSlash + 1)..<secondSlash), "2.0")
        else { return nil }
        return secondSlash + 1
    }
}
