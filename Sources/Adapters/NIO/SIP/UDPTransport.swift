internal import NIOCore
public import SIP

/// SIP over UDP alone: one socket, one message a datagram. ``SIPTransport`` has connections as well.
///
/// What is no SIP message is counted; a request that is only broken is answered by a ``SIPRefusal``.
///
/// - Source: RFC 3261 §18.
public final class UDPTransport: Transport {
    /// Where peers reach this transport.
    public let localEndpoint: Endpoint

    private let socket: DatagramSocket
    private let inbox: Inbox<SIPMessage>

    private init(_ socket: DatagramSocket, at endpoint: Endpoint, _ inbox: Inbox<SIPMessage>) {
        (self.socket, self.localEndpoint, self.inbox) = (socket, endpoint, inbox)
    }

    deinit { self.socket.channel.close(promise: nil) }

    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - endpoint: the address and the port; port 0 takes any that is free.
    ///   - advertised: where peers reach the socket, if not where it is bound: behind NAT, or where it is bound to
    ///     all addresses. Port 0 stands for the socket's own.
    ///   - socketBuffer: how much the system is asked to keep of what arrives. - Unit: bytes.
    ///   - capacity: how many messages may wait to be taken; beyond, what arrives is dropped.
    /// - Throws: `.unavailable` where the address or port cannot be had.
    public static func bind(
        to endpoint: Endpoint, advertised: Endpoint? = nil, socketBuffer: Int = 4 << 20, capacity: Int = 16_384
    ) async throws(TransportError) -> UDPTransport {
        let inbox = Inbox<SIPMessage>(capacity: capacity)
        let socket = try await DatagramSocket.bind(to: endpoint, socketBuffer: socketBuffer, into: inbox)
        return UDPTransport(socket, at: socket.endpoint.told(as: advertised), inbox)
    }

    /// What became of the datagrams so far.
    public var counts: DatagramCounts { self.socket.counter.value }

    /// Queues a message; where the network takes nothing for a while, it is dropped like any lost datagram.
    ///
    /// - Throws: `.closed` after the end, `.unreachable` where the peer's address is of another family, `.failed`
    ///   where the message is longer than a datagram.
    public func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        try self.socket.send(message, to: peer)
    }

    /// Receives until the surrounding task is cancelled; then closes the socket.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: SIPMessage, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        self.socket.channel.closeFuture.whenComplete { [inbox = self.inbox] _ in inbox.close() }
        await self.inbox.drain(into: receive)
        let hasFailed = !Task.isCancelled
        try? await self.socket.channel.close().get()
        if hasFailed { throw TransportError(.failed, "The SIP transport \(self.localEndpoint) was closed") }
    }
}

extension Endpoint {
    /// Where peers are told to find what is bound here: at the advertised address, whose port 0 stands for ours.
    func told(as advertised: Endpoint?) -> Endpoint {
        guard let advertised else { return self }
        return advertised.port == 0 ? advertised.withPort(self.port) : advertised
    }
}
