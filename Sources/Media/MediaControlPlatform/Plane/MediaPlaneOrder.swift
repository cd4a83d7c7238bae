public import CaptureJournal

/// What the media plane is told to do. Orders are carried out in the order in which they were given, between packets.
public enum MediaPlaneOrder: Hashable, Sendable {
    /// Opens the ports of a leg; answered by ``MediaPlaneReport/portOpened(_:_:)`` or `portFailed`.
    case openPort(LegID)
    /// Says where a leg's media goes and how its packets are read; again whenever offer and answer say so.
    case setRemote(LegID, LegMedia)
    /// From now on the leg hears the other members of the conference and they hear it. A leg is in one conference.
    case join(LegID, conference: String)
    /// The leg hears nobody and nobody hears it.
    case leave(LegID)
    /// Ends a leg and gives its ports back. A recording of it goes on, without sound from it.
    case closeLeg(LegID)
    /// Begins a recording; media need not flow yet.
    case startRecording(RecordingTicket)
    /// From now on nothing that arrives is recorded.
    case pauseRecording(RecordingNumber)
    /// From now on what arrives is recorded again.
    case resumeRecording(RecordingNumber)
    /// Says whether what is keyed from now on (RFC 4733) must not be kept, even where the recording keeps keys.
    case markRecording(RecordingNumber, isSensitive: Bool)
    /// Ends a recording.
    ///
    /// - Parameter reason: a sentence where that is not the ordinary end; stands in the verdict.
    case stopRecording(RecordingNumber, reason: String? = nil)
    /// Plays what the parties of a recording that has begun are to hear.
    case promptParties(RecordingNumber, PromptPlan)
    /// Plays something to a party, behind what it is played already; ``MediaPlaneReport/promptEnded(_:_:played:)`` follows
    /// at its end.
    case play(PromptNumber, PromptProgram, to: LegID)
    /// Ends what was begun by ``play(_:_:to:)``.
    case stopPlaying(PromptNumber)
    /// Ends all recordings and legs; ``MediaPlaneReport/finished`` follows, and no order is carried out after it.
    case shutDown
}
