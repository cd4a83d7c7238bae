/// Chooses a media server for a new conference: the plug-in point for balancing. Open: conform as you like.
///
/// Asked once a conference; the legs that follow go where the first one went. Pure: the same calls in the same order
/// give the same choices.
public protocol MediaResourceSelection: Sendable {
    /// Chooses.
    ///
    /// - Parameters:
    ///   - conference: the conf-id.
    ///   - resources: those that have room, in the order of the configuration, with the legs they carry now.
    /// - Returns: one of `resources`; nil to place nothing.
    mutating func select(for conference: String, among resources: [MediaResource]) -> MediaResource?
}

/// The media server with the fewest legs; among equals the one that is configured first.
///
/// - Source: GVP, `load-balance-scheme=least-used`.
public struct LeastUsed: MediaResourceSelection {
    /// Chooses by use.
    public init() {}

    /// Chooses by use.
    public mutating func select(for conference: String, among resources: [MediaResource]) -> MediaResource? {
        resources.min { $0.legs < $1.legs }
    }
}

/// One media server after the other, in the order of the configuration.
///
/// - Source: GVP, `load-balance-scheme=round-robin`.
public struct RoundRobin: MediaResourceSelection {
    private var turn = 0

    /// Begins with the first.
    public init() {}

    /// Chooses the next in turn.
    public mutating func select(for conference: String, among resources: [MediaResource]) -> MediaResource? {
        guard !resources.isEmpty else { return nil }
        defer { self.turn = (self.turn + 1) % max(resources.count, 1) }
        return resources[self.turn % resources.count]
    }
}
