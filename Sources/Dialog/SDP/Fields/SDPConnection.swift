public import CallCore

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

    /// Reads the value of a line; nil where it has not three fields.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        guard let networkType = span.nextField(from: &position, to: range.upperBound),
            let addressType = span.nextField(from: &position, to: range.upperBound),
            let address = span.nextField(from: &position, to: range.upperBound),
            span.nextField(from: &position, to: range.upperBound) == nil
        else { return nil }
        self.init(
            networkType: span.string(networkType), addressType: span.string(addressType), address: span.string(address))
    }

    /// The numeric address or the name, without what multicast adds to it.
    public var host: String { String(self.address.prefix { $0 != "/" }) }

    /// How far multicast packets go; nil for IPv6, which has no such limit, and for unicast.
    ///
    /// - Unit: routers.
    public var timeToLive: Int? {
        guard self.addressType == "IP4", let first = self.addressSuffix.first else { return nil }
        return first
    }

    /// How many addresses in a row are meant, the first of which is ``host``.
    public var addressCount: Int {
        let suffix = self.addressSuffix
        return (self.addressType == "IP4" ? suffix.dropFirst().first : suffix.first) ?? 1
    }

    /// The numbers after the address.
    private var addressSuffix: [Int] { self.address.split(separator: "/").dropFirst().compactMap { Int($0) } }

    /// Whether it is an address of many receivers: 224.0.0.0/4, or ff00::/8.
    ///
    /// - Source: RFC 8866 §5.7.
    public var isMulticast: Bool { Endpoint(host: self.host, port: 0)?.isMulticast ?? false }

    /// The address with a port; nil where it is a name, multicast, or of another network.
    public func endpoint(port: UInt16) -> Endpoint? {
        guard self.networkType == "IN", let endpoint = Endpoint(host: self.address.utf8Span.span, port: port),
            !endpoint.isMulticast
        else { return nil }
        return endpoint
    }

    /// Whether it is the address that the old form of hold gives: `0.0.0.0`, or `::`.
    ///
    /// - Source: RFC 3264 §8.4.
    public var isHold: Bool { self.endpoint(port: 0)?.isUnspecified ?? false }

    /// The value of the line.
    public var description: String { "\(self.networkType) \(self.addressType) \(self.address)" }
}

extension Endpoint {
    fileprivate var isMulticast: Bool {
        self.family == .ipv4 ? self.address >> 28 == 0xE : self.address >> 120 == 0xFF
    }
}

extension SDPWriter {
    /// Adds an address to the value of a line.
    mutating func add(_ connection: SDPConnection) {
        self.add(connection.networkType)
        self.add(" ")
        self.add(connection.addressType)
        self.add(" ")
        self.add(connection.address)
    }
}
