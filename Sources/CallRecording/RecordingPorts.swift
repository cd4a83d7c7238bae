public import CallAudio
public import CallCore
public import CaptureJournal
public import RTP
public import RecordingControl
public import RecordingStorage
public import ResourceManager
public import SIP
public import TLib

/// What a host plugs into a ``RecordingSystem``: its transports, its stores, its clock.
public struct RecordingPorts: Sendable {
    /// Where phones and gateways reach SIP Server.
    public var sip: any Transport<SIPMessage>
    /// Where SIP Server reaches Resource Manager.
    public var resourceManager: any Transport<SIPMessage>
    /// Where Resource Manager reaches the media server.
    public var mediaServer: any Transport<SIPMessage>
    /// Where T-Library clients reach SIP Server.
    public var tLibrary: any Transport<TMessage>
    /// The media server's RTP ports.
    public var media: any MediaTransport
    /// Where what arrives is written first.
    public var journal: any JournalStorage
    /// Where the media server keeps files until they are stored, and jobs until they are done.
    public var spool: any WorkingDirectory
    /// Where the Recording Processor keeps what it has not delivered yet.
    public var backlog: any WorkingDirectory
    /// The file formats, each found by its media type in the IVR profile.
    public var formats: [any AudioFileFormat]
    /// What decodes the parties' sound beside G.711, in order of preference: for example `G722Format()`.
    public var payloads: [any AudioPayloadFormat] = []
    /// What the parties can be played: beeps, announcements, music.
    public var sounds = SoundLibrary()
    /// Where recordings rest.
    public var recordings: any RecordingStore
    /// Where the files for analytics go; nil for a deployment that only records.
    public var analytics: (any RecordingStore)?
    /// Where Interaction Receiver keeps what it was told; nil where there is none.
    public var interactions: (any RecordingStore)?
    /// What is known of recordings.
    public var metadata: any MetadataStore
    /// Who was on which call, when.
    public var history: any CallHistoryStore
    /// Who else is told of each recording, after the web services and Interaction Receiver.
    public var publishers: [any RecordingPublisher] = []
    /// Who is recorded; nil for the options of the DNs.
    public var policy: (any RecordingPolicy)?
    /// The switch's configuration.
    public var configuration: any ConfigurationSource
    /// Chooses the media server of a new recording.
    public var selection: any MediaResourceSelection
    /// The time.
    public var clock: any CallClock
    /// Is told what happens.
    public var observer: any CallObserver

    /// Takes the ports; the last four have defaults.
    public init(
        sip: any Transport<SIPMessage>, resourceManager: any Transport<SIPMessage>,
        mediaServer: any Transport<SIPMessage>, tLibrary: any Transport<TMessage>, media: any MediaTransport,
        journal: any JournalStorage, spool: any WorkingDirectory, backlog: any WorkingDirectory,
        formats: [any AudioFileFormat], recordings: any RecordingStore, analytics: (any RecordingStore)? = nil,
        interactions: (any RecordingStore)? = nil, metadata: any MetadataStore, history: any CallHistoryStore,
        configuration: any ConfigurationSource, selection: any MediaResourceSelection = RoundRobin(),
        clock: any CallClock = SystemClock(), observer: any CallObserver = SilentObserver()
    ) {
        (self.sip, self.resourceManager, self.mediaServer) = (sip, resourceManager, mediaServer)
        (self.tLibrary, self.media, self.journal) = (tLibrary, media, journal)
        (self.spool, self.backlog, self.formats) = (spool, backlog, formats)
        (self.recordings, self.analytics, self.interactions) = (recordings, analytics, interactions)
        (self.metadata, self.history, self.configuration) = (metadata, history, configuration)
        (self.selection, self.clock, self.observer) = (selection, clock, observer)
    }
}
