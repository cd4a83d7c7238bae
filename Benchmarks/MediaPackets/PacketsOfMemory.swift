import CallRecording

/// A transport whose one port receives what lies in memory, and counts what is sent.
///
/// Sendable as everything here is turned by one thread.
final class PacketsOfMemory: MediaTransport, @unchecked Sendable {
    /// Packets one after the other, all of one length.
    var bytes: [UInt8] = []
    var packetByteCount = 0
    fileprivate(set) var sentCount = 0
    fileprivate(set) var sent: [UInt8] = []
    /// Whether what is sent is also kept.
    var keepsSent = false

    let now = MonotonicTime.zero
    func start(_ body: @escaping @Sendable () -> Void) {}
    func wait(_ timeout: Duration) {}
    func wake() {}
    func openPort() throws(TransportError) -> any MediaPort { Port(transport: self) }

    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        let bytes = self.bytes
        let span = bytes.span
        let arrival = MediaArrival(port: 0, isControl: false, source: .loopback(5), time: .zero)
        for start in stride(from: 0, to: bytes.count, by: max(1, self.packetByteCount)) {
            receive(span.extracting(start..<start + self.packetByteCount), arrival)
        }
    }

    private struct Port: MediaPort {
        let transport: PacketsOfMemory
        var index: Int { 0 }
        var localEndpoint: Endpoint { .loopback(7) }
        func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {}
        func close() {}

        func send(_ datagram: Span<UInt8>, to peer: Endpoint) {
            self.transport.sentCount += 1
            guard self.transport.keepsSent else { return }
            for index in datagram.indices { self.transport.sent.append(datagram[index]) }
        }
    }
}
