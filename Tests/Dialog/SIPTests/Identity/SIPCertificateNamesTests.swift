import SIP
import Testing

/// RFC 5922 §7.1 and §7.2, rule by rule.
@Suite struct SIPCertificateNamesTests {
    @Test(
        arguments: [
            // Only the scheme sip, in any case, and no user.
            (SIPCertificateNames(uris: ["sip:example.com"]), ["example.com"]),
            (SIPCertificateNames(uris: ["SIP:example.com"]), ["example.com"]),
            (SIPCertificateNames(uris: ["sips:example.com"]), []),
            (SIPCertificateNames(uris: ["https:example.com"]), []),
            (SIPCertificateNames(uris: ["sip:alice@example.com"]), []),
            (SIPCertificateNames(uris: ["sip:@example.com"]), []),
            (SIPCertificateNames(uris: ["sip:a.com", "im:b.com", "sip:c.com"]), ["a.com", "c.com"]),
            // Neither parameters nor a port take part.
            (SIPCertificateNames(uris: ["sip:example.com:5061;transport=tls"]), ["example.com"]),
            // A DNS name counts if and only if no SIP URI does.
            (SIPCertificateNames(dnsNames: ["example.com", "b.com"]), ["example.com", "b.com"]),
            (SIPCertificateNames(uris: ["sip:example.com"], dnsNames: ["proxy.example.com"]), ["example.com"]),
            (SIPCertificateNames(uris: ["sip:bob@example.com"], dnsNames: ["example.com"]), ["example.com"]),
            // The common name counts if and only if there is no alternative name.
            (SIPCertificateNames(commonName: "example.com"), ["example.com"]),
            (SIPCertificateNames(uris: ["sip:bob@example.com"], commonName: "example.com"), []),
            (SIPCertificateNames(dnsNames: ["b.com"], commonName: "example.com"), ["b.com"]),
            (SIPCertificateNames(commonName: "example.com", hasAlternativeNames: true), []),
            // And only where it is a DNS name.
            (SIPCertificateNames(commonName: "Example Company"), []),
            (SIPCertificateNames(commonName: "*.example.com"), []),
            (SIPCertificateNames(commonName: ""), []), (SIPCertificateNames(commonName: "a..com"), []),
            (SIPCertificateNames(commonName: "example.com\0.evil.com"), []), (SIPCertificateNames(), []),
        ] as [(SIPCertificateNames, [String])])
    func `SIP domains are found in a certificate`(names: SIPCertificateNames, domains: [String]) {
        #expect(names.domains == domains)
    }

    @Test(arguments: [
        ("example.com", "example.com", true), ("Example.COM", "eXample.com", true),
        ("foo.example.com", "example.com", false),
        ("example.com", "foo.example.com", false), ("*.example.com", "foo.example.com", false),
        ("*.example.com", "*.example.com", true), (".example.com", "foo.example.com", false),
        (".example.com", ".example.com", true), ("example.com", "example.com.evil.org", false), ("", "", false),
        ("example.com\0.evil.org", "example.com", false), ("*", "example.com", false),
        ("xn--mller-kva.example", "XN--mller-kva.example", true),
    ])
    func `a domain matches whole, in any case, and no wildcard`(name: String, domain: String, isValid: Bool) {
        #expect(SIPCertificateNames(dnsNames: [name]).areValid(for: domain) == isValid)
    }

    @Test func `a certificate for a domain speaks for it whatever host it was found at`() {
        let names = SIPCertificateNames(uris: ["sip:example.com", "sip:example.net"], dnsNames: ["proxy1.example.com"])
        #expect(names.areValid(for: "example.com") && names.areValid(for: "example.net"))
        #expect(!names.areValid(for: "proxy1.example.com"))
    }
}
