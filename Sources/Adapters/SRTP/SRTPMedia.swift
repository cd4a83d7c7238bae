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
    // Sendable by the port's promise: all that is not in `ports` is used by the media thread alone.

    private let transport: any MediaTransport
    /// By index; those that were closed are nil.
    private let ports = Mutex<[SRTPPort?]>([])
    private let received: SRTPBuffer
    /// Not the same: what was received is still lent while it is passed on.
    let sent: SRTPBuffer

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
        let port = SRTPPort(try self.transport.openPort(), of: self)
        let index = port.index
        guard index >= 0 else { return port }
        self.ports.withLock { ports in
            while ports.count <= index { ports.append(nil) }
            ports[index] = port
        }
        return port
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
            guard let port = self.ports.withLock({ $0.indices.contains(arrival.port) ? $0[arrival.port] : nil }) else {
                return
            }
            guard port.isProtected else { return receive(datagram, arrival) }
            let fits = self.received.with(datagram) { copy in
                if port.unprotect(&copy, datagram, arrival) { receive(copy.span, arrival) }
            }
            if !fits { port.refuse() }
        }
    }

    func forget(_ port: SRTPPort) {
        self.ports.withLock { ports in
            if ports.indices.contains(port.index), ports[port.index] === port { ports[port.index] = nil }
        }
    }
}

/// Space for one datagram and what protects it, used again and again.
final class SRTPBuffer {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// A datagram of 2 048 bytes, the longest that is media, a tag of 16, an index of 4, and the longest identifier.
    private static let capacity = 2_048 + 16 + 4 + SRTPKey.maximumIdentifierByteCount

    init() {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.capacity, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        self.bytes = memory.bindMemory(to: UInt8.self)
    }

    deinit { UnsafeMutableRawBufferPointer(self.bytes).deallocate() }

    /// Lends a copy of a datagram with room behind it; false where it is too long to be media.
    func with(_ datagram: Span<UInt8>, _ body: (inout OutputSpan<UInt8>) -> Void) -> Bool {
        var output = OutputSpan(buffer: self.bytes, initializedCount: 0)
        guard output.replace(with: datagram) else { return false }
        body(&output)
        _ = output.finalize(for: self.bytes)
        return true
    }
}

extension OutputSpan where Element == UInt8 {
    /// Takes other bytes instead of those that are there; false where there is no space for them.
    mutating func replace(with bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= self.capacity else { return false }
        self.withUnsafeMutableBufferPointer { buffer, count in
            bytes.withUnsafeBufferPointer { bytes in
                if let source = bytes.baseAddress { buffer.baseAddress?.update(from: source, count: bytes.count) }
            }
            count = bytes.count
        }
        return true
    }
}
