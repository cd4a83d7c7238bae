/// How a client watches over its connection, and how the server is to watch over it: either side polls the other when
/// it has heard nothing for its time, and gives the connection up when it has heard nothing for that long again.
///
/// Any message counts as heard, so a busy connection is never polled.
///
/// - Source: modelled on Genesys ADDP (`addp-timeout`, `addp-remote-timeout`, `addp-trace`); the messages are ours:
///   `Documentation/Protocols/TLib.md`.
public struct TKeepAlive: Hashable, Sendable {
    /// How long the client waits before it polls the server, and again before it gives up.
    public var localTimeout: Duration
    /// The same for the server; nil where the server is not to poll.
    public var remoteTimeout: Duration?
    /// Whether the host is told of polls and their answers, as of events.
    public var isTraced: Bool

    /// Describes how to watch; a broken link is noticed within twice the times.
    public init(
        localTimeout: Duration = .seconds(15), remoteTimeout: Duration? = .seconds(15), isTraced: Bool = false
    ) {
        (self.localTimeout, self.remoteTimeout, self.isTraced) = (localTimeout, remoteTimeout, isTraced)
    }

    /// What a server agrees to be asked: its timers are its own.
    ///
    /// - Unit: milliseconds.
    static let acceptedTimeouts = 1_000...3_600_000
}

/// One side's watch over a connection.
struct TConnectionWatch: Hashable, Sendable {
    /// What is to be done when the time has come.
    enum Step: Hashable, Sendable {
        /// Something was heard meanwhile: look again later.
        case wait(Duration)
        /// Ask the other side whether it is there, and look again after the time.
        case poll
        /// Nothing was heard after the poll either.
        case giveUp
    }

    let timeout: Duration
    private var lastHeard: MonotonicTime
    private var polled: MonotonicTime?

    init(timeout: Duration, at now: MonotonicTime) { (self.timeout, self.lastHeard) = (timeout, now) }

    mutating func hear(at now: MonotonicTime) { (self.lastHeard, self.polled) = (now, nil) }

    mutating func fire(at now: MonotonicTime) -> Step {
        let rest = self.timeout - (self.polled ?? self.lastHeard).duration(to: now)
        if rest > .zero { return .wait(rest) }
        guard self.polled == nil else { return .giveUp }
        self.polled = now
        return .poll
    }
}
