/// Opens the ports that media arrives at: the plug-in point for media. Open: conform as you like.
///
/// Drained, not awaited: one visit takes every packet that has arrived, and a packet costs no task, no actor hop and no
/// allocation. One transport belongs to one media thread; the calls below come from that thread only, except ``wake()``
/// and ``openPort()``.
public protocol MediaTransport: Sendable {
    /// Opens a port for RTP (even) and the next one for RTCP.
    ///
    /// - Source: RFC 3550 §11.
    /// - Throws: `.unavailable` where no port is free.
    func openPort() throws(TransportError) -> any MediaPort

    /// How this transport can protect media, the best first; empty where it cannot.
    var protectionSuites: [SRTPSuite] { get }

    /// Runs the media loop on a thread of this transport's own, and returns at once. Call it once.
    ///
    /// - Parameter body: the loop; it calls ``wait(_:)`` and ``drain(_:)`` and returns when it has been told to end.
    func start(_ body: @escaping @Sendable () -> Void)

    /// The time, read on the clock that ``MediaArrival/time`` is read on.
    var now: MonotonicTime { get }

    /// Blocks the calling thread until media has arrived, ``wake()`` was called, or `timeout` has passed.
    func wait(_ timeout: Duration)

    /// Waits like ``wait(_:)``, but may let media gather where nobody waits for it, so that many packets are taken at one
    /// visit.
    ///
    /// - Parameter gathering: how soon after the last visit media may end the wait. ``wake()`` ends it at once. A
    ///   transport that does not know better waits as ever.
    func wait(_ timeout: Duration, gathering: Duration)

    /// Ends a wait that is under way, or the next one. From any thread.
    func wake()

    /// Hands over every datagram that has arrived on any open port, in order of arrival on each port, and returns without waiting.
    ///
    /// - Parameter receive: `datagram` is lent for the call only.
    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void)
}

extension MediaTransport {
    /// It cannot.
    public var protectionSuites: [SRTPSuite] { [] }

    /// Waits as ever.
    public func wait(_ timeout: Duration, gathering: Duration) { self.wait(timeout) }
}

/// One open pair of ports.
public protocol MediaPort: Sendable {
    /// The number by which this port's transport knows it; small, and used again after ``close()``.
    var index: Int { get }

    /// Where peers send RTP.
    var localEndpoint: Endpoint { get }

    /// Sends RTP at once or not at all: media that is late is worth nothing.
    func send(_ datagram: Span<UInt8>, to peer: Endpoint)

    /// Sends RTCP at once or not at all.
    func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint)

    /// Protects everything that is sent and received from now on, RTP and RTCP; nil ends it. A key that was in use stays
    /// in use, with its counters; with another the stream begins anew. What was protected with the key before is taken
    /// until the first packet with the new one comes.
    ///
    /// - Throws: `.failed` where this port cannot protect media so. Then it is as it was.
    /// - Source: RFC 3711; RFC 4568 §7.1.4.
    func setProtection(_ protection: MediaProtection?) throws(TransportError)

    /// Datagrams that were not handed over, or not sent, since they were not protected as they must be: from a stranger,
    /// changed on the way, repeated, or past the lifetime of their key.
    var unprotectedCount: Int { get }

    /// Gives the port back. From any thread.
    func close()
}

extension MediaPort {
    /// It cannot.
    public func setProtection(_ protection: MediaProtection?) throws(TransportError) {
        guard protection != nil else { return }
        throw TransportError(.failed, "this transport cannot protect media; put SRTPMedia around it")
    }

    /// Nothing is protected.
    public var unprotectedCount: Int { 0 }
}

/// Where and when a datagram arrived.
public struct MediaArrival: Sendable {
    /// The port's ``MediaPort/index``.
    public var port: Int
    /// Whether it arrived at the port for RTCP.
    public var isControl: Bool
    /// Who sent it.
    public var source: Endpoint
    /// When it arrived.
    public var time: MonotonicTime

    /// Describes an arrival.
    public init(port: Int, isControl: Bool, source: Endpoint, time: MonotonicTime) {
        (self.port, self.isControl, self.source, self.time) = (port, isControl, source, time)
    }
}
