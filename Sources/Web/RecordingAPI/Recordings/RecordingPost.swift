/// What the recording processor tells the web services and the analytics: one recording, whole.
///
/// ```
/// POST /internal-api/contact-centers/{ccid}/recordings
/// {"id":"…","ccid":"…","region":"…","mediaFiles":[…],"eventHistory":[…], …}
/// ```
public struct RecordingPost: Hashable, Sendable {
    /// The contact center to which the recording belongs.
    public var contactCenter: String
    /// The recording.
    public var recording: Recording

    /// Describes what is told.
    public init(_ recording: Recording, contactCenter: String) {
        (self.recording, self.contactCenter) = (recording, contactCenter)
    }

    /// Reads a body.
    ///
    /// - Throws: where the bytes are no JSON, or the recording is not described well enough to be kept.
    public init(parsing bytes: [UInt8]) throws(RecordingAPIError) {
        let body = try JSONCoding.decode(RecordingBody.self, from: bytes)
        self.recording = try body.recording()
        self.contactCenter = body.ccid ?? ""
    }

    /// The body as JSON.
    public func encoded() -> [UInt8] {
        JSONCoding.encode(RecordingBody(internal: self.recording, contactCenter: self.contactCenter))
    }
}
