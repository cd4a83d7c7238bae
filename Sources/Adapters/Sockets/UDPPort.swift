#if os(Linux)
    internal import CSockets
    internal import RTP
    private import Synchronization

    /// One pair of UDP sockets: RTP and RTCP.
    final class UDPPort: MediaPort {
        private let pair: UDPSockets.Pair
        private let sockets: UDPSockets
        private let isClosed = Atomic(false)

        init(_ pair: UDPSockets.Pair, of sockets: UDPSockets) {
            self.pair = pair
            self.sockets = sockets
        }

        deinit { self.close() }

        var index: Int { self.pair.index }

        var localEndpoint: Endpoint { self.sockets.address.withPort(self.pair.port) }

        func send(_ datagram: Span<UInt8>, to peer: Endpoint) { self.send(datagram, to: peer, from: self.pair.media) }

        func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {
            self.send(datagram, to: peer, from: self.pair.control)
        }

        func close() {
            if !self.isClosed.exchange(true, ordering: .acquiringAndReleasing) { self.sockets.giveBack(self.pair) }
        }

        private func send(_ datagram: Span<UInt8>, to peer: Endpoint, from socket: Int32) {
            guard !self.isClosed.load(ordering: .acquiring), peer.family == self.sockets.address.family else { return }
            datagram.withUnsafeBufferPointer { bytes in
                cs_send(socket, bytes.baseAddress, Int32(clamping: bytes.count), cs_endpoint(peer))
            }
        }
    }
#endif
