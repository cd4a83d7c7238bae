/// Which events of RFC 4733 a party takes, for example `0-15,66,70`.
///
/// - Source: RFC 4733 §2.4.1, §7.1.1.
public struct TelephoneEvents: Hashable, Sendable, CustomStringConvertible {
    /// A bit an event.
    private var bits: SIMD4<UInt64>

    private init(bits: SIMD4<UInt64>) { self.bits = bits }

    /// Lists events.
    public init(_ events: some Sequence<UInt8>) {
        self.bits = .zero
        for event in events { self.bits[Int(event >> 6)] |= 1 << UInt64(event & 63) }
    }

    /// The sixteen events of a telephone's keys, which hold where nothing is said.
    public static let keys = TelephoneEvents(0...15)

    /// Reads what `a=fmtp` says; RFC 2833 wrote `events=` before the list.
    ///
    /// - Returns: nil where it is no list of events.
    public init?(_ parameters: String) {
        self.bits = .zero
        let list = parameters.utf8Span.span
        var start = parameters.hasPrefix("events=") ? "events=".utf8.count : 0
        repeat {
            let end = list.end(of: start..<list.count, before: UInt8(ascii: ","))
            let dash = list.end(of: start..<end, before: UInt8(ascii: "-"))
            guard let first = list.number(list.trimmed(start..<dash), limit: 255),
                let last = dash == end ? first : list.number(list.trimmed(dash + 1..<end), limit: 255), first <= last
            else { return nil }
            for event in first...last { self.bits[Int(event >> 6)] |= 1 << (event & 63) }
            start = end + 1
        } while start <= list.count
    }

    /// Whether there is none.
    public var isEmpty: Bool { self.bits == .zero }

    /// Whether an event is taken.
    public func contains(_ event: UInt8) -> Bool { self.bits[Int(event >> 6)] >> UInt64(event & 63) & 1 == 1 }

    /// What both take.
    public func intersection(_ other: TelephoneEvents) -> TelephoneEvents {
        TelephoneEvents(bits: self.bits & other.bits)
    }

    /// The list, as `a=fmtp` has it.
    public var description: String {
        var ranges: [ClosedRange<UInt8>] = []
        for event in UInt8.min...UInt8.max where self.contains(event) {
            if let last = ranges.last, last.upperBound + 1 == event {
                ranges[ranges.count - 1] = last.lowerBound...event
            } else {
                ranges.append(event...event)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
