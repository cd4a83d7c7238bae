public import CallCore

/// Packets that arrived and could not be kept: the payload of a ``JournalRecordKind/uncaptured`` record.
public struct UncapturedPackets: Hashable, Sendable {
    /// How many.
    public var count: UInt64
    /// When the first arrived.
    public var first: MonotonicTime

    /// Describes packets.
    public init(count: UInt64, first: MonotonicTime) { (self.count, self.first) = (count, first) }

    /// Reads a payload.
    ///
    /// - Returns: nil where it is none.
    public init?(parsing payload: Span<UInt8>) {
        guard payload.count == Self.byteCount else { return nil }
        self.count = payload.bigEndian(at: 0, as: UInt64.self)
        self.first = MonotonicTime(nanoseconds: payload.bigEndian(at: 8, as: Int64.self))
    }

    /// The payload: the number, then the time in nanoseconds; eight bytes each, big-endian.
    public func encoded() -> [UInt8] {
        [self.count, UInt64(bitPattern: self.first.nanoseconds)].flatMap { number in
            (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        }
    }

    private static let byteCount = 16
}

extension JournalReader {
    /// What is kept of a batch where there is no room for all of it: every record but the packets, and one record for
    /// each channel's packets that stood between two others of their recording. Of this again, it gives the same.
    public static func batch(withoutPacketsOf batch: [UInt8]) -> [UInt8] {
        var writer = JournalWriter(maximumByteCount: .max)
        var reader = JournalReader()
        var gaps: [RecordingNumber: [Int: (packets: UncapturedPackets, last: MonotonicTime)]] = [:]
        let bytes = batch.span
        while let record = reader.next(in: bytes) {
            let payload = bytes.extracting(record.payload)
            let missed: UncapturedPackets? =
                switch record.kind {
                case .packet: UncapturedPackets(count: 1, first: record.time)
                case .uncaptured: UncapturedPackets(parsing: payload)
                default: nil
                }
            if let missed {
                var gap = gaps[record.recording]?[record.channel] ?? (missed, record.time)
                if gaps[record.recording]?[record.channel] != nil { gap.packets.count &+= missed.count }
                gap.packets.first = min(gap.packets.first, missed.first)
                gap.last = max(gap.last, record.time)
                gaps[record.recording, default: [:]][record.channel] = gap
            } else {
                Self.write(gaps.removeValue(forKey: record.recording), of: record.recording, to: &writer)
                writer.append(
                    record.kind, recording: record.recording, channel: record.channel, at: record.time, payload: payload
                )
            }
        }
        for recording in gaps.keys.sorted() { Self.write(gaps[recording], of: recording, to: &writer) }
        return writer.takeAll() ?? []
    }

    private static func write(
        _ gaps: [Int: (packets: UncapturedPackets, last: MonotonicTime)]?, of recording: RecordingNumber,
        to writer: inout JournalWriter
    ) {
        for (channel, gap) in (gaps ?? [:]).sorted(by: { $0.key < $1.key }) {
            let payload = gap.packets.encoded()
            writer.append(.uncaptured, recording: recording, channel: channel, at: gap.last, payload: payload.span)
        }
    }
}
