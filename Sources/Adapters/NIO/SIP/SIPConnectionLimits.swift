/// How much a SIP transport takes from the peers of its connections, keeps for them, and waits for them.
public struct SIPConnectionLimits: Hashable, Sendable {
    /// Connections open at one time; beyond, new ones are closed at once.
    public var connections: Int
    /// The longest header of a message. - Unit: bytes.
    public var headerBytes: Int
    /// The longest body of a message. - Unit: bytes.
    public var bodyBytes: Int
    /// Bytes that wait for a slow peer; beyond, it is disconnected.
    public var unsentBytes: Int
    /// Messages of all peers, datagrams included, that wait to be taken; beyond, connections are not read and
    /// datagrams are dropped.
    public var receivedMessages: Int
    /// How long to wait for a connection to open.
    public var opening: Duration
    /// How long a message may take from its first byte to its last, and a TLS handshake.
    public var message: Duration
    /// After how long without a message or a peer's keep-alive a connection is closed.
    public var idle: Duration
    /// After how long without any byte a keep-alive is sent; zero sends none. A peer from which nothing comes within
    /// 10 seconds then is gone, and its connection is closed.
    ///
    /// - Source: RFC 5626 §4.4.1, which wants between 95 and 120 seconds.
    public var keepAlive: Duration

    /// Describes limits; the defaults serve a switch of some thousand phones.
    public init(
        connections: Int = 8_192, headerBytes: Int = 32_768, bodyBytes: Int = 65_535, unsentBytes: Int = 1 << 20,
        receivedMessages: Int = 16_384, opening: Duration = .seconds(5), message: Duration = .seconds(10),
        idle: Duration = .seconds(3_600), keepAlive: Duration = .zero
    ) {
        (self.connections, self.headerBytes, self.bodyBytes) = (connections, headerBytes, bodyBytes)
        (self.unsentBytes, self.receivedMessages, self.opening) = (unsentBytes, receivedMessages, opening)
        (self.message, self.idle, self.keepAlive) = (message, idle, keepAlive)
    }
}
