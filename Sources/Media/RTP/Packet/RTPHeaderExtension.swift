/// What stands between the header of a packet and its payload: named pieces, whose names the session description explains.
///
/// Reading allocates nothing: ``RTPHeader/extensionElement(_:in:)``. This value is for writing, and for whoever wants all.
///
/// - Source: RFC 3550 §5.3.1; RFC 8285 §4.
public struct RTPHeaderExtension: Hashable, Sendable {
    /// One named piece.
    public struct Element: Hashable, Sendable {
        /// The name, 1 to 255; by `a=extmap` of the session description.
        public var id: UInt8
        /// What it says, at most 255 bytes.
        public var data: [UInt8]

        /// Describes a piece.
        public init(id: UInt8, data: [UInt8]) { (self.id, self.data) = (id, data) }
    }

    /// How the bytes are laid out: 0xBEDE is the one-byte form, 0x1000 to 0x100F the two-byte form with its four
    /// application bits, and any other value another profile's.
    public let profile: UInt16
    /// What follows the first four bytes; whole words, padded with zeros.
    public let body: [UInt8]

    /// The form with one byte before each element.
    public static let oneByteProfile: UInt16 = 0xBEDE

    /// Writes elements in the one-byte form, where that holds them, and else in the two-byte form.
    ///
    /// - Parameters:
    ///   - elements: in the order in which they stand in the packet.
    ///   - allowsOneByteForm: false where the session was agreed to have the two-byte form only.
    /// - Returns: nil where an identifier is 0, data are longer than 255 bytes, or all together are longer than an
    ///   extension can be.
    public init?(_ elements: [Element], allowsOneByteForm: Bool = true) {
        let isShort = allowsOneByteForm && elements.allSatisfy { $0.id < 15 && (1...16).contains($0.data.count) }
        var body: [UInt8] = []
        for element in elements {
            guard element.id > 0, element.data.count <= 255 else { return nil }
            if isShort {
                body.append(element.id << 4 | UInt8(element.data.count - 1))
            } else {
                body += [element.id, UInt8(element.data.count)]
            }
            body += element.data
        }
        self.init(profile: isShort ? Self.oneByteProfile : 0x1000, body: body)
    }

    /// Describes an extension of any profile, padded with zeros to whole words.
    ///
    /// - Returns: nil where `body` is longer than 65 535 words.
    public init?(profile: UInt16, body: [UInt8]) {
        guard body.count <= 4 * 65_535 else { return nil }
        (self.profile, self.body) = (profile, body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4))
    }

    /// Takes the extension out of the datagram that a header was read from; nil where it has none.
    public init?(of header: RTPHeader, in datagram: Span<UInt8>) {
        let range = header.extensionRange
        guard range.count >= 4, range.upperBound <= datagram.count else { return nil }
        self.profile = datagram.loadUInt16(at: range.lowerBound)
        self.body = (range.lowerBound + 4..<range.upperBound).map { datagram[$0] }
    }

    /// The elements; none where the profile is another's.
    public var elements: [Element] {
        var found: [Element] = []
        var cursor = RTPExtensionCursor(profile: self.profile, range: 0..<self.body.count)
        let body = self.body.span
        while let (id, range) = cursor.next(in: body) {
            found.append(Element(id: id, data: Array(self.body[range])))
        }
        return found
    }

    /// - Unit: bytes, the first four included.
    var byteCount: Int { 4 + self.body.count }
}

extension RTPHeader {
    /// Where in the datagram the data of an extension element lie; nil where the packet has none of this name. Of several
    /// the first.
    ///
    /// - Complexity: linear in the extension's length; no allocation.
    /// - Source: RFC 8285 §4.2, §4.3.
    public func extensionElement(_ id: UInt8, in datagram: Span<UInt8>) -> Range<Int>? {
        let range = self.extensionRange
        guard range.count >= 4, range.upperBound <= datagram.count else { return nil }
        var cursor = RTPExtensionCursor(
            profile: datagram.loadUInt16(at: range.lowerBound), range: range.lowerBound + 4..<range.upperBound)
        while let (found, place) = cursor.next(in: datagram) {
            if found == id { return place }
        }
        return nil
    }
}

/// Goes from element to element.
///
/// - Source: RFC 8285 §4.1.2: padding between elements is passed over; an identifier of 0 with a length, and in the
///   one-byte form 15, end the extension.
struct RTPExtensionCursor {
    private let isOneByte: Bool
    private var place: Int
    private let end: Int

    init(profile: UInt16, range: Range<Int>) {
        self.isOneByte = profile == RTPHeaderExtension.oneByteProfile
        // The two-byte form is 0x100 and four bits that are the application's.
        let isKnown = self.isOneByte || profile >> 4 == 0x100
        (self.place, self.end) = (isKnown ? range.lowerBound : range.upperBound, range.upperBound)
    }

    /// The next element, and where its data are; nil after the last, and where data would go past the end.
    mutating func next(in bytes: Span<UInt8>) -> (id: UInt8, data: Range<Int>)? {
        while self.place < self.end, bytes[self.place] == 0 { self.place += 1 }
        let headCount = self.isOneByte ? 1 : 2
        guard self.place + headCount <= self.end else { return nil }
        let first = bytes[self.place]
        let id = self.isOneByte ? first >> 4 : first
        let count = self.isOneByte ? Int(first & 0x0F) + 1 : Int(bytes[self.place + 1])
        let start = self.place + headCount
        guard id != 0, !(self.isOneByte && id == 15), start + count <= self.end else {
            self.place = self.end
            return nil
        }
        self.place = start + count
        return (id, start..<start + count)
    }
}
