import CaptureJournal

/// Packets that came to a party's port and were not taken, by why.
struct StreamRefusals: Hashable, Sendable {
    /// They came from an address that is not the party's.
    var otherAddress = 0
    /// They came from the party's address, but of a second sender beside it.
    var otherSSRC = 0
    /// They are no RTP, or of no payload type that was agreed upon.
    var unreadable = 0

    /// All of them.
    var total: Int { self.otherAddress + self.otherSSRC + self.unreadable }

    /// Three numbers of four bytes.
    func encoded() -> [UInt8] {
        [self.otherAddress, self.otherSSRC, self.unreadable].flatMap { count in
            let count = UInt32(clamping: count)
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> UInt32($0)) }
        }
    }

    init() {}

    /// Reads what ``encoded()`` wrote.
    ///
    /// - Returns: nil where the bytes are too few.
    init?(parsing bytes: Span<UInt8>) {
        guard bytes.count >= 12 else { return nil }
        func number(_ start: Int) -> Int { (start..<start + 4).reduce(0) { $0 << 8 | Int(bytes[$1]) } }
        (self.otherAddress, self.otherSSRC, self.unreadable) = (number(0), number(4), number(8))
    }

    static func += (left: inout StreamRefusals, right: StreamRefusals) {
        left.otherAddress += right.otherAddress
        left.otherSSRC += right.otherSSRC
        left.unreadable += right.unreadable
    }

    static func - (left: StreamRefusals, right: StreamRefusals) -> StreamRefusals {
        var rest = left
        rest.otherAddress -= right.otherAddress
        rest.otherSSRC -= right.otherSSRC
        rest.unreadable -= right.unreadable
        return rest
    }
}
