/// The sounds that a media server can play, by the URIs that name them. Given whole, so that nothing is read while a call
/// waits for it.
public struct SoundLibrary: Hashable, Sendable {
    /// By what follows `file:`.
    private var clips: [String: SoundClip] = [:]

    /// Takes sounds, for example `["file:welcome.wav": try SoundClip(wav: bytes)]`.
    public init(_ clips: [String: SoundClip] = [:]) {
        for (uri, clip) in clips { self[uri] = clip }
    }

    /// The sound of a URI; nil where it is not there. `file:a.wav`, `file://a.wav` and `a.wav` are the same.
    public subscript(uri: String) -> SoundClip? {
        get { self.clips[Self.path(uri)] }
        set { self.clips[Self.path(uri)] = newValue }
    }

    /// The sound of a prompt; nil where it is a file that is not there.
    public subscript(sound: PromptSound) -> SoundClip? {
        switch sound {
        case .tone(let tone): SoundClip(tone)
        case .file(let uri): self[uri]
        }
    }

    private static func path(_ uri: String) -> String {
        guard uri.hasPrefix("file:") else { return uri }
        let path = uri.dropFirst("file:".utf8.count)
        return String(path.hasPrefix("//") ? path.dropFirst(2) : path)
    }
}
