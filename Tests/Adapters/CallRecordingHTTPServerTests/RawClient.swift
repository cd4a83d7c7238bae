import CallCore
import Foundation

/// A client that sends bytes as they are and reads until the server closes.
enum RawClient {
    struct Answer {
        var status: Int
        var fields: [String: String]
        var body: [UInt8]
    }

    /// Sends and reads on a thread that may block.
    ///
    /// - Parameter endsSending: tells the server that nothing more will come, so that it need not wait for the rest of a
    ///   request that is none.
    static func exchange(_ endpoint: Endpoint, _ bytes: [UInt8], endsSending: Bool = false) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocking those on which tasks run would hold up the server.
            Thread.detachNewThread {
                continuation.resume(with: Result { try self.blockingExchange(endpoint, bytes, endsSending) })
            }
        }
    }

    /// Makes a request and reads the answer. The connection is closed after it.
    static func request(
        _ endpoint: Endpoint, _ method: String, _ path: String, fields: [String] = [], body: [UInt8] = []
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(endpoint)\r\nConnection: close\r\n"
        for field in fields { head += field + "\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
        return try self.parse(try await self.exchange(endpoint, Array((head + "\r\n").utf8) + body))
    }

    static func parse(_ bytes: [UInt8]) throws -> Answer {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw POSIXError(.EPROTO) }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return Answer(status: status ?? 0, fields: fields, body: Array(bytes[end.upperBound...]))
    }

    private static func blockingExchange(
        _ endpoint: Endpoint, _ bytes: [UInt8], _ endsSending: Bool
    ) throws -> [UInt8] {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = endpoint.port.bigEndian
        address.sin_addr.s_addr = UInt32(truncatingIfNeeded: endpoint.address).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server may refuse before everything is sent.
            if count <= 0 { break }
            sent += count
        }
        if endsSending { shutdown(descriptor, Int32(SHUT_WR)) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count <= 0 { return received }
            received += buffer[..<count]
        }
    }
}
