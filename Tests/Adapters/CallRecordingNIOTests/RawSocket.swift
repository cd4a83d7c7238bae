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
        // A sockaddr_in byte by byte: which module declares its members depends on what else is built.
        let family = UInt16(AF_INET)
        let address: [UInt8] =
            [UInt8(truncatingIfNeeded: family), UInt8(truncatingIfNeeded: family >> 8)]
            + [UInt8(truncatingIfNeeded: peer.port >> 8), UInt8(truncatingIfNeeded: peer.port)]
            + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: peer.address >> $0) } + [UInt8](repeating: 0, count: 8)
        return address.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { Int(body($0.baseAddress!, socklen_t(bytes.count))) }
        }
    }
}
