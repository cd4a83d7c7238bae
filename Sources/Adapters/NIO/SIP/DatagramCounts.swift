private import Synchronization

/// What became of the datagrams of a transport.
public struct DatagramCounts: Hashable, Sendable {
    /// Received and handed on as messages.
    public var received = 0
    /// Received, and empty but for line ends: they keep a way through NAT open.
    public var keepAlives = 0
    /// Received and dropped, since they were no message.
    public var unreadable = 0
    /// Received and dropped, since nobody took them in time.
    public var overflowed = 0
    /// Handed to the network.
    public var sent = 0
    /// Dropped before they were sent, since the network did not take them in time or they were too long.
    public var unsent = 0
}

/// Counts on any thread.
final class DatagramCounter: Sendable {
    private let counts = Mutex(DatagramCounts())

    var value: DatagramCounts { self.counts.withLock { $0 } }

    func count(_ path: WritableKeyPath<DatagramCounts, Int>) { self.counts.withLock { $0[keyPath: path] += 1 } }
}
