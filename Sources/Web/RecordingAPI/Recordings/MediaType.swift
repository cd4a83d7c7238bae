/// The media types that recordings have, and how their files' names end.
public enum MediaType {
    /// How the name of a file of that type ends; nil for a type that is not played.
    ///
    /// - Source: GIR API: `audio/mp3`, `audio/mpeg3`, `video/mp4`.
    public static func pathExtension(of type: String) -> String? {
        let name = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return switch name {
        case "audio/mp3", "audio/mpeg3", "audio/mpeg": "mp3"
        case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave": "wav"
        case "video/mp4": "mp4"
        default: nil
        }
    }

    /// The registered media type by which browsers know such a file; nil for a name that no recording has.
    public static func registered(forPathExtension pathExtension: some StringProtocol) -> String? {
        switch pathExtension.lowercased() {
        case "mp3": "audio/mpeg"
        case "wav": "audio/wav"
        case "mp4": "video/mp4"
        default: nil
        }
    }
}
