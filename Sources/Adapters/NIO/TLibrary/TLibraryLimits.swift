/// How much a T-Library transport takes from its peers, and keeps for them.
public struct TLibraryLimits: Hashable, Sendable {
    /// Bytes that wait for a slow peer; beyond, it is disconnected.
    public var unsentBytes: Int
    /// Messages of all peers that wait to be taken; beyond, a peer that sends more is disconnected.
    public var receivedMessages: Int
    /// Connections open at one time; beyond, new ones are closed at once.
    public var connections: Int

    /// Describes limits; the defaults serve a switch of some thousand desktops.
    public init(unsentBytes: Int = 4 << 20, receivedMessages: Int = 16_384, connections: Int = 8_192) {
        (self.unsentBytes, self.receivedMessages, self.connections) = (unsentBytes, receivedMessages, connections)
    }
}
