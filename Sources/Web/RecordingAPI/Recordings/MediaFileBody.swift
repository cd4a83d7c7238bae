/// A file as it stands in JSON, with the names of the wire.
///
/// - Source: GIR API, `recording.mediaFiles[]`.
struct MediaFileBody: Codable {
    struct Descriptor: Codable {
        var storage: String?
        var path: String?
        var data: [String: JSONValue]?
    }

    struct Span: Codable {
        var start: NumberTextAsNumber
        var end: NumberTextAsNumber

        init(_ mask: Mask) {
            self.start = NumberTextAsNumber(mask.start.milliseconds)
            self.end = NumberTextAsNumber(mask.end.milliseconds)
        }

        func mask() throws(RecordingAPIError) -> Mask {
            guard let start = self.start.number.duration, let end = self.end.number.duration, start <= end else {
                throw RecordingAPIError(.invalid, "masks: a span needs start and end in milliseconds")
            }
            return Mask(start: start, end: end)
        }
    }

    var mediaDescriptor: Descriptor?
    var mediaId: String
    /// Our extension: the play name, where the body does not carry the links that contain it.
    var playId: String?
    var mediaUri: String?
    var mediaPath: String?
    var playPath: String?
    var type: String
    var duration: NumberText
    var size: NumberText
    var startTime: String
    var stopTime: String
    var callUUID: String
    var tenant: String?
    var ivrprofile: String?
    var masks: [Span]?
    var parameters: [String: JSONValue]?
    var partitions: [String]?
    var accessgroups: [String]?
    var verdict: VerdictBody?
    var sound: SoundBody?
}

extension MediaFileBody {
    /// The file as servers tell it to each other: where it is stored, but no links.
    init(internal file: MediaFile) {
        self.init(common: file)
        self.mediaDescriptor = Descriptor(storage: file.storage, path: file.path.rawValue, data: [:])
        self.playId = file.playID
        self.partitions = []
        self.accessgroups = []
    }

    /// The file as clients are told: links to play it, but not where it is stored.
    ///
    /// - Parameter base: the address of the interface, for example `http://host/api/v2`; nil where it is not known.
    init(resource file: MediaFile, of recording: RecordingID, base: String?) {
        self.init(common: file)
        guard let pathExtension = MediaType.pathExtension(of: file.type) else { return }
        let path =
            "/recordings/\(PercentCoding.encode(recording.rawValue))/play/"
            + "\(PercentCoding.encode(file.playID)).\(pathExtension)"
        self.mediaPath = path
        self.playPath = path
        self.mediaUri = base.map { $0 + path }
    }

    private init(common file: MediaFile) {
        self.init(
            mediaId: file.mediaID, type: file.type, duration: NumberText(file.duration.milliseconds),
            size: NumberText(file.byteCount), startTime: file.startTime.iso8601Milliseconds,
            stopTime: file.stopTime.iso8601Milliseconds, callUUID: file.callUUID.rawValue,
            tenant: file.tenant.rawValue, ivrprofile: file.profile, masks: file.masks.map(Span.init),
            parameters: file.parameters.mapValues { .string($0) }, verdict: VerdictBody(file.verdict),
            sound: file.sound.map(SoundBody.init))
    }

    /// The file.
    ///
    /// - Throws: `.invalid` where a field cannot be understood.
    func mediaFile() throws(RecordingAPIError) -> MediaFile {
        func wrong(_ field: String, _ value: String) -> RecordingAPIError {
            RecordingAPIError(.invalid, "mediaFiles: \(field) '\(value.prefix(64))' cannot be understood")
        }
        guard let path = self.storedPath else { throw wrong("mediaDescriptor.path", self.mediaDescriptor?.path ?? "") }
        guard let duration = self.duration.duration else { throw wrong("duration", self.duration.text) }
        guard let byteCount = self.size.count else { throw wrong("size", self.size.text) }
        guard let startTime = WallTime(iso8601: self.startTime) else { throw wrong("startTime", self.startTime) }
        guard let stopTime = WallTime(iso8601: self.stopTime) else { throw wrong("stopTime", self.stopTime) }
        guard let callUUID = CallUUID(self.callUUID) else { throw wrong("callUUID", self.callUUID) }
        return MediaFile(
            mediaID: self.mediaId, playID: self.playID, path: path, storage: self.mediaDescriptor?.storage ?? "",
            type: self.type, duration: duration, byteCount: byteCount, startTime: startTime, stopTime: stopTime,
            callUUID: callUUID, tenant: TenantName(rawValue: self.tenant ?? ""), profile: self.ivrprofile ?? "",
            masks: try (self.masks ?? []).map { span throws(RecordingAPIError) in try span.mask() },
            parameters: (self.parameters ?? [:]).mapValues(\.text), verdict: try self.verdict?.verdict() ?? Verdict(),
            sound: try self.sound?.sound())
    }

    /// The descriptor's path; of a URL what follows the host; the media id where there is no descriptor.
    private var storedPath: RecordingPath? {
        guard let path = self.mediaDescriptor?.path else { return RecordingPath(self.mediaId) }
        guard let scheme = path.firstRange(of: "://") else { return RecordingPath(path) }
        guard let slash = path[scheme.upperBound...].firstIndex(of: "/") else { return nil }
        return RecordingPath(path[path.index(after: slash)...])
    }

    /// The play name that is given, or that the links contain, or else one that belongs to the media id.
    private var playID: String {
        if let playId, !playId.isEmpty { return playId }
        if let name = (self.playPath ?? self.mediaPath)?.split(separator: "/").last,
            let stem = name.split(separator: ".").first
        {
            return String(stem)
        }
        return PlayID.derived(from: self.mediaId)
    }
}

/// A number that is read in either form and written as a number: the form inside our own extensions.
struct NumberTextAsNumber: Codable {
    var number: NumberText

    init(_ number: Int64) { self.number = NumberText(number) }

    init(from decoder: any Decoder) throws { self.number = try NumberText(from: decoder) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.number.count ?? 0)
    }
}
