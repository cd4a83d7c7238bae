internal import CallCore
internal import NIOSSL

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

/// What TLS needs, made ready once for all connections.
struct SecurityContexts: Sendable {
    let server: NIOSSLContext
    let client: NIOSSLContext

    /// Reads the certificates.
    ///
    /// - Throws: `.unavailable` with the file that could not be used, and what to do.
    init(_ security: SIPSecurity) throws(TransportError) {
        let chain = try Self.certificates(security.certificates, "certificate chain")
        let key = try Self.key(security.key)
        var trust = NIOSSLTrustRoots.default
        if let authorities = security.authorities {
            trust = .certificates(try Self.certificates(authorities, "authorities"))
        }
        var server = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        server.minimumTLSVersion = .tlsv12
        server.trustRoots = trust
        server.certificateVerification = security.asksClients ? .noHostnameVerification : .none
        var client = TLSConfiguration.makeClientConfiguration()
        client.minimumTLSVersion = .tlsv12
        client.trustRoots = trust
        client.certificateChain = chain.map { .certificate($0) }
        client.privateKey = .privateKey(key)
        // The chain is checked by the library, the name by us: SIP has rules of its own.
        client.certificateVerification = .noHostnameVerification
        do {
            self.server = try NIOSSLContext(configuration: server)
            self.client = try NIOSSLContext(configuration: client)
        } catch {
            throw TransportError(
                .unavailable,
                "The key \(security.key.place) does not belong to the certificate \(security.certificates.place): "
                    + "give the pair that was made together (\(error))")
        }
    }

    private static func certificates(_ pem: SIPSecurity.PEM, _ what: String) throws(TransportError)
        -> [NIOSSLCertificate]
    {
        do {
            let found =
                switch pem {
                case .file(let path): try NIOSSLCertificate.fromPEMFile(path)
                case .bytes(let bytes): try NIOSSLCertificate.fromPEMBytes(bytes)
                }
            guard !found.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
            return found
        } catch {
            throw TransportError(
                .unavailable, "Cannot read the \(what) \(pem.place): give certificates in PEM form (\(error))")
        }
    }

    private static func key(_ pem: SIPSecurity.PEM) throws(TransportError) -> NIOSSLPrivateKey {
        do {
            switch pem {
            case .file(let path): return try NIOSSLPrivateKey(file: path, format: .pem)
            case .bytes(let bytes): return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
            }
        } catch {
            throw TransportError(
                .unavailable,
                "Cannot read the private key \(pem.place): give a key in PEM form without a passphrase (\(error))")
        }
    }
}

extension SIPSecurity.PEM {
    /// Where the text is, for people.
    fileprivate var place: String {
        switch self {
        case .file(let path): "in \(path)"
        case .bytes(let bytes): "given as \(bytes.count) bytes"
        }
    }
}
