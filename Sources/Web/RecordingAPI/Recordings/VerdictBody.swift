/// A verdict as it stands in JSON: an extension of ours to the media file.
struct VerdictBody: Codable {
    struct Stream: Codable {
        var dn: String
        var channel: Int
        var received: Int
        var lost: Int
        var late: Int
        var duplicate: Int
    }

    /// Only for people; what it says follows from the rest.
    var summary: String?
    var streams: [Stream]?
    var pauses: [MediaFileBody.Span]?
    var exceptions: [String]?

    init(_ verdict: Verdict) {
        self.summary = verdict.summary
        self.streams = verdict.streams.map {
            Stream(
                dn: $0.dn, channel: $0.channel, received: $0.received, lost: $0.lost, late: $0.late,
                duplicate: $0.duplicate)
        }
        self.pauses = verdict.pauses.map(MediaFileBody.Span.init)
        self.exceptions = verdict.exceptions
    }

    func verdict() throws(RecordingAPIError) -> Verdict {
        // What is added up later must not overflow, however many streams a body claims.
        let counts = 0...Int(Int32.max)
        let streams = try (self.streams ?? []).map { stream throws(RecordingAPIError) in
            guard
                [stream.channel, stream.received, stream.lost, stream.late, stream.duplicate]
                    .allSatisfy(counts.contains)
            else { throw RecordingAPIError(.invalid, "verdict.streams: a count is negative or too large") }
            return Verdict.Stream(
                dn: stream.dn, channel: stream.channel, received: stream.received, lost: stream.lost,
                late: stream.late, duplicate: stream.duplicate)
        }
        return Verdict(
            streams: streams,
            pauses: try (self.pauses ?? []).map { span throws(RecordingAPIError) in try span.mask() },
            exceptions: self.exceptions ?? [])
    }
}
