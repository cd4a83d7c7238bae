/// A key that is being pressed, told in the payload of packets instead of as a tone.
///
/// The packets of one event have one timestamp, its beginning; ``duration`` grows from packet to packet, and the last
/// one is sent three times.
///
/// - Source: RFC 4733 §2.3.
public struct TelephoneEvent: Hashable, Sendable {
    /// What happens: 0 to 9 the digits, 10 `*`, 11 `#`, 12 to 15 `A` to `D`, 16 a hook flash.
    ///
    /// - Source: RFC 4733 §3.2.
    public var event: UInt8
    /// Whether the event is over. `E`.
    public var isEnd: Bool
    /// How loud a tone would be, 0 to 63.
    ///
    /// - Unit: dBm0, its sign dropped.
    public var volume: UInt8
    /// How long the event has lasted so far.
    ///
    /// - Unit: ticks of the payload's clock.
    public var duration: UInt16

    /// - Unit: bytes of the payload.
    public static let byteCount = 4

    /// Describes an event.
    @inlinable
    public init(event: UInt8, isEnd: Bool = false, volume: UInt8 = 10, duration: UInt16) {
        (self.event, self.isEnd, self.volume, self.duration) = (event, isEnd, volume & 0x3F, duration)
    }

    /// Describes a key; nil where no such key is on a phone.
    public init?(key: Character, isEnd: Bool = false, volume: UInt8 = 10, duration: UInt16) {
        guard let event = Self.keys.firstIndex(of: Character(key.uppercased())) else { return nil }
        self.init(event: UInt8(event), isEnd: isEnd, volume: volume, duration: duration)
    }

    /// Reads the payload of a packet; of several events only the first, bytes after it are ignored.
    ///
    /// - Throws: `.truncated` where fewer than four bytes are there.
    @inlinable
    public init(parsing payload: Span<UInt8>) throws(RTPError) {
        guard payload.count >= 4 else { throw RTPError(.truncated, offset: payload.count) }
        self.init(
            event: payload[0], isEnd: payload[1] & 0x80 != 0, volume: payload[1] & 0x3F,
            duration: payload.loadUInt16(at: 2))
    }

    /// Writes the payload; the reserved bit is 0.
    @inlinable
    public func encode(into output: inout OutputSpan<UInt8>) {
        output.append(self.event)
        output.append(self.volume & 0x3F | (self.isEnd ? 0x80 : 0))
        output.appendUInt16(self.duration)
    }

    /// The payload as bytes of its own.
    public func encoded() -> [UInt8] {
        [UInt8](capacity: Self.byteCount) { output in self.encode(into: &output) }
    }

    /// The key; nil for events that are none.
    public var key: Character? {
        Self.keys.indices.contains(Int(self.event)) ? Self.keys[Int(self.event)] : nil
    }

    private static let keys: [Character] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D",
    ]
}
