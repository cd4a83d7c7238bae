/// The certificates by which a SIP transport shows over TLS who it is, and knows its peers. TLS 1.2 and newer.
///
/// Servers that we connect to must show a certificate that a trusted authority has made for the host of the URI that
/// was asked for (RFC 5922).
public struct SIPSecurity: Hashable, Sendable {
    /// Text in PEM form.
    public enum PEM: Hashable, Sendable {
        /// The path of a file.
        case file(String)
        /// The text itself.
        case bytes([UInt8])
    }

    /// Our certificate, and after it those that lead to an authority.
    public var certificates: PEM
    /// Our certificate's private key, without a passphrase.
    public var key: PEM
    /// The authorities whose certificates we trust; nil takes the system's.
    public var authorities: PEM?
    /// Whether those who connect to us must show a certificate as well: mutual TLS.
    public var asksClients: Bool

    /// Describes who we are, and whom we trust.
    public init(certificates: PEM, key: PEM, authorities: PEM? = nil, asksClients: Bool = false) {
        (self.certificates, self.key) = (certificates, key)
        (self.authorities, self.asksClients) = (authorities, asksClients)
    }
}

extension SIPSecurity.PEM {
    /// Where the text is, for people.
    var place: String {
        switch self {
        case .file(let path): "in \(path)"
        case .bytes(let bytes): "given as \(bytes.count) bytes"
        }
    }
}
