internal import CallCore
internal import NIOCore

extension Endpoint {
    /// nil where the address is of a family without ports.
    init?(_ address: SocketAddress?) {
        guard let address, let host = address.ipAddress, let port = address.port.flatMap(UInt16.init(exactly:)) else {
            return nil
        }
        self.init(host: host, port: port)
    }

    /// The address for the sockets.
    ///
    /// - Throws: never in practice: the bytes are of one of the two families' lengths.
    func socketAddress() throws -> SocketAddress {
        var bytes = ByteBuffer()
        switch self.family {
        case .ipv4: bytes.writeInteger(UInt32(truncatingIfNeeded: self.address))
        case .ipv6: bytes.writeInteger(self.address)
        }
        return try SocketAddress(packedIPAddress: bytes, port: Int(self.port))
    }
}
