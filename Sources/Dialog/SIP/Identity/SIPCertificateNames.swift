/// The names in a peer's certificate, and the SIP domains that they let it speak for.
///
/// The transport hands them in after it has checked the certificate itself: its chain, its dates and its usage. Names
/// are compared as they stand there, so a domain with letters beyond ASCII is given in its `xn--` form.
///
/// - Source: RFC 5922 §7.1, §7.2.
public struct SIPCertificateNames: Hashable, Sendable {
    /// The URIs among the subject's alternative names.
    public var uris: [String]
    /// The DNS names among the subject's alternative names.
    public var dnsNames: [String]
    /// The subject's common name.
    public var commonName: String?
    /// Whether there are alternative names of any kind, an address for example: then the common name counts for
    /// nothing.
    public var hasAlternativeNames: Bool

    /// Names of a certificate.
    ///
    /// - Parameter hasAlternativeNames: whether there are any, of whatever kind; nil where URIs and DNS names say so.
    public init(
        uris: [String] = [], dnsNames: [String] = [], commonName: String? = nil, hasAlternativeNames: Bool? = nil
    ) {
        (self.uris, self.dnsNames, self.commonName) = (uris, dnsNames, commonName)
        self.hasAlternativeNames = hasAlternativeNames ?? !(uris.isEmpty && dnsNames.isEmpty)
    }

    /// The SIP domains that the peer may speak for: those of `sip:` URIs without a user; where there is none, the DNS
    /// names; without any alternative name, the common name where it is a DNS name.
    public var domains: [String] {
        let named = self.uris.compactMap(Self.domain)
        if !named.isEmpty { return named }
        if self.hasAlternativeNames { return self.dnsNames }
        return self.commonName.flatMap { Self.isDomainName($0) ? [$0] : nil } ?? []
    }

    /// Whether the peer may speak for a SIP domain: one of ``domains`` is it, whole and in any case. A wildcard stands
    /// for nothing but itself.
    ///
    /// - Parameter domain: the host of the URI that was asked for, before any look-up.
    public func areValid(for domain: String) -> Bool {
        !domain.isEmpty && self.domains.contains { $0.equalsIgnoringCase(domain) }
    }

    private static func domain(of text: String) -> String? {
        guard let uri = SIPURI(text), uri.scheme == "sip", uri.user == nil else { return nil }
        return uri.host
    }

    private static func isDomainName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
            }
    }
}
