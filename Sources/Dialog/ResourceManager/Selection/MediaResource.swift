public import CallCore

/// A media server that recordings can be placed on.
public struct MediaResource: Hashable, Sendable {
    /// The name in the configuration and in reports.
    public var name: String
    /// Where its SIP is reached.
    public var endpoint: Endpoint
    /// How many legs it takes; nil for no bound. `port-capacity`.
    public var capacity: Int?
    /// How many legs are placed on it now. Kept by the broker.
    public internal(set) var legs = 0

    /// Describes a media server.
    public init(name: String, endpoint: Endpoint, capacity: Int? = nil) {
        (self.name, self.endpoint, self.capacity) = (name, endpoint, capacity)
    }

    /// Whether it takes another leg.
    var hasRoom: Bool { self.capacity.map { self.legs < $0 } ?? true }
}
