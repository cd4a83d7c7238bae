/// What the media server tells the recording processor once its files are stored: the files of one call.
///
/// ```
/// POST /api/contact-centers/{ccid}/recordings
/// {"mediaFiles":[{"mediaId":"…","type":"audio/mp3","duration":"12523", …}]}
/// ```
/// Everything of a ``MediaFile`` travels, times to the millisecond.
///
/// - Source: IVR Profile, `recordingclient.callrec_dest`; fields as in GIR API, `recording.mediaFiles[]`.
public struct MediaFilesPost: Hashable, Sendable, Codable {
    /// The files.
    public var mediaFiles: [MediaFile]

    /// Describes what is told.
    public init(_ mediaFiles: [MediaFile]) { self.mediaFiles = mediaFiles }

    /// Reads a body.
    ///
    /// - Throws: where the bytes are no JSON, or a file in them is not described well enough to be kept.
    public init(parsing bytes: [UInt8]) throws(RecordingAPIError) {
        self = try JSONCoding.decode(from: bytes)
    }

    /// The body as JSON.
    public func encoded() -> [UInt8] { JSONCoding.encode(self) }

    private enum CodingKeys: CodingKey { case mediaFiles }

    /// Reads the body from a larger one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.mediaFiles = try container.decode([MediaFileBody].self, forKey: .mediaFiles).map { try $0.mediaFile() }
    }

    /// Writes the body into a larger one.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.mediaFiles.map(MediaFileBody.init(internal:)), forKey: .mediaFiles)
    }
}
