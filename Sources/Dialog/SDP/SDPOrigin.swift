public import CallCore

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

    /// Reads the value of an `o=` line.
    ///
    /// - Returns: nil where a field is missing or a number is none.
    public init?(_ value: String) {
        let fields = value.split(separator: " ")
        guard fields.count == 6, let sessionID = UInt64(fields[1]), let version = UInt64(fields[2]) else { return nil }
        self.init(
            username: String(fields[0]), sessionID: sessionID, version: version,
            address: SDPConnection(
                networkType: String(fields[3]), addressType: String(fields[4]), address: String(fields[5])))
    }

    /// The value of the line.
    public var description: String { "\(self.username) \(self.sessionID) \(self.version) \(self.address)" }
}

/// Where media goes: a `c=` line.
///
/// - Source: RFC 8866 §5.7.
public struct SDPConnection: Hashable, Sendable, CustomStringConvertible {
    /// `IN`, the Internet.
    public var networkType: String
    /// `IP4` or `IP6`.
    public var addressType: String
    /// A numeric address or a name; multicast addresses carry `/ttl`.
    public var address: String

    /// Describes a place as it stands on the wire.
    public init(networkType: String = "IN", addressType: String, address: String) {
        (self.networkType, self.addressType, self.address) = (networkType, addressType, address)
    }

    /// The address of an endpoint; its port belongs in the `m=` line.
    public init(_ endpoint: Endpoint) {
        self.init(addressType: endpoint.family == .ipv4 ? "IP4" : "IP6", address: endpoint.host)
    }

    /// Reads the value of a `c=` line.
    ///
    /// - Returns: nil where it has not three fields.
    public init?(_ value: String) {
        let fields = value.split(separator: " ")
        guard fields.count == 3 else { return nil }
        self.init(
            networkType: String(fields[0]), addressType: String(fields[1]), address: String(fields[2]))
    }

    /// The address with a port; nil where it is a name, multicast, or of another network.
    public func endpoint(port: UInt16) -> Endpoint? {
        guard self.networkType.uppercased() == "IN" else { return nil }
        return Endpoint(host: self.address, port: port)
    }

    /// Whether it is the address that the old form of hold gives: `0.0.0.0`, or `::`.
    ///
    /// - Source: RFC 3264 §8.4.
    public var isHold: Bool { self.endpoint(port: 0)?.address == 0 }

    /// The value of the line.
    public var description: String { "\(self.networkType) \(self.addressType) \(self.address)" }
}
