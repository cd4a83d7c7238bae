internal import NIOCore
internal import NIOSSL
internal import SIP

/// Whom a peer's certificate speaks for: SIP domains, and addresses where one was asked for by its address. Only
/// alternative names count; a common name alone, which RFC 5922 still lets pass, is nobody's.
///
/// - Source: RFC 5922 §7; RFC 5280 §4.2.1.6.
struct PeerNames: Sendable, CustomStringConvertible {
    private var names = SIPCertificateNames(hasAlternativeNames: false)
    private var addresses: [Endpoint] = []

    /// The names of a connection's peer; nil where it has shown no certificate.
    init?(of context: ChannelHandlerContext) {
        guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() else { return nil }
        self.init(certificate)
    }

    /// Reads a certificate whose chain has been checked.
    init(_ certificate: NIOSSLCertificate) {
        for name in certificate._subjectAlternativeNames() {
            self.names.hasAlternativeNames = true
            let bytes = [UInt8](name.contents)
            switch name.nameType {
            case .dnsName: self.names.dnsNames.append(String(decoding: bytes, as: UTF8.self))
            case .uri: self.names.uris.append(String(decoding: bytes, as: UTF8.self))
            case .ipAddress where bytes.count == 4:
                self.addresses.append(Endpoint(ipv4: bytes.reduce(0) { $0 << 8 | UInt32($1) }, port: 0))
            case .ipAddress where bytes.count == 16:
                self.addresses.append(Endpoint(ipv6: bytes.reduce(0) { $0 << 8 | UInt128($1) }, port: 0))
            default: continue
            }
        }
    }

    /// Whether the peer may speak for a host as it stands in a URI.
    func areValid(for host: String) -> Bool {
        if let address = Endpoint(host: host, port: 0), self.addresses.contains(address) { return true }
        return self.names.areValid(for: host)
    }

    var description: String {
        let all = self.names.domains + self.addresses.map(\.host)
        return all.isEmpty ? "nobody" : all.joined(separator: ", ")
    }
}
