package import NIOCore

/// What makes `tls` of a SIP connection. Apart from the transport, so that only those who want TLS build it.
package protocol ConnectionProtection: Sendable {
    /// Stands before all that is read from and written to a connection that a peer opens.
    func accept(on channel: any Channel) throws

    /// Stands before all that is read from and written to a connection that we open.
    ///
    /// - Parameter name: the host that is told to the peer; nil where it is known by its address.
    func connect(on channel: any Channel, to name: String?) throws

    /// Whom the peer has shown to be, once the handshake is done; nil where it has shown no certificate.
    func peerNames(on channel: any Channel) -> PeerNames?
}
