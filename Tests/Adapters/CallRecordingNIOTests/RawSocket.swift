import CallCore
import Glibc

/// A bare socket of the system: a peer that sends what no transport of ours would.
final class RawSocket {
    enum Kind { case datagram, stream }

    struct Failure: Error { var call: String, code: CInt }

    private let descriptor: CInt

    init(_ kind: Kind) throws {
        let type = kind == .datagram ? SOCK_DGRAM : SOCK_STREAM
        self.descriptor = socket(AF_INET, CInt(type.rawValue), 0)
        guard self.descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
    }

    deinit { close(self.descriptor) }

    func connect(to peer: Endpoint) throws {
        let result = Self.withAddress(peer) { Glibc.connect(self.descriptor, $0, $1) }
        guard result == 0 else { throw Failure(call: "connect", code: errno) }
    }

    /// Sends a datagram, or bytes on a connection where there is no peer.
    func send(_ bytes: [UInt8], to peer: Endpoint? = nil) {
        guard let peer else {
            _ = Glibc.send(self.descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
            return
        }
        _ = Self.withAddress(peer) { sendto(self.descriptor, bytes, bytes.count, 0, $0, $1) }
    }

    /// Whether the other end has closed the connection; blocks until it has, or has sent something.
    func isClosedByPeer() -> Bool {
        var byte: UInt8 = 0
        return recv(self.descriptor, &byte, 1, 0) <= 0
    }

    private static func withAddress(
        _ peer: Endpoint, _ body: (UnsafePointer<sockaddr>, socklen_t) -> some SignedInteger
    ) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = peer.port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: peer.address).bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Int(body($0, socklen_t(MemoryLayout<sockaddr_in>.size)))
            }
        }
    }
}
