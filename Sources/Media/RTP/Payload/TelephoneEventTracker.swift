/// Makes events of packets: each begins once and ends once, however many packets tell of it, and however many are lost.
///
/// A value; nothing is allocated. A stream that begins anew (``SequenceTracker/Arrival/restarted(_:_:)``) needs another
/// tracker, since timestamps are compared.
///
/// - Source: RFC 4733 §2.5.1, §2.5.2.
public struct TelephoneEventTracker: Hashable, Sendable {
    /// What has happened.
    public enum Change: Hashable, Sendable {
        /// An event has begun at this timestamp.
        case began(event: UInt8, at: UInt32)
        /// The event that had begun is over.
        ///
        /// - Parameters:
        ///   - duration: in ticks, of all segments together; as far as it was told.
        ///   - isTold: false where its end was not told, but another event, or silence, shows it.
        case ended(event: UInt8, at: UInt32, duration: UInt32, isTold: Bool)
    }

    private struct Current: Hashable {
        var event: UInt8
        var start: UInt32
        var segment: UInt32
        /// - Unit: ticks, of the segments before the present one.
        var before: UInt32 = 0
        var duration: UInt16 = 0
        var isOver = false
    }

    private var current: Current?

    /// Packets of events that are so much older than the present one are no stragglers: timestamps have begun anew.
    ///
    /// - Unit: ticks; two segments.
    private static let memory: UInt32 = 0x1_FFFF

    /// Nothing has happened.
    public init() {}

    /// The event that has begun and is not over; nil where there is none.
    public var event: UInt8? { self.current.flatMap { $0.isOver ? nil : $0.event } }

    /// Takes the payload of a packet, which may hold several events, one after the other.
    ///
    /// - Parameters:
    ///   - timestamp: that of the packet, where its first event or segment began.
    ///   - report: is told what has happened, in order.
    public mutating func receive(_ payload: Span<UInt8>, timestamp: UInt32, _ report: (Change) -> Void) {
        var start = timestamp
        var index = 0
        while let event = try? TelephoneEvent(parsing: payload, index: index) {
            self.receive(event, timestamp: start, report)
            start &+= UInt32(event.duration)
            index += 1
        }
    }

    /// Takes one event of a packet.
    ///
    /// - Parameter timestamp: when the event or segment began.
    public mutating func receive(_ event: TelephoneEvent, timestamp: UInt32, _ report: (Change) -> Void) {
        // A key that is reported before it has lasted has to be reported again anyway.
        guard event.duration > 0 || event.isForever else { return }
        if let current, current.event == event.event, self.continues(current, event, at: timestamp) {
            return self.update(event, timestamp, report)
        }
        if let current {
            let age = current.segment &- timestamp
            // Overtaken by a later event: it has been reported, or is past hearing.
            if age > 0, age <= Self.memory || timestamp == current.start { return }
        }
        self.end(report)
        self.current = Current(event: event.event, start: timestamp, segment: timestamp)
        report(.began(event: event.event, at: timestamp))
        self.update(event, timestamp, report)
    }

    /// Ends an event whose end was not told: audio has come instead, or nothing for longer than three packets.
    ///
    /// - Source: RFC 4733 §2.5.2.2.
    public mutating func end(_ report: (Change) -> Void) {
        guard let current, !current.isOver else { return }
        self.finish(isTold: false, report)
    }

    /// Whether the packet tells more of the present event, or tells it again.
    private func continues(_ current: Current, _ event: TelephoneEvent, at timestamp: UInt32) -> Bool {
        if timestamp == current.segment { return true }
        // The next segment begins where the one before was full; its last packets may have been lost.
        return !current.isOver && timestamp == current.segment &+ UInt32(TelephoneEvent.maximumDuration)
    }

    private mutating func update(_ event: TelephoneEvent, _ timestamp: UInt32, _ report: (Change) -> Void) {
        guard var current, !current.isOver else { return }
        if timestamp != current.segment {
            current.before &+= UInt32(TelephoneEvent.maximumDuration)
            (current.segment, current.duration) = (timestamp, 0)
        }
        current.duration = max(current.duration, event.duration)
        self.current = current
        if event.isEnd { self.finish(isTold: true, report) }
    }

    private mutating func finish(isTold: Bool, _ report: (Change) -> Void) {
        guard var current else { return }
        current.isOver = true
        self.current = current
        report(
            .ended(
                event: current.event, at: current.start, duration: current.before &+ UInt32(current.duration),
                isTold: isTold))
    }
}
