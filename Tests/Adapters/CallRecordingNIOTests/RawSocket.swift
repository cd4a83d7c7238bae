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

    /// Takes a port of this machine, and listens there.
    func listen() throws {
        let result = Self.withAddress(.loopback(0)) { Glibc.bind(self.descriptor, $0, $1) }
        guard result == 0, Glibc.listen(self.descriptor, 8) == 0 else { throw Failure(call: "listen", code: errno) }
    }

    /// Sends a datagram, or bytes on a connection where there is no peer.
    func send(_ bytes: [UInt8], to peer: Endpoint? = nil) {
        guard let peer else {
            _ = Glibc.send(self.descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
            return
        }
        _ = Self.withAddress(peer) { sendto(self.descriptor, bytes, bytes.count, 0, $0, $1) }
    }

    /// Where the socket itself is, on this machine.
    var port: UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            _ = getsockname(self.descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
            return UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        }
    }

    /// Blocks until the other end has sent some text, or has closed the connection.
    ///
    /// - Returns: everything that has come.
    func receive(upTo text: String) -> String {
        var received = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !received.contains(text) {
            let count = recv(self.descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return received
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
