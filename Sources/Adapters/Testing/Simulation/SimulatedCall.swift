public import CallAudio
public import CallCore
public import CallRecordingInProcess
public import RecordingStorage
public import TLib

/// A whole call through the whole system with a virtual clock, network and disk: the same machines as for real, in milliseconds, and
/// with the same seed exactly the same again.
///
/// ```swift
/// let outcome = try await SimulatedCall(seed: 7, callerSpeech: speech, calleeSpeech: answer).run()
/// ```
public struct SimulatedCall: Sendable {
    /// How badly the network treats signalling. Media has conditions of its own.
    public struct Signalling: Hashable, Sendable {
        /// Which part of the SIP messages never arrives, 0 to 1.
        public var loss: Double
        /// Which part arrives twice, 0 to 1.
        public var duplication: Double
        /// How long a message travels at most; drawn evenly, so that messages overtake each other.
        public var delay: Duration

        /// Describes a network; without arguments one on which everything arrives after at most 2 ms.
        public init(loss: Double = 0, duplication: Double = 0, delay: Duration = .milliseconds(2)) {
            (self.loss, self.duplication, self.delay) = (loss, duplication, delay)
        }
    }

    /// What the T-Library client or the caller does, counted from `EventEstablished`.
    public struct Step: Hashable, Sendable {
        /// What is done.
        public enum Act: Hashable, Sendable {
            /// The client asks for a service of recording.
            case request(PrivateMsgID, reason: String)
            /// The caller hangs up.
            case hangUp
        }

        /// When.
        public var after: Duration
        /// What is done.
        public var act: Act

        /// Describes a step.
        public init(_ after: Duration, _ act: Act) { (self.after, self.act) = (after, act) }
    }

    /// The caller's number.
    public static let caller: DN = "7002"
    /// The called agent's number; the T-Library client watches it.
    public static let callee: DN = "7001"

    /// Everything that is random comes from it.
    public var seed: UInt64
    /// What the switch's administrators have set; it must know both numbers.
    public var configuration: SwitchConfiguration
    /// What happens after the call is established.
    public var script: [Step]
    /// How badly SIP messages fare.
    public var signalling: Signalling
    /// How badly RTP fares.
    public var media: MediaNetworkConditions
    /// The file formats; the profile chooses among them by media type.
    public var formats: [any AudioFileFormat]
    /// What the parties can be played.
    public var sounds = SoundLibrary()
    /// What the caller says: µ-law at 8 kHz.
    public var callerSpeech: [UInt8]
    /// What the called agent says: µ-law at 8 kHz.
    public var calleeSpeech: [UInt8]
    /// How often the recording store fails before it takes a file.
    public var storeFailures: Int

    /// The call of the guide: start, pause, resume, stop, hang up; a perfect network unless told otherwise.
    public init(
        seed: UInt64, configuration: SwitchConfiguration = Self.configuration(), script: [Step] = Self.guide,
        signalling: Signalling = Signalling(), media: MediaNetworkConditions = MediaNetworkConditions(),
        formats: [any AudioFileFormat] = [WAVFormat()], callerSpeech: [UInt8], calleeSpeech: [UInt8],
        storeFailures: Int = 0
    ) {
        (self.seed, self.configuration, self.script) = (seed, configuration, script)
        (self.signalling, self.media, self.formats) = (signalling, media, formats)
        (self.callerSpeech, self.calleeSpeech) = (callerSpeech, calleeSpeech)
        self.storeFailures = storeFailures
    }

    /// Two phones and an agent; G.711 WAV alone is made, which needs no library.
    public static func configuration(record: Bool = false) -> SwitchConfiguration {
        SwitchConfiguration(
            dns: [Self.callee: DNOptions(record: record, agent: "jane"), Self.caller: DNOptions()],
            agents: ["jane": Agent(id: "jane", firstName: "Jane", lastName: "Doe")],
            profile: IVRProfile(type: "audio/wav", type2: nil))
    }

    /// START at once, PAUSE, RESUME and STOP, then the caller hangs up.
    ///
    /// - Source: GIR Solution Guide, "Mid-Call Control of the Recording Session".
    public static let guide = [
        Step(.zero, .request(.recordStart, reason: "order")),
        Step(.milliseconds(11_600), .request(.recordPause, reason: "card number")),
        Step(.milliseconds(17_500), .request(.recordResume, reason: "card number taken")),
        Step(.milliseconds(25_200), .request(.recordStop, reason: "done")),
        Step(.milliseconds(26_000), .hangUp),
    ]

    /// Runs the call and everything that follows from it, until the recording has reached the web services.
    ///
    /// - Throws: where that does not happen within ten minutes of virtual time.
    public func run() async throws -> Outcome {
        let world = try SimulatedWorld(self)
        return try await world.run()
    }

    /// What came of a call.
    public struct Outcome: Sendable {
        /// What the T-Library client was told, with the times.
        public var events: [(time: MonotonicTime, message: TMessage)] = []
        /// What the reports of the boxes say.
        public var reports: [CallReport] = []
        /// What the web services keep; nil where nothing was recorded.
        public var recording: Recording?
        /// The stored files.
        public var files: [RecordingPath: [UInt8]] = [:]
        /// The batches of the capture journal, in order, as they were written to the disk.
        public var journal: [[UInt8]] = []
        /// What the caller and the agent said and heard.
        public var phones: [PhoneMedia] = []
        /// The date of the clock's beginning.
        public var epoch = WallTime(milliseconds: 0)

        /// What `GSIP_RECORD` went through, as the client was told.
        public var recordingStates: [String] {
            var states: [String] = []
            for (_, message) in self.events {
                if let state = message[.userData]?.string("GSIP_RECORD"), state != states.last { states.append(state) }
            }
            return states
        }
    }
}

/// Why a simulation could not go on.
public struct SimulationError: Error, CustomStringConvertible {
    /// What was being waited for, and the seed by which it happens again.
    public var description: String

    init(_ description: String) { self.description = description }
}
