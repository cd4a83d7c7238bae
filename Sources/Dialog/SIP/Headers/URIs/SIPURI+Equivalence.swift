extension SIPURI {
    /// Whether both URIs name the same, by the rules of their scheme; `==` compares what is written.
    ///
    /// Not transitive: a parameter that only one URI has is passed over, unless it is one of those that change where
    /// a request goes. Headers are compared as text, names in any case.
    ///
    /// - Source: RFC 3261 §19.1.4; RFC 3966 §4 for `tel`.
    public func isEquivalent(to other: SIPURI) -> Bool {
        guard self.scheme.equalsIgnoringCase(other.scheme) else { return false }
        if let number = SIPTelephoneNumber(self), let otherNumber = SIPTelephoneNumber(other) {
            return number.isEquivalent(to: otherNumber)
        }
        guard self.isSIP else { return self == other }
        return Self.decoded(self.user) == Self.decoded(other.user)
            && Self.decoded(self.password) == Self.decoded(other.password)
            && self.hasSameHost(as: other) && self.port == other.port
            && Self.areEquivalent(self.parameters, other.parameters)
            && Self.areEquivalent(headers: self.headers, other.headers)
    }

    /// Whether the scheme is `sip` or `sips`.
    public var isSIP: Bool { self.scheme == "sip" || self.scheme == "sips" }

    private func hasSameHost(as other: SIPURI) -> Bool {
        if self.host.equalsIgnoringCase(other.host) { return true }
        guard let address = Endpoint(host: self.host, port: 0) else { return false }
        return address == Endpoint(host: other.host, port: 0)
    }

    /// These never match a URI that lacks them.
    private static let telling = ["user", "ttl", "method", "maddr", "transport"]

    private static func areEquivalent(_ left: SIPParameters, _ right: SIPParameters) -> Bool {
        for name in self.telling where (left[name] == nil) != (right[name] == nil) { return false }
        return left.elements.allSatisfy { element in
            guard let other = right[element.name] else { return true }
            return self.folded(left[element.name]) == self.folded(other)
        }
    }

    private static func areEquivalent(headers left: SIPParameters, _ right: SIPParameters) -> Bool {
        func sorted(_ headers: SIPParameters) -> [[UInt8]] {
            headers.elements.map { self.folded($0.name) + [UInt8(ascii: "=")] + self.decoded($0.rawValue) }
                .sorted { $0.lexicographicallyPrecedes($1) }
        }
        return left.elements.count == right.elements.count && sorted(left) == sorted(right)
    }

    /// The bytes without escapes; nil becomes nothing that a present part could be.
    private static func decoded(_ text: String?) -> [UInt8] {
        guard let text else { return [0xFF] }
        return Array(text.utf8).percentDecoded()
    }

    private static func folded(_ text: String?) -> [UInt8] { self.decoded(text).map(\.lowercased) }
}
