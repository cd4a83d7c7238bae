/// An address and a port, held inline, so that a packet's source costs no allocation.
public struct Endpoint: Hashable, Sendable {
    /// The address family.
    public enum Family: UInt8, Hashable, Sendable {
        /// Internet Protocol version 4.
        case ipv4
        /// Internet Protocol version 6.
        case ipv6
    }

    // Two words instead of one UInt128: see Documentation/Decisions/0004.
    private var high: UInt64
    private var low: UInt64
    /// The UDP or TCP port; 0 where any will do.
    public var port: UInt16
    /// What kind of address it is.
    public var family: Family

    /// The address as a number, in host order; an IPv4 address fills the low 32 bits.
    public var address: UInt128 {
        get { UInt128(self.high) << 64 | UInt128(self.low) }
        set {
            self.high = UInt64(truncatingIfNeeded: newValue >> 64)
            self.low = UInt64(truncatingIfNeeded: newValue)
        }
    }

    /// An IPv4 endpoint.
    public init(ipv4 address: UInt32, port: UInt16) {
        (self.high, self.low, self.port, self.family) = (0, UInt64(address), port, .ipv4)
    }

    /// An IPv6 endpoint.
    public init(ipv6 address: UInt128, port: UInt16) {
        self.high = UInt64(truncatingIfNeeded: address >> 64)
        self.low = UInt64(truncatingIfNeeded: address)
        (self.port, self.family) = (port, .ipv6)
    }

    /// Reads a numeric address: dotted IPv4, or IPv6 with or without brackets. Names are not looked up.
    ///
    /// - Returns: nil where `host` is not a numeric address.
    public init?(host: some StringProtocol, port: UInt16) {
        if let address = Self.ipv4(host) {
            self.init(ipv4: address, port: port)
            return
        }
        var text = host[...]
        if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
        guard let address = Self.ipv6(text) else { return nil }
        self.init(ipv6: address, port: port)
    }

    /// An endpoint on this machine, `127.0.0.1`.
    public static func loopback(_ port: UInt16) -> Endpoint { Endpoint(ipv4: 0x7F00_0001, port: port) }

    /// Whether it stands for every address of a machine, `0.0.0.0` or `::`: one can listen there, but nobody can be told
    /// to send there.
    public var isUnspecified: Bool { self.high == 0 && self.low == 0 }

    /// Whether the address means something only within a private network, so that it cannot be reached from outside.
    ///
    /// - Source: RFC 1918 §3; RFC 6598 §7; RFC 3927 §2.1; RFC 4193 §3.1; RFC 4291 §2.5.6.
    public var isPrivate: Bool {
        switch self.family {
        case .ipv4:
            let address = UInt32(truncatingIfNeeded: self.low)
            return address >> 24 == 10 || address >> 20 == 0xAC1 || address >> 16 == 0xC0A8 || address >> 16 == 0xA9FE
                || address >> 22 == 0x191
        case .ipv6: return self.high >> 57 == 0x7E || self.high >> 54 == 0x3FA
        }
    }

    /// The same address with another port.
    public func withPort(_ port: UInt16) -> Endpoint {
        var copy = self
        copy.port = port
        return copy
    }

    private static func ipv4(_ text: some StringProtocol) -> UInt32? {
        var address: UInt32 = 0
        var fields = 0
        for field in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard (1...3).contains(field.utf8.count), field.utf8.allSatisfy({ (48...57).contains($0) }),
                let value = UInt8(field)
            else { return nil }
            address = address << 8 | UInt32(value)
            fields += 1
        }
        return fields == 4 ? address : nil
    }

    private static func ipv6(_ text: some StringProtocol) -> UInt128? {
        guard text.utf8.count <= 45 else { return nil }
        var groups: [UInt16] = []
        var gap: Int?
        var fields = text.split(separator: ":", omittingEmptySubsequences: false)[...]
        guard fields.count >= 3 else { return nil }
        if fields.first == "" {
            guard fields.dropFirst().first == "" else { return nil }
            fields = fields.dropFirst()
        }
        if fields.last == "" {
            guard fields.dropLast().last == "" else { return nil }
            fields = fields.dropLast()
        }
        for (index, field) in zip(fields.indices, fields) {
            if field == "" {
                guard gap == nil else { return nil }
                gap = groups.count
            } else if index == fields.indices.last, let tail = Self.ipv4(field) {
                groups += [UInt16(tail >> 16), UInt16(truncatingIfNeeded: tail)]
            } else {
                guard field.utf8.count <= 4, field.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
                    let group = UInt16(field, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

extension Endpoint: CustomStringConvertible {
    /// The address alone, IPv6 without brackets.
    public var host: String {
        switch self.family {
        case .ipv4:
            return (0..<4).reversed().map { String(UInt8(truncatingIfNeeded: self.address >> ($0 * 8))) }
                .joined(separator: ".")
        case .ipv6:
            return (0..<8).reversed().map { String(UInt16(truncatingIfNeeded: self.address >> ($0 * 16)), radix: 16) }
                .joined(separator: ":")
        }
    }

    /// `address:port`, IPv6 in brackets.
    public var description: String {
        self.family == .ipv4 ? "\(self.host):\(self.port)" : "[\(self.host)]:\(self.port)"
    }
}
