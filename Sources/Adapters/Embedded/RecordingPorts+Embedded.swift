public import CallRecording
private import CallRecordingCrypto
private import CallRecordingDirectory
private import CallRecordingMP3
private import CallRecordingNIO
private import CallRecordingSQLite
private import CallRecordingSockets

extension RecordingPorts {
    /// The reference adapters, in one folder and on one address: SIP over UDP, T-Library over TCP, RTP over UDP, files in
    /// folders, metadata and call history in SQLite, MP3 and G.711 WAV. No other server is needed.
    ///
    /// Replace what you have better:
    ///
    /// ```swift
    /// var ports = try await RecordingPorts.embedded(in: "/var/recordings", configuration: configuration)
    /// ports.recordings = MyStore()
    /// ```
    ///
    /// The folder then holds `recordings/` (the files), `analytics/` and `receiver/` (the files for
    /// analytics, and what Interaction Receiver keeps), `metadata.sqlite`,
    /// `history.sqlite`, `journal/`, `spool/` and `backlog/` (what is on its way), and `keys/` (the node's secret keys:
    /// keep a copy of it where the rest is not). WAV files in its `sounds/`, if there are any, can be played to the
    /// parties, as `file:<name>`.
    ///
    /// - Parameters:
    ///   - folder: is made where there is none.
    ///   - address: numeric; where everything listens, and what peers are told, so not `0.0.0.0`.
    ///   - sipPort: phones register and call here, over UDP and TCP; 0 for any free port, here and below.
    ///   - mediaPorts: for RTP and RTCP; four a recorded call.
    ///   - sealsJournal: whether what is captured is encrypted on the disk, under the key in `keys/journal.key`.
    /// - Throws: `TransportError`, `StorageError`, `JournalError`, `NodeKeyError` or `AudioError`, whose message says which port or file it is and what to do.
    public static func embedded(
        in folder: String, address: String = "127.0.0.1", sipPort: UInt16 = 0, resourceManagerPort: UInt16 = 0,
        mediaServerPort: UInt16 = 0, tLibraryPort: UInt16 = 0, mediaPorts: Range<UInt16> = 20_000..<24_000,
        configuration: any ConfigurationSource, sealsJournal: Bool = true, clock: any CallClock = SystemClock(),
        observer: any CallObserver = SilentObserver()
    ) async throws -> RecordingPorts {
        guard let host = Endpoint(host: address, port: 0) else {
            throw TransportError(.unavailable, "'\(address)' is no numeric address; give one such as 127.0.0.1")
        }
        guard !host.isUnspecified else {
            throw TransportError(
                .unavailable,
                "'\(address)' cannot be told to phones, which must send there; give one of this machine's addresses")
        }
        let profile = try await configuration.configuration().profile
        let store = try DirectoryStore(folder + "/recordings")
        let keys = DirectoryKeys(folder + "/keys")
        let seal = try sealsJournal ? JournalSeal(keys: keys, cipher: CryptoCipher()) : nil
        var ports = RecordingPorts(
            sip: try await SIPTransport.bind(to: host.withPort(sipPort)),
            resourceManager: try await UDPTransport.bind(to: host.withPort(resourceManagerPort)),
            mediaServer: try await UDPTransport.bind(to: host.withPort(mediaServerPort)),
            tLibrary: try await TCPTLibraryServer.bind(to: host.withPort(tLibraryPort)),
            media: try UDPMedia(address: host, ports: mediaPorts, now: { clock.now }),
            journal: try DirectoryJournal(folder + "/journal", seal: seal),
            spool: try DirectoryFiles(folder + "/spool"),
            backlog: try DirectoryFiles(folder + "/backlog"),
            formats: [MP3Format(bitRate: profile.bitRate, channels: profile.channels), WAVFormat()],
            recordings: store,
            analytics: try DirectoryStore(folder + "/analytics"),
            interactions: try DirectoryStore(folder + "/receiver"),
            metadata: try SQLiteMetadata(path: folder + "/metadata.sqlite"),
            history: try SQLiteCallHistory(path: folder + "/history.sqlite"),
            configuration: configuration,
            clock: clock,
            observer: observer)
        ports.sounds = try SoundLibrary(directory: folder + "/sounds")
        return ports
    }
}
