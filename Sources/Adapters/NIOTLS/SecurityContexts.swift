internal import CallCore
internal import CallRecordingNIO
internal import NIOCore
internal import NIOSSL
internal import SIP

/// What TLS needs, made ready once for all connections.
struct SecurityContexts {
    private let server: NIOSSLContext
    private let client: NIOSSLContext

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

extension SecurityContexts: ConnectionProtection {
    func accept(on channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: self.server))
    }

    func connect(on channel: any Channel, to name: String?) throws {
        try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: self.client, serverHostname: name))
    }

    func peerNames(on channel: any Channel) -> PeerNames? {
        guard let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate() else { return nil }
        var names = PeerNames()
        for name in certificate._subjectAlternativeNames() {
            let bytes = [UInt8](name.contents)
            switch name.nameType {
            case .dnsName: names.add(host: String(decoding: bytes, as: UTF8.self))
            case .uri: names.add(uri: String(decoding: bytes, as: UTF8.self))
            case .ipAddress: names.add(address: bytes)
            default: names.addOther()
            }
        }
        return names
    }
}
