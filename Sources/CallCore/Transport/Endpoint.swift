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
        let bytes = Array(host.utf8)
        self.init(host: bytes.span, port: port)
    }

    /// Reads a numeric address from the bytes of its text.
    ///
    /// - Returns: nil where `host` is not a numeric address.
    public init?(host: Span<UInt8>, port: UInt16) {
        if let address = Self.ipv4(host, from: 0) {
            self.init(ipv4: address, port: port)
            return
        }
        let isBracketed = host.count >= 2 && host[0] == UInt8(ascii: "[") && host[host.count - 1] == UInt8(ascii: "]")
        guard let address = Self.ipv6(isBracketed ? host.extracting(1..<host.count - 1) : host) else { return nil }
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

    private static func ipv4(_ text: Span<UInt8>, from start: Int) -> UInt32? {
        var (address, field, digits, fields) = (UInt32(0), UInt32(0), 0, 1)
        for index in start..<text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                guard digits > 0, fields < 4 else { return nil }
                (address, field, digits, fields) = (address << 8 | field, 0, 0, fields + 1)
            } else {
                guard (48...57).contains(byte), digits < 3 else { return nil }
                (field, digits) = (field * 10 + UInt32(byte - 48), digits + 1)
                guard field <= 255 else { return nil }
            }
        }
        return digits > 0 && fields == 4 ? address << 8 | field : nil
    }

    private static func ipv6(_ text: Span<UInt8>) -> UInt128? {
        guard (2...45).contains(text.count) else { return nil }
        var (address, groups, index) = (UInt128(0), 0, 0)
        // How many groups stand before `::`.
        var gap: Int?
        if text[0] == UInt8(ascii: ":") {
            guard text[1] == UInt8(ascii: ":") else { return nil }
            (gap, index) = (0, 2)
        }
        while index < text.count {
            let start = index
            var group: UInt128 = 0
            while index < text.count, let digit = Self.hexadecimal(text[index]) {
                (group, index) = (group << 4 | UInt128(digit), index + 1)
                guard index - start <= 4 else { return nil }
            }
            if index < text.count, text[index] == UInt8(ascii: ".") {
                guard let tail = Self.ipv4(text, from: start) else { return nil }
                (address, groups, index) = (address << 32 | UInt128(tail), groups + 2, text.count)
                break
            }
            guard index > start else { return nil }
            (address, groups) = (address << 16 | group, groups + 1)
            guard index < text.count else { break }
            guard text[index] == UInt8(ascii: ":"), index + 1 < text.count else { return nil }
            index += 1
            if text[index] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                (gap, index) = (groups, index + 1)
            }
            guard groups < 8 else { return nil }
        }
        guard let gap else { return groups == 8 ? address : nil }
        guard groups < 8 else { return nil }
        let tail = (groups - gap) * 16
        let head = (address >> UInt128(tail)) << UInt128(128 - gap * 16)
        return head | (address & ((1 << UInt128(tail)) - 1))
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        default: nil
        }
    }
}

extension Endpoint: CustomStringConvertible {
    /// The address alone, IPv6 without brackets.
    public var host: String {
        switch self.family {
        case .ipv4:
            // By hand: an address is written into nearly every message, and joining strings takes half a microsecond.
            var text: [UInt8] = []
            text.reserveCapacity(15)
            var shift: UInt64 = 24
            while true {
                let part = UInt8(truncatingIfNeeded: self.low >> shift)
                if part >= 100 { text.append(48 + part / 100) }
                if part >= 10 { text.append(48 + part / 10 % 10) }
                text.append(48 + part % 10)
                guard shift > 0 else { return String(decoding: text, as: UTF8.self) }
                text.append(UInt8(ascii: "."))
                shift -= 8
            }
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
