/// Moves whole messages between this process and its peers: the plug-in point for signalling. Open: conform as
/// you like.
///
/// A transport promises: messages from one peer arrive in the order in which the network brought them; what cannot
/// be read as a message is dropped and never ends the receiving; ``run(_:)`` ends when its task is cancelled, and
/// not before unless the transport itself has failed.
///
/// A package that has the upcoming feature `NonisolatedNonsendingByDefault` on writes `@concurrent` into the type of
/// `receive`; every other package writes it without.
public protocol Transport<Message>: Sendable {
    /// What is moved.
    associatedtype Message: Sendable

    /// Where peers reach this transport.
    var localEndpoint: Endpoint { get }

    /// Queues a message and returns at once; what becomes of it is for the protocol's own timers.
    ///
    /// - Throws: `.closed` after the end, `.unreachable` where no way to the peer can exist.
    func send(_ message: Message, to peer: Endpoint) throws(TransportError)

    /// Receives until the surrounding task is cancelled. Call it once.
    ///
    /// - Throws: `.failed` where the transport broke.
    func run(
        _ receive: @escaping @Sendable @concurrent (_ message: Message, _ peer: Endpoint) async -> Void
    ) async throws(TransportError)
}

/// Why something could not be sent, received or opened.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// The transport has ended.
        case closed
        /// No way leads to the peer.
        case unreachable
        /// The address or port cannot be had.
        case unavailable
        /// The peer did not answer in time.
        case timedOut
        /// Anything else; the message says what.
        case failed
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened, where, and what to do about it.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: TransportError, right: TransportError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
