/// A time during which a client was told nothing, because its connection was broken: whatever happened then is missing
/// among its events.
///
/// Comes when the connection stands again and all that was registered is registered anew, or cannot be.
public struct TGap: Hashable, Sendable, CustomStringConvertible {
    /// When the connection broke.
    public var began: MonotonicTime
    /// When the client was in place again; events of a DN come from its registration on, shortly before.
    public var ended: MonotonicTime
    /// Whose events come again.
    public var registered: [DN]
    /// Whose events do not come any more, and why.
    public var lost: [DN: TError]
    /// How those addresses stand, as far as the server tells: the `EventAddressInfo` that answer ``TQueryAddress``.
    public var addresses: [TMessage]

    /// Describes a gap.
    public init(
        began: MonotonicTime, ended: MonotonicTime, registered: [DN] = [], lost: [DN: TError] = [:],
        addresses: [TMessage] = []
    ) {
        (self.began, self.ended) = (began, ended)
        (self.registered, self.lost, self.addresses) = (registered, lost, addresses)
    }

    /// The length of the gap, and what has become of the DNs.
    public var description: String {
        var text = "no events for \(self.began.duration(to: self.ended))"
        text += "; \(self.registered.count) DNs registered again"
        for (dn, error) in self.lost.sorted(by: { $0.key < $1.key }) { text += "; \(dn) is lost: \(error)" }
        return text
    }
}
