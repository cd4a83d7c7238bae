internal import RTP

/// One pair of another transport's ports, whose media is protected as far as it was told to.
final class SRTPPort: MediaPort {
    private let port: any MediaPort
    private let session = SRTPSession()
    private let media: SRTPMedia

    init(_ port: any MediaPort, of media: SRTPMedia) {
        (self.port, self.media) = (port, media)
        media.register(self.session, at: port.index)
    }

    deinit { self.close() }

    var index: Int { self.port.index }
    var localEndpoint: Endpoint { self.port.localEndpoint }
    var unprotectedCount: Int { self.session.refusedCount + self.port.unprotectedCount }

    func setProtection(_ protection: MediaProtection?) throws(TransportError) {
        try self.session.setProtection(protection)
    }

    func send(_ datagram: Span<UInt8>, to peer: Endpoint) {
        self.media.protect(datagram, isControl: false, self.session) { self.port.send($0, to: peer) }
    }

    func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {
        self.media.protect(datagram, isControl: true, self.session) { self.port.sendControl($0, to: peer) }
    }

    func close() {
        self.media.forget(self.session, at: self.port.index)
        self.port.close()
    }
}
