/// A key that is being pressed, told in the payload of packets instead of as a tone.
///
/// The packets of one event have one timestamp, its beginning; ``duration`` grows from packet to packet, and the last
/// one is sent three times.
///
/// - Source: RFC 4733 §2.3.
public struct TelephoneEvent: Hashable, Sendable {
    /// What happens: 0 to 9 the digits, 10 `*`, 11 `#`, 12 to 15 `A` to `D`, 16 a hook flash; above them modems, lines and
    /// trunks.
    ///
    /// - Source: RFC 4733 §3.2; RFC 2833 §3.10 for the flash.
    public var event: UInt8
    /// Whether the event is over. `E`.
    public var isEnd: Bool
    /// How loud a tone would be, 0 to 63; 0 also where the sender does not know.
    ///
    /// - Unit: dBm0, its sign dropped.
    public var volume: UInt8
    /// How long the event, or its present segment, has lasted so far; 0 for a state that lasts until another.
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

    /// Reads the payload of a packet; of several events the one at `index`. Bytes that are no whole event are ignored.
    ///
    /// - Throws: `.truncated` where no such event is there.
    /// - Source: RFC 4733 §2.5.1.5 for several events in one packet.
    @inlinable
    public init(parsing payload: Span<UInt8>, index: Int = 0) throws(RTPError) {
        guard index >= 0, index < payload.count / 4 else { throw RTPError(.truncated, offset: payload.count) }
        let start = 4 * index
        self.init(
            event: payload[start], isEnd: payload[start + 1] & 0x80 != 0, volume: payload[start + 1] & 0x3F,
            duration: payload.loadUInt16(at: start + 2))
    }

    /// The longest duration that a packet can tell; an event that lasts longer goes on in another segment.
    ///
    /// - Source: RFC 4733 §2.5.1.3.
    public static let maximumDuration: UInt16 = .max

    /// Whether a duration of 0 means that the event lasts until it is told otherwise; for a key it means nothing.
    ///
    /// - Source: RFC 4733 §2.3.5.
    @inlinable
    public var isForever: Bool { self.duration == 0 && self.event > 16 }

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
