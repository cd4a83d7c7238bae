public import CallCore
@_exported public import CallRecordingNIO

extension SIPTransport {
    /// Opens the sockets, one for TLS among them.
    ///
    /// - Parameters:
    ///   - endpoint: the address and the port for UDP and TCP; port 0 takes any that is free.
    ///   - advertised: where peers reach them, if not where they are bound: behind NAT, or where they are bound to all
    ///     addresses. Port 0 stands for the socket's own.
    ///   - security: the certificates.
    ///   - securePort: the port for TLS; nil takes the one after the other, or any where that is free.
    ///   - limits: what peers may cost.
    /// - Throws: `.unavailable` where the address, a port or a certificate cannot be had.
    public static func bind(
        to endpoint: Endpoint, advertised: Endpoint? = nil, security: SIPSecurity, securePort: UInt16? = nil,
        limits: SIPConnectionLimits = SIPConnectionLimits()
    ) async throws(TransportError) -> SIPTransport {
        try await self.bind(
            to: endpoint, advertised: advertised, limits: limits,
            securely: (protection: try SecurityContexts(security), port: securePort))
    }
}
