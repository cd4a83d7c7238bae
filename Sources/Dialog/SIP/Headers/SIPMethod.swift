/// What a request asks for. An open set: methods that nobody here knows are carried all the same.
///
/// - Source: RFC 3261 §7.1; methods are case-sensitive.
public struct SIPMethod: RawRepresentable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// Names of up to eight capital letters are one word: no string is made for them, and none is compared.
    private enum Name: Hashable {
        /// The letters, the first one lowest.
        case word(UInt64)
        case other(String)
    }

    private var name: Name

    private init(name: Name) { self.name = name }

    /// Wraps a name of up to eight capital letters, the first one lowest; nil where they are anything else.
    @inline(__always)
    init?(word: UInt64, count: Int) {
        // No carry between the bytes: those of 0x80 and more are told by their highest bit.
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let letters = (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & ~word
        guard count > 0, count <= 8,
            letters & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 >> UInt64(64 &- count &* 8)
        else { return nil }
        self.name = .word(word)
    }

    /// Wraps a name.
    public init(rawValue: String) {
        let bytes = rawValue.utf8
        let word = bytes.count > 8 ? 0 : bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self = SIPMethod(word: word, count: bytes.count) ?? SIPMethod(name: .other(rawValue))
    }

    /// Wraps a name written in source.
    public init(stringLiteral value: String) { self.init(rawValue: value) }

    /// The name on the wire.
    public var rawValue: String {
        get {
            if case .other(let name) = self.name { return name }
            var bytes: [UInt8] = []
            self.write(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        set { self = SIPMethod(rawValue: newValue) }
    }

    /// - Unit: bytes.
    var byteCount: Int {
        switch self.name {
        case .word(let word): 8 &- word.leadingZeroBitCount / 8
        case .other(let name): name.utf8.count
        }
    }

    /// Appends the name.
    public func write(to output: inout [UInt8]) {
        switch self.name {
        case .word(let word): output.append(word: word, count: self.byteCount)
        case .other(let name): output.append(text: name)
        }
    }

    /// The name on the wire.
    public var description: String { self.rawValue }

    /// Begins or changes a session.
    public static var invite: Self { Self(name: .word(0x0000_4554_4956_4E49)) }
    /// Confirms a final answer to an INVITE.
    public static var ack: Self { Self(name: .word(0x0000_0000_004B_4341)) }
    /// Ends a session.
    public static var bye: Self { Self(name: .word(0x0000_0000_0045_5942)) }
    /// Takes back an INVITE.
    public static var cancel: Self { Self(name: .word(0x0000_4C45_434E_4143)) }
    /// Tells a registrar where somebody is.
    public static var register: Self { Self(name: .word(0x5245_5453_4947_4552)) }
    /// Asks what a peer can do.
    public static var options: Self { Self(name: .word(0x0053_4E4F_4954_504F)) }
    /// Carries application data within a session. - Source: RFC 6086.
    public static var info: Self { Self(name: .word(0x0000_0000_4F46_4E49)) }
    /// Changes a session without an INVITE. - Source: RFC 3311.
    public static var update: Self { Self(name: .word(0x0000_4554_4144_5055)) }
    /// Confirms a provisional answer. - Source: RFC 3262.
    public static var prack: Self { Self(name: .word(0x0000_004B_4341_5250)) }
    /// Asks a peer to call somebody. - Source: RFC 3515.
    public static var refer: Self { Self(name: .word(0x0000_0052_4546_4552)) }
    /// Asks for notifications. - Source: RFC 6665.
    public static var subscribe: Self { Self(name: .other("SUBSCRIBE")) }
    /// Notifies a subscriber. - Source: RFC 6665.
    public static var notify: Self { Self(name: .word(0x0000_5946_4954_4F4E)) }
    /// Carries a text message. - Source: RFC 3428.
    public static var message: Self { Self(name: .word(0x0045_4741_5353_454D)) }
    /// Publishes an event state. - Source: RFC 3903.
    public static var publish: Self { Self(name: .word(0x0048_5349_4C42_5550)) }
}

extension SIPMethod: Hashable {
    /// Equal where the names are.
    public static func == (left: SIPMethod, right: SIPMethod) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.name) }
}
