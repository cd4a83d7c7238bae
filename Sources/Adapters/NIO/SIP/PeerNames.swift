internal import SIP

/// Whom a peer's certificate speaks for: SIP domains, and addresses where one was asked for by its address. Only
/// alternative names count; a common name alone, which RFC 5922 still lets pass, is nobody's.
///
/// - Source: RFC 5922 §7; RFC 5280 §4.2.1.6.
package struct PeerNames: Sendable, CustomStringConvertible {
    private var names = SIPCertificateNames(hasAlternativeNames: false)
    private var addresses: [Endpoint] = []

    /// Nobody.
    package init() {}

    /// Adds a DNS name.
    package mutating func add(host: String) {
        self.names.hasAlternativeNames = true
        self.names.dnsNames.append(host)
    }

    /// Adds a URI.
    package mutating func add(uri: String) {
        self.names.hasAlternativeNames = true
        self.names.uris.append(uri)
    }

    /// Adds an address: four bytes, or sixteen.
    package mutating func add(address: [UInt8]) {
        self.names.hasAlternativeNames = true
        switch address.count {
        case 4: self.addresses.append(Endpoint(ipv4: address.reduce(0) { $0 << 8 | UInt32($1) }, port: 0))
        case 16: self.addresses.append(Endpoint(ipv6: address.reduce(0) { $0 << 8 | UInt128($1) }, port: 0))
        default: break
        }
    }

    /// Notes an alternative name of a kind that speaks for nobody here.
    package mutating func addOther() { self.names.hasAlternativeNames = true }

    /// Whether the peer may speak for a host as it stands in a URI.
    func areValid(for host: String) -> Bool {
        if let address = Endpoint(host: host, port: 0), self.addresses.contains(address) { return true }
        return self.names.areValid(for: host)
    }

    package var description: String {
        let all = self.names.domains + self.addresses.map(\.host)
        return all.isEmpty ? "nobody" : all.joined(separator: ", ")
    }
}
