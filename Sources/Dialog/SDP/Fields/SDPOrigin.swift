/// Who made a description, and which of its versions it is: the `o=` line.
///
/// Within one dialog everything but the version stays the same, and the version grows by one with each change.
///
/// - Source: RFC 8866 §5.2; RFC 3264 §8.
public struct SDPOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The user's name at the originating host; `-` for none.
    public var username: String
    /// Unique among the sessions of this originator.
    public var sessionID: UInt64
    /// Grows with each change.
    public var version: UInt64
    /// The originator's address and its type, for example `IN IP4 192.0.2.1`.
    public var address: SDPConnection

    /// Describes an originator.
    public init(username: String = "-", sessionID: UInt64, version: UInt64, address: SDPConnection) {
        (self.username, self.sessionID, self.version) = (username, sessionID, version)
        self.address = address
    }

    /// Reads the value of a line; nil where a field is missing or a number is none.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        guard let username = span.nextField(from: &position, to: range.upperBound),
            let sessionID = span.nextField(from: &position, to: range.upperBound).flatMap({ span.number($0) }),
            let version = span.nextField(from: &position, to: range.upperBound).flatMap({ span.number($0) }),
            let address = SDPConnection(span, position..<range.upperBound)
        else { return nil }
        self.init(username: span.string(username), sessionID: sessionID, version: version, address: address)
    }

    /// The value of the line.
    public var description: String { "\(self.username) \(self.sessionID) \(self.version) \(self.address)" }
}
