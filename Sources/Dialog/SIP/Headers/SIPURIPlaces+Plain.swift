extension SIPURIPlaces {
    /// Finds the parts of a URI as nearly all are: up to 64 bytes, `sip:`, with a user or none, a host that is no IPv6
    /// address, a port or none, and simple parameters, all as we write it. Each part is found by the bits of its
    /// delimiters; only host and port are walked.
    ///
    /// - Returns: false where it is another, or none; then nothing was written.
    @inline(__always)
    mutating func takePlain(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let (start, count) = (range.lowerBound, range.count)
        guard count > 4, count <= 64, bytes.count &- start >= 64,
            bytes.word(at: start) & 0xFFFF_FFFF == Self.schemeAndColon
        else { return false }
        let inside = UInt64.firstBits(count)
        let forbidden = bytes.places(at: start) {
            $0.notInURI.or($0.equal(to: UInt8(ascii: "?"))).or($0.equal(to: UInt8(ascii: "\"")))
        }
        let semicolons = bytes.places(of: UInt8(ascii: ";"), at: start) & inside
        let ends = semicolons | bytes.places(of: UInt8(ascii: "="), at: start) & inside
        // Behind each semicolon there is a name.
        guard
            forbidden & inside | (semicolons &<< 1) & ends | semicolons &>> UInt64(truncatingIfNeeded: count &- 1) == 0
        else { return false }
        let authorityEnd = (semicolons | ~inside).trailingZeroBitCount
        let authority = UInt64.firstBits(authorityEnd) & ~0xF
        let ats = bytes.places(of: UInt8(ascii: "@"), at: start)
        let colons = bytes.places(of: UInt8(ascii: ":"), at: start) & authority
        var hostStart = 4
        if ats & inside != 0 {
            let at = ats.trailingZeroBitCount
            // Otherwise a semicolon belongs to the user.
            guard at < authorityEnd, at > 4, colons & UInt64.firstBits(at) == 0 else { return false }
            hostStart = at &+ 1
        }
        let hostEnd = (colons | ~UInt64.firstBits(authorityEnd)).trailingZeroBitCount
        let host = (start &+ hostStart)..<max(start &+ hostStart, start &+ hostEnd)
        guard !host.isEmpty, bytes.end(of: { $0.hostCharacters }, in: host) == host.upperBound else { return false }
        if hostEnd < authorityEnd {
            guard let port = bytes.plainPort((start &+ hostEnd &+ 1)..<(start &+ authorityEnd)) else { return false }
            self.port = port
        }
        self.text = SIPPlace(range)
        self.scheme = .sip
        self.schemeName = SIPPlace(start..<(start &+ 3))
        if hostStart > 4 { self.user = SIPPlace((start &+ 4)..<(start &+ hostStart &- 1)) }
        self.host = SIPPlace(host)
        if authorityEnd < count { self.parameters = SIPPlace((start &+ authorityEnd)..<range.upperBound) }
        return true
    }

    /// `sip:`
    private static var schemeAndColon: UInt64 { 0x3A70_6973 }
}

extension Span where Element == UInt8 {
    /// A port that fills a range, without zeros before it.
    @inline(__always)
    fileprivate func plainPort(_ range: Range<Int>) -> UInt16? {
        guard let port = self.number(range, limit: 65_535), range.count == 1 || self[range.lowerBound] != 0x30 else {
            return nil
        }
        return UInt16(truncatingIfNeeded: port)
    }
}
