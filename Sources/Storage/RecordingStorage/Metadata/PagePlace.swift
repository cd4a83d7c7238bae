/// Where a page of recordings ended, for stores that page by start time and id: stays right while recordings are added.
package struct PagePlace: Comparable {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    package var startTime: Int64
    /// The recording's id, which tells those apart that started at the same time.
    package var id: String

    /// The place of a recording.
    package init(_ recording: Recording) {
        (self.startTime, self.id) = (recording.startTime.milliseconds, recording.id.rawValue)
    }

    /// Reads a token; nil where it is none.
    package init?(_ token: String) {
        let parts = token.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let startTime = Int64(parts[0]) else { return nil }
        (self.startTime, self.id) = (startTime, String(parts[1]))
    }

    /// What is asked for the next page with.
    package var token: String { "\(self.startTime)_\(self.id)" }

    /// Orders by start time, then by the bytes of the id, as databases do.
    package static func < (left: PagePlace, right: PagePlace) -> Bool {
        left.startTime != right.startTime
            ? left.startTime < right.startTime : left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
}
