/// Where the parts of a URI stand.
struct SIPURIPlaces: Sendable {
    /// The schemes that are read in their parts.
    enum Scheme: Sendable {
        case sip, sips, tel, other
    }

    /// The whole URI.
    var text = SIPPlace(0..<0)
    var scheme = Scheme.other
    /// What stands before the first colon.
    var schemeName = SIPPlace(0..<0)
    var user = SIPPlace.absent
    var password = SIPPlace.absent
    var host = SIPPlace(0..<0)
    var port: UInt16?
    /// With their first semicolon.
    var parameters = SIPPlace(0..<0)
    /// Without the question mark.
    var headers = SIPPlace(0..<0)
    /// Whether parameters are as we write them.
    var areParametersCanonical = true
    /// Whether headers are as we write them.
    var areHeadersCanonical = true
    /// Whether the whole is as we write it.
    var isCanonical = true

    init() {}

    /// The same places in bytes that begin elsewhere.
    func moved(by distance: Int) -> Self {
        var places = self
        places.text = self.text.moved(by: distance)
        places.schemeName = self.schemeName.moved(by: distance)
        places.user = self.user.moved(by: distance)
        places.password = self.password.moved(by: distance)
        places.host = self.host.moved(by: distance)
        places.parameters = self.parameters.moved(by: distance)
        places.headers = self.headers.moved(by: distance)
        return places
    }
}

extension SIPURIPlaces {
    /// Finds the parts of a URI that fills the range. Into a new value in its place: a copy of what was just written
    /// in small pieces waits for all of them.
    ///
    /// - Returns: whether it is one.
    mutating func take(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        self.takePlain(bytes, range) || self.takeAny(bytes, range)
    }

    /// ``take(_:in:)`` for every form.
    mutating func takeAny(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard bytes.isURIText(range), self.takeScheme(bytes, range) else { return false }
        self.text = SIPPlace(range)
        let rest = (self.schemeName.range.upperBound + 1)..<range.upperBound
        guard !rest.isEmpty else { return false }
        switch self.scheme {
        case .sip, .sips: return self.takeSIP(bytes, rest)
        case .tel: return self.takeNumber(bytes, rest)
        case .other: self.user = SIPPlace(rest)
        }
        return true
    }

    @inline(__always)
    private mutating func takeScheme(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = bytes.shortWord(range.lowerBound..<min(range.upperBound, range.lowerBound + 8))
        if start & 0xFFFF_FFFF == 0x3A70_6973 {
            self.scheme = .sip
            self.schemeName = SIPPlace(range.lowerBound..<(range.lowerBound + 3))
            return true
        }
        return self.takeOtherScheme(bytes, range)
    }

    private mutating func takeOtherScheme(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let colon = bytes.endOfScheme(range) else { return false }
        let name = range.lowerBound..<colon
        self.schemeName = SIPPlace(name)
        if bytes.equalsIgnoringCase(name, "sip") {
            self.scheme = .sip
        } else if bytes.equalsIgnoringCase(name, "sips") {
            self.scheme = .sips
        } else if bytes.equalsIgnoringCase(name, "tel") {
            self.scheme = .tel
        }
        for index in name where bytes[index] != bytes[index].lowercased { self.isCanonical = false }
        return true
    }

    private mutating func takeSIP(_ bytes: Span<UInt8>, _ rest: Range<Int>) -> Bool {
        var start = rest.lowerBound
        if let at = bytes.firstIndex(of: UInt8(ascii: "@"), in: rest) {
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: start..<at)
            guard (colon ?? at) > start else { return false }
            self.user = SIPPlace(start..<(colon ?? at))
            if let colon { self.password = SIPPlace((colon + 1)..<at) }
            start = at + 1
        }
        var authority = SIPHostPort()
        guard authority.take(bytes, in: start..<rest.upperBound) else { return false }
        (self.host, self.port) = (SIPPlace(authority.host), authority.port)
        if !authority.isCanonical { self.isCanonical = false }
        guard authority.end < rest.upperBound else { return true }
        let tail = authority.end..<rest.upperBound
        let question = bytes.firstIndex(of: UInt8(ascii: "?"), in: tail)
        let end = question ?? tail.upperBound
        guard authority.end == end || bytes[authority.end] == UInt8(ascii: ";"),
            self.takeParameters(bytes, tail.lowerBound..<end)
        else { return false }
        guard let question else { return true }
        let headers = (question + 1)..<rest.upperBound
        guard let isCanonical = SIPParameters.check(bytes, headers, separator: UInt8(ascii: "&")) else { return false }
        self.headers = SIPPlace(headers)
        self.areHeadersCanonical = isCanonical
        if !isCanonical || headers.isEmpty { self.isCanonical = false }
        return true
    }

    private mutating func takeNumber(_ bytes: Span<UInt8>, _ rest: Range<Int>) -> Bool {
        let end = bytes.firstIndex(of: UInt8(ascii: ";"), in: rest) ?? rest.upperBound
        guard end > rest.lowerBound else { return false }
        self.user = SIPPlace(rest.lowerBound..<end)
        return self.takeParameters(bytes, end..<rest.upperBound)
    }

    private mutating func takeParameters(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let isCanonical = SIPParameters.check(bytes, range) else { return false }
        self.parameters = SIPPlace(range)
        self.areParametersCanonical = isCanonical
        if !isCanonical { self.isCanonical = false }
        return true
    }
}

extension Span where Element == UInt8 {
    /// The colon after a scheme: letters, digits, `+`, `-` and `.`.
    fileprivate func endOfScheme(_ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = self[index]
            if byte == UInt8(ascii: ":") { return index > range.lowerBound ? index : nil }
            guard
                byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".")
            else { return nil }
            index &+= 1
        }
        return nil
    }

    /// Whether a range has no blanks, control characters and angle brackets.
    @inline(__always)
    fileprivate func isURIText(_ range: Range<Int>) -> Bool { !self.contains(in: range) { $0.notInURI } }
}
