public import RTP
private import Synchronization

/// Protects the media of another transport by SRTP and SRTCP, port by port, as far as a port is told to.
///
/// Put it around any transport: ports that were given no keys send and receive as ever. What fails its check is dropped
/// and counted, and nothing leaves a port unprotected that has keys.
///
/// - Complexity: one copy of a packet each way beside the ciphers; no allocation. libsrtp, where it is built on NSS as
///   Debian's is, allocates by itself for each packet.
public final class SRTPMedia: MediaTransport, @unchecked Sendable {
    // Sendable by the port's promise: all that is not in `sessions` is used by the media thread alone.

    private let transport: any MediaTransport
    /// By the index of the port; nil where none is open.
    private let sessions = Mutex<[SRTPSession?]>([])
    private let received: SRTPBuffer
    /// Not the same: what was received is still lent while it is passed on.
    private let sent: SRTPBuffer

    /// Puts protection around a transport, of which nobody else may use anything.
    ///
    /// - Throws: `.failed` where libsrtp cannot be used on this machine.
    public init(_ transport: any MediaTransport) throws(TransportError) {
        guard SRTPLibrary.isReady, !SRTPLibrary.suites.isEmpty else {
            throw TransportError(.failed, "libsrtp does not pass its own tests on this machine; is libsrtp2 whole?")
        }
        (self.transport, self.received, self.sent) = (transport, SRTPBuffer(), SRTPBuffer())
    }

    /// The suites that libsrtp has here.
    public var protectionSuites: [SRTPSuite] { SRTPLibrary.suites }

    /// The other transport's time.
    public var now: MonotonicTime { self.transport.now }

    /// Opens a pair of the other transport's ports; it has no keys yet.
    public func openPort() throws(TransportError) -> any MediaPort {
        SRTPPort(try self.transport.openPort(), of: self)
    }

    /// Runs the loop on the other transport's thread.
    public func start(_ body: @escaping @Sendable () -> Void) { self.transport.start(body) }

    /// Waits as the other transport does.
    public func wait(_ timeout: Duration) { self.transport.wait(timeout) }

    /// Waits as the other transport does.
    public func wait(_ timeout: Duration, gathering: Duration) { self.transport.wait(timeout, gathering: gathering) }

    /// Wakes the other transport.
    public func wake() { self.transport.wake() }

    /// Hands over every datagram that has arrived and is what it must be, without its protection.
    public func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        self.transport.drain { datagram, arrival in
            // A port that has just been closed, or is being opened, receives nothing.
            guard let session = self.session(at: arrival.port) else { return }
            guard session.isProtected else { return receive(datagram, arrival) }
            let fits = self.received.with(datagram) { copy in
                if session.unprotect(&copy, datagram, arrival) { receive(copy.span, arrival) }
            }
            if !fits { session.refuse() }
        }
    }

    /// Hands on what may be sent of a datagram: itself, its protected copy, or nothing.
    func protect(
        _ datagram: Span<UInt8>, isControl: Bool, _ session: SRTPSession, _ send: (Span<UInt8>) -> Void
    ) {
        guard session.isProtected else { return send(datagram) }
        let fits = self.sent.with(datagram) { copy in
            if session.protect(&copy, isControl: isControl) { send(copy.span) }
        }
        if !fits { session.refuse() }
    }

    func register(_ session: SRTPSession, at index: Int) {
        guard index >= 0 else { return }
        self.sessions.withLock { sessions in
            while sessions.count <= index { sessions.append(nil) }
            sessions[index] = session
        }
    }

    func forget(_ session: SRTPSession, at index: Int) {
        self.sessions.withLock { sessions in
            if sessions.indices.contains(index), sessions[index] === session { sessions[index] = nil }
        }
    }

    private func session(at index: Int) -> SRTPSession? {
        self.sessions.withLock { $0.indices.contains(index) ? $0[index] : nil }
    }
}
