/// The answer to a request for one recording: `{"statusCode":0,"recording":{…}}`.
public struct RecordingReply: Hashable, Sendable {
    /// The recording. Read from an answer it has no ``MediaFile/path`` but the media id's: clients are given links.
    public var recording: Recording

    /// Describes an answer.
    public init(_ recording: Recording) { self.recording = recording }

    /// Reads an answer.
    ///
    /// - Throws: where the bytes are no such answer.
    public init(parsing bytes: [UInt8]) throws(RecordingAPIError) {
        self.recording = try JSONCoding.decode(Body.self, from: bytes).recording.recording()
    }

    /// The answer as JSON.
    ///
    /// - Parameter base: the address of the interface for links, for example `http://host/api/v2`; nil leaves whole
    ///   addresses out and gives paths only.
    public func encoded(base: String?) -> [UInt8] {
        JSONCoding.encode(Body(statusCode: 0, recording: RecordingBody(resource: self.recording, base: base)))
    }

    private struct Body: Codable {
        var statusCode: Int
        var recording: RecordingBody
    }
}

/// The answer to a search: `{"statusCode":0,"recordings":[…],"paging":{"next":"…"}}`.
public struct RecordingsReply: Hashable, Sendable {
    /// The recordings, the newest first.
    public var recordings: [Recording]
    /// The path and query of the next page; nil where this was the last.
    public var next: String?

    /// Describes an answer.
    public init(_ recordings: [Recording], next: String?) { (self.recordings, self.next) = (recordings, next) }

    /// Reads an answer.
    ///
    /// - Throws: where the bytes are no such answer.
    public init(parsing bytes: [UInt8]) throws(RecordingAPIError) {
        let body = try JSONCoding.decode(Body.self, from: bytes)
        self.recordings = try body.recordings.map { body throws(RecordingAPIError) in try body.recording() }
        self.next = body.paging?.next
    }

    /// The answer as JSON.
    ///
    /// - Parameter base: the address of the interface for links; nil gives paths only.
    public func encoded(base: String?) -> [UInt8] {
        JSONCoding.encode(
            Body(
                statusCode: 0, recordings: self.recordings.map { RecordingBody(resource: $0, base: base) },
                paging: Paging(next: self.next)))
    }

    private struct Paging: Codable { var next: String? }

    private struct Body: Codable {
        var statusCode: Int
        var recordings: [RecordingBody]
        var paging: Paging?
    }
}
