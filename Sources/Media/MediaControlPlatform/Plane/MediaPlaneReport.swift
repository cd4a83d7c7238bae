public import CallCore
public import CaptureJournal

/// What the media plane says.
public enum MediaPlaneReport: Hashable, Sendable {
    /// A leg has ports: put this address into SDP.
    case portOpened(LegID, Endpoint)
    /// A leg has no ports, and why: refuse the call.
    case portFailed(LegID, String)
    /// A leg's media cannot be protected with the keys that were agreed, and why. Nothing of it is sent or taken until
    /// something else is agreed.
    case protectionFailed(LegID, String)
    /// A recording has begun; its file starts at this moment.
    case recordingStarted(RecordingNumber, at: MonotonicTime)
    /// Nothing that arrived after this moment is recorded.
    ///
    /// - Parameter position: the place of the pause in the journal, in bytes since the media plane began: no packet of
    ///   the recording stands after it until it resumes.
    case recordingPaused(RecordingNumber, at: MonotonicTime, position: UInt64)
    /// What arrives is recorded again since this moment.
    case recordingResumed(RecordingNumber, at: MonotonicTime)
    /// No key that is pressed after this moment is kept, or keys are again where the recording keeps them.
    case recordingMarked(RecordingNumber, isSensitive: Bool, at: MonotonicTime)
    /// A recording is over; its last record is on its way to the disk.
    case recordingStopped(RecordingNumber, at: MonotonicTime)
    /// An order for a recording was not carried out, and why. Nothing has changed.
    case recordingRefused(RecordingNumber, String)
    /// Something that was ordered by ``MediaPlaneOrder/play(_:_:to:)`` is over.
    ///
    /// - Parameter played: how much of it was sent.
    case promptEnded(PromptNumber, PromptEnd, played: Duration)
    /// What has passed so far, of every leg; once a second.
    case counts([LegCounts])
    /// Everything has been closed; this is the last report.
    case finished
}

/// What has passed through a leg since it was opened.
public struct LegCounts: Hashable, Sendable {
    /// The leg.
    public var leg: LegID
    /// Packets of the party that were taken.
    public var packetsReceived: Int = 0
    /// - Unit: bytes of RTP, headers included.
    public var bytesReceived: Int = 0
    /// Packets that were sent to the party.
    public var packetsSent: Int = 0
    /// - Unit: bytes of RTP, headers included.
    public var bytesSent: Int = 0
    /// Datagrams that were not taken: from another source than the party, no RTP, of no agreed payload type, or not
    /// protected as was agreed; with those that could not be sent protected.
    public var packetsRefused: Int = 0
    /// Packets that the other party could not be sent, since it agreed to no such payload.
    public var packetsNotRelayed: Int = 0
    /// Datagrams that arrived at the port for RTCP.
    public var controlReceived: Int = 0
    /// Reports that were sent to the party's port for RTCP.
    public var controlSent: Int = 0

    /// Nothing has passed.
    public init(leg: LegID) { self.leg = leg }
}
