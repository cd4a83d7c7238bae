/// Who is behind an SSRC.
///
/// - Source: RFC 3550 §6.5.
public struct RTCPSourceDescription: Hashable, Sendable {
    /// One thing that is said about a source.
    public struct Item: Hashable, Sendable {
        /// What is said: 1 CNAME, 2 NAME, 3 EMAIL, 4 PHONE, 5 LOC, 6 TOOL, 7 NOTE, 8 PRIV; not 0, which ends the items.
        public var type: UInt8
        /// The bytes that say it, at most 255; UTF-8 but for a private one.
        public var bytes: [UInt8]

        /// Says something in bytes.
        public init(type: UInt8, bytes: [UInt8]) { (self.type, self.bytes) = (type, bytes) }

        /// Says something in words; of more than 255 bytes only so many, whole characters of them.
        public init(type: UInt8, text: String) { self.init(type: type, bytes: Array(text.utf8(prefix: 255))) }

        /// The words. What is not UTF-8 in them is replaced.
        public var text: String { String(decoding: self.bytes, as: UTF8.self) }

        /// The name that stays the same over all streams of one sender. `CNAME`, 1.
        public static func cname(_ text: String) -> Item { Item(type: 1, text: text) }
        /// What people call the source. `NAME`, 2.
        public static func name(_ text: String) -> Item { Item(type: 2, text: text) }
        /// An address of electronic mail. `EMAIL`, 3.
        public static func email(_ text: String) -> Item { Item(type: 3, text: text) }
        /// A number, with `+` and the country's code. `PHONE`, 4.
        public static func phone(_ text: String) -> Item { Item(type: 4, text: text) }
        /// Where the source is. `LOC`, 5.
        public static func location(_ text: String) -> Item { Item(type: 5, text: text) }
        /// The program that makes the stream. `TOOL`, 6.
        public static func tool(_ text: String) -> Item { Item(type: 6, text: text) }
        /// How the source is at the moment. `NOTE`, 7.
        public static func note(_ text: String) -> Item { Item(type: 7, text: text) }

        /// Something that only some understand. `PRIV`, 8. What does not fit 254 bytes is left out.
        ///
        /// - Source: RFC 3550 §6.5.8.
        public static func `private`(prefix: String, value: [UInt8]) -> Item {
            let name = Array(prefix.utf8(prefix: 254))
            return Item(type: 8, bytes: [UInt8(name.count)] + name + value.prefix(254 - name.count))
        }

        /// Prefix and value of a private item; nil for others, and where its prefix is longer than it is itself.
        public var privateParts: (prefix: String, value: [UInt8])? {
            guard self.type == 8, let count = self.bytes.first, Int(count) < self.bytes.count else { return nil }
            let rest = self.bytes.dropFirst()
            return (String(decoding: rest.prefix(Int(count)), as: UTF8.self), Array(rest.dropFirst(Int(count))))
        }
    }

    /// Whose description it is.
    public var ssrc: UInt32
    /// What is said.
    public var items: [Item]

    /// Describes a source.
    public init(ssrc: UInt32, items: [Item]) { (self.ssrc, self.items) = (ssrc, items) }

    /// The canonical name; nil where it is not said.
    public var cname: String? { self.items.first { $0.type == 1 }?.text }
}

/// What an application tells another of its kind.
///
/// - Source: RFC 3550 §6.7.
public struct RTCPApplication: Hashable, Sendable {
    /// What the application counts its packets by, 0 to 31.
    public var subtype: UInt8
    /// Who sends.
    public var ssrc: UInt32
    /// Which application, in four characters of ASCII.
    public var name: UInt32
    /// What it says; whole words.
    public var data: [UInt8]

    /// Describes what an application says.
    public init(subtype: UInt8, ssrc: UInt32, name: UInt32, data: [UInt8] = []) {
        (self.subtype, self.ssrc, self.name, self.data) = (subtype & 0x1F, ssrc, name, data)
    }
}

extension String {
    /// The first bytes, without parts of a character.
    func utf8(prefix count: Int) -> Substring.UTF8View {
        var fitting = self[...]
        while fitting.utf8.count > count { fitting = fitting.dropLast() }
        return fitting.utf8
    }
}
