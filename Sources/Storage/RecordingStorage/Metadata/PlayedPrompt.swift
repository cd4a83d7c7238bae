import CallCore

/// Something that a party of a recording was played. It is not in the sound, which holds what the parties said.
public struct PlayedPrompt: Hashable, Sendable {
    /// What a prompt is for. An open set.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The word in metadata.
        public var rawValue: String

        /// Takes a word as it is.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Tells that the call is recorded, every few seconds.
        public static let beep = Kind(rawValue: "beep")
        /// Tells it in words, once.
        public static let announcement = Kind(rawValue: "announcement")
        /// An announcement that must have been heard in full.
        public static let consent = Kind(rawValue: "consent")
    }

    /// The number of the party that heard it.
    public var dn: String
    /// That party's channel in the file, from 0.
    public var channel: Int
    /// What it was for.
    public var kind: Kind
    /// What it is called, for example the URI of its sound.
    public var name: String
    /// When its first sample was sent, and when it was over, from the start of the recording.
    public var span: Mask
    /// How much of it was sent.
    public var played: Duration
    /// How long the whole of it is.
    public var length: Duration
    /// Why it was broken off; nil where all of it was sent.
    public var interruption: String?

    /// Describes what was heard.
    public init(
        dn: String, channel: Int, kind: Kind, name: String, span: Mask, played: Duration, length: Duration,
        interruption: String? = nil
    ) {
        (self.dn, self.channel, self.kind, self.name, self.span) = (dn, channel, kind, name, span)
        (self.played, self.length, self.interruption) = (played, length, interruption)
    }
}

/// Whether everybody who was to be asked has heard in full that the call is recorded.
public struct RecordingConsent: Hashable, Sendable, CustomStringConvertible {
    /// From when on the recording counts as consented, from its start; nil where it does not.
    public var heardAt: Duration?
    /// Who has not heard what; empty where all have heard all.
    public var reason: String

    /// States what happened.
    public init(heardAt: Duration?, reason: String = "") { (self.heardAt, self.reason) = (heardAt, reason) }

    /// Judges by what was played.
    ///
    /// - Parameter parties: the channels and numbers of those who were to be asked.
    public init(of parties: [(channel: Int, dn: String)], _ prompts: [PlayedPrompt]) {
        var latest = Duration.zero
        for party in parties {
            let asked = prompts.filter { $0.kind == .consent && $0.channel == party.channel }
            if let heard = asked.first(where: { $0.interruption == nil && $0.played >= $0.length }) {
                latest = max(latest, heard.span.end)
                continue
            }
            let attempt = asked.last.map {
                "\($0.interruption ?? "it was broken off") after \(Self.seconds($0.played)) of \(Self.seconds($0.length)) s"
            }
            self.init(heardAt: nil, reason: "\(party.dn): \(attempt ?? "it never began")")
            return
        }
        self.init(heardAt: parties.isEmpty ? nil : latest, reason: parties.isEmpty ? "nobody was there to hear it" : "")
    }

    /// For example `heard in full at 5.2 s` or `not heard by 7001: the call or its recording ended after 3.2 of 5.0 s`.
    public var description: String {
        self.heardAt.map { "heard in full at \(Self.seconds($0)) s" } ?? "not heard by \(self.reason)"
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = duration.milliseconds / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}
