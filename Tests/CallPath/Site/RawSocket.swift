import CallRecording
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A socket that sends whatever it is given, as somebody would who means no good.
final class RawSocket {
    private let descriptor: Int32

    /// Opens a socket that is connected to a port on this machine.
    init(to peer: Endpoint, isStream: Bool) throws {
        #if canImport(Glibc)
            let type = Int32((isStream ? SOCK_STREAM : SOCK_DGRAM).rawValue)
        #else
            let type = isStream ? SOCK_STREAM : SOCK_DGRAM
        #endif
        self.descriptor = socket(AF_INET, type, 0)
        guard self.descriptor >= 0 else { throw Overdue("a socket") }
        // Whoever does not answer does not hold us up.
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
            setsockopt(self.descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = peer.port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: peer.address).bigEndian
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(self.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw Overdue("a connection to \(peer)") }
    }

    deinit { close(self.descriptor) }

    /// Where the socket is on this machine.
    var localEndpoint: Endpoint {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = getsockname(self.descriptor, $0, &length)
            }
        }
        return .loopback(UInt16(bigEndian: address.sin_port))
    }

    /// Sends bytes; false where the peer does not take them.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        return Foundation.send(self.descriptor, bytes, bytes.count, flags) == bytes.count
    }

    /// What the peer sends next; nothing where it has ended or says nothing.
    func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(self.descriptor, &buffer, buffer.count, 0)
        return Array(buffer.prefix(max(0, count)))
    }
}

/// Does something that blocks, away from the threads that others need.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
}
