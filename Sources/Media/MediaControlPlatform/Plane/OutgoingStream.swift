import RTP

/// The stream that a party hears: one SSRC, sequence numbers and timestamps that go on, whoever it is that speaks.
///
/// Losses and reordering of the way in are passed on as they are, since numbers are only shifted. Where the source
/// changes or starts again, the shift is chosen anew, so that the phone sees the next number and the time that has
/// passed.
struct OutgoingStream: Sendable {
    let ssrc: UInt32

    private var source: Source?
    private var sequenceShift: UInt16
    private var timestampShift: UInt32
    private var last: Sent?

    private struct Source: Hashable {
        var leg: LegID
        var ssrc: UInt32
    }

    private struct Sent {
        var sequenceNumber: UInt16
        var timestamp: UInt32
        var time: MonotonicTime
        /// - Unit: samples that the packet holds at least.
        var count: UInt32 = 0
        /// Whether a prompt can go along with it, so that it needs no packets of its own.
        var takesPrompt = false
    }

    /// Where the sender is in its own stream, for a sender's report; nil before the first packet.
    var timestamp: UInt32? { self.last?.timestamp }

    /// - Source: RFC 3550 §5.1: SSRC, sequence number and timestamp begin at random; RFC 4568 §6.4 for the number.
    init(tokens: inout TokenGenerator) {
        let bits = tokens.next()
        self.ssrc = UInt32(truncatingIfNeeded: bits)
        self.sequenceShift = UInt16(truncatingIfNeeded: bits >> 32)
        self.timestampShift = UInt32(truncatingIfNeeded: tokens.next())
    }

    /// The header under which a packet goes on to the party.
    mutating func header(
        for packet: RTPHeader, of leg: LegID, payloadType: UInt8, codec: LegCodec, at time: MonotonicTime
    ) -> RTPHeader {
        var marker = packet.marker
        let source = Source(leg: leg, ssrc: packet.ssrc)
        if source != self.source || self.isJump(packet, codec, at: time) {
            if let last = self.last {
                self.sequenceShift = last.sequenceNumber &+ 1 &- packet.sequenceNumber
                self.timestampShift = Self.timestamp(after: last, of: codec, at: time) &- packet.timestamp
                // The phone may set its play-out anew here.
                marker = marker || codec.isSound
            } else {
                // Below 2¹⁵, so that a receiver of protected media who misses the first packets does not miss a wrap.
                self.sequenceShift = self.sequenceShift & 0x7FFF &- packet.sequenceNumber
            }
            self.source = source
        }
        let sequenceNumber = packet.sequenceNumber &+ self.sequenceShift
        let timestamp = packet.timestamp &+ self.timestampShift
        if self.last.map({ Int16(bitPattern: sequenceNumber &- $0.sequenceNumber) > 0 }) ?? true {
            // Of codecs that squeeze more than G.711 a byte is several samples: then it is too few, and never too many.
            self.last = Sent(
                sequenceNumber: sequenceNumber, timestamp: timestamp, time: time,
                count: codec.isSound && codec.clockRate == 8_000 ? UInt32(packet.payloadRange.count) : 0,
                takesPrompt: codec.takesPrompt)
        }
        return RTPHeader(
            payloadType: payloadType, marker: marker, sequenceNumber: sequenceNumber, timestamp: timestamp,
            ssrc: self.ssrc)
    }

    /// The header of a packet that is nobody's but ours.
    ///
    /// - Parameters:
    ///   - count: how many samples it holds; they are G.711.
    ///   - isFirst: whether silence, or somebody else, was heard before.
    mutating func header(
        forPrompt count: UInt32, payloadType: UInt8, isFirst: Bool, at time: MonotonicTime
    ) -> RTPHeader {
        // The next packet of a party is one of another source.
        let begins = isFirst || self.source != nil
        self.source = nil
        let sequenceNumber = self.last.map { $0.sequenceNumber &+ 1 } ?? self.sequenceShift & 0x7FFF
        let timestamp =
            self.last.map { begins ? Self.timestamp(after: $0, of: .muLaw, at: time) : $0.timestamp &+ $0.count }
            ?? self.timestampShift
        self.last = Sent(sequenceNumber: sequenceNumber, timestamp: timestamp, time: time, count: count)
        return RTPHeader(
            payloadType: payloadType, marker: begins, sequenceNumber: sequenceNumber, timestamp: timestamp,
            ssrc: self.ssrc)
    }

    /// Whether packets of a party go by that a prompt can go along with: within 100 ms, since nobody sends longer ones.
    func isFed(at time: MonotonicTime) -> Bool {
        guard self.source != nil, let last = self.last, last.takesPrompt else { return false }
        return last.time.duration(to: time) <= .milliseconds(100)
    }

    /// When the samples of the last packet are over; nil before the first.
    var end: MonotonicTime? { self.last.map { $0.time + .microseconds(125 * Int64($0.count)) } }

    /// The time in the stream that has come, but not before the last packet's samples are over.
    private static func timestamp(after last: Sent, of codec: LegCodec, at time: MonotonicTime) -> UInt32 {
        last.timestamp &+ max(1, last.count, Self.ticks(of: codec, since: last.time, until: time))
    }

    /// Passes over a packet that the party is not sent, so that it does not take it for a loss.
    mutating func skip(_ packet: RTPHeader, of leg: LegID) {
        guard self.source == Source(leg: leg, ssrc: packet.ssrc) else { return }
        self.sequenceShift &-= 1
    }

    /// Whether the sender has started again under its old SSRC.
    private func isJump(_ packet: RTPHeader, _ codec: LegCodec, at time: MonotonicTime) -> Bool {
        guard let last = self.last else { return false }
        let step = Int16(bitPattern: packet.sequenceNumber &+ self.sequenceShift &- last.sequenceNumber)
        if Int(step).magnitude > Self.maximumDropout { return true }
        // An event keeps the timestamp of its beginning, however long it lasts.
        guard codec.isSound else { return false }
        let passed = Int64(Int32(bitPattern: packet.timestamp &+ self.timestampShift &- last.timestamp))
        return (passed - Int64(Self.ticks(of: codec, since: last.time, until: time))).magnitude
            > UInt64(3 * codec.clockRate)
    }

    /// What the codec's timestamps count in the time that passed.
    private static func ticks(of codec: LegCodec, since start: MonotonicTime, until end: MonotonicTime) -> UInt32 {
        let samples = max(0, start.duration(to: end).nanoseconds) / 125_000
        return UInt32(truncatingIfNeeded: samples &* Int64(codec.clockRate / 8_000))
    }

    /// - Source: RFC 3550 appendix A.1, MAX_DROPOUT.
    private static let maximumDropout: UInt = 3_000
}
