/// Where the parts of an address stand.
struct SIPAddressPlaces: Sendable {
    /// The whole value.
    var text = SIPPlace(0..<0)
    /// With its quotes, where it has some.
    var displayName = SIPPlace.absent
    var uri = SIPURIPlaces()
    /// With their first semicolon.
    var parameters = SIPPlace(0..<0)
    /// Whether the parameters are as we write them.
    var areParametersCanonical = true
    /// Whether the whole is as we write it.
    var isCanonical = true
    /// Whether it is `*`.
    var isWildcard = false

    init() {}
}

extension SIPAddressPlaces {
    /// Finds the parts of an address that fills the range, into a new value.
    ///
    /// - Returns: whether it is one.
    mutating func take(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        self.text = SIPPlace(range)
        let first = bytes[range.lowerBound]
        var open: Int?
        if first == UInt8(ascii: "<") {
            open = range.lowerBound
        } else if first == UInt8(ascii: "\"") {
            open = self.takeQuotedName(bytes, range)
            guard open != nil else { return false }
        } else if let bracket = bytes.firstIndex(of: UInt8(ascii: "<"), in: range) {
            guard self.takeName(bytes, range.lowerBound..<bracket) else { return false }
            open = bracket
        }
        guard let open else { return self.takeBareURI(bytes, range) }
        guard let close = bytes.firstIndex(of: UInt8(ascii: ">"), in: open..<range.upperBound) else { return false }
        let inner = bytes.trimmed((open + 1)..<close)
        if inner.count != close - open - 1 { self.isCanonical = false }
        guard self.take(bytes, uri: inner, rest: bytes.trimmed((close + 1)..<range.upperBound)) else { return false }
        if !self.parameters.isEmpty, self.parameters.range.lowerBound != close + 1 { self.isCanonical = false }
        return true
    }

    /// - Returns: where the bracket is after it.
    private mutating func takeQuotedName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let start = range.lowerBound
        guard let close = bytes.endOfQuotedString(from: start, end: range.upperBound), close <= range.upperBound,
            let bracket = bytes.firstIndex(of: UInt8(ascii: "<"), in: close..<range.upperBound),
            bytes.trimmed(close..<bracket).isEmpty
        else { return nil }
        self.displayName = SIPPlace(start..<close)
        if close - start == 2 || bracket != close + 1 || bytes[close] != 0x20 { self.isCanonical = false }
        // An escape may be one that we would not write.
        if bytes.contains(
            in: start..<close,
            marked: { $0.equal(to: UInt8(ascii: "\\")).or($0.equal(to: 0x0A)).or($0.equal(to: 0x0D)) })
        {
            self.isCanonical = false
        }
        return bracket
    }

    private mutating func takeName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let name = bytes.trimmed(range)
        // Where the quotes are missing, these would be taken for what they separate.
        for index in name where ",;\"".utf8.contains(bytes[index]) { return false }
        if !name.isEmpty { self.displayName = SIPPlace(name) }
        self.isCanonical = false
        return true
    }

    /// Without brackets, what follows a semicolon belongs to the header, not to the URI.
    private mutating func takeBareURI(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: range) ?? range.upperBound
        let uri = bytes.trimmed(range.lowerBound..<end)
        self.isCanonical = false
        if uri.count == 1, bytes[uri.lowerBound] == UInt8(ascii: "*") {
            self.isWildcard = true
            return true
        }
        // RFC 3261 §20: an address with a question mark must stand in brackets.
        guard bytes.firstIndex(of: UInt8(ascii: "?"), in: uri) == nil else { return false }
        return self.take(bytes, uri: uri, rest: end..<range.upperBound)
    }

    private mutating func take(_ bytes: Span<UInt8>, uri: Range<Int>, rest: Range<Int>) -> Bool {
        guard rest.isEmpty || bytes[rest.lowerBound] == UInt8(ascii: ";"),
            self.uri.take(bytes, in: uri),
            let areParametersCanonical = SIPParameters.check(bytes, rest)
        else { return false }
        (self.parameters, self.areParametersCanonical) = (SIPPlace(rest), areParametersCanonical)
        if !areParametersCanonical || !self.uri.isCanonical { self.isCanonical = false }
        return true
    }
}
