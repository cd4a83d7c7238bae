public import CallAudio

/// Opus, decoded by libopus straight to the 8 000 Hz mono of recordings.
///
/// The same packets make the same samples on one machine; another processor may round some of them otherwise, since
/// libopus computes with floating-point numbers and chooses its instructions by what there are.
///
/// - Source: RFC 6716; RFC 7587 for RTP, whose timestamps always count 48 000 a second, and whose rtpmap always has two
///   channels.
public struct OpusFormat: AudioPayloadFormat, Hashable {
    /// What is said in `a=fmtp`. A media server is told what the other party would like, so neither bandwidth nor channels are
    /// limited to those that are recorded; in-band FEC helps whoever hears.
    ///
    /// - Source: RFC 7587 §6.1.
    public var formatParameters: String?

    /// Decodes Opus.
    public init(formatParameters: String? = "useinbandfec=1") { self.formatParameters = formatParameters }

    /// `opus`.
    public var encodingName: String { "opus" }
    /// 48 000 Hz.
    public var clockRate: Int { 48_000 }
    /// 2, whatever is in the packets.
    public var channels: Int { 2 }
    /// The 6.5 ms that libopus's encoder looks ahead unless it is told to hurry, the only encoder that phones have.
    public var delay: Int { 52 }

    /// What the first bytes say; nil where they are those of no packet.
    ///
    /// - Source: RFC 6716 §3.1, §3.2.
    public func sampleCount(of payload: Span<UInt8>) -> Int? { OpusDecoder.sampleCount(of: payload) }

    /// Starts a stream.
    ///
    /// - Throws: `.failed` where libopus has no memory.
    public func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder { try OpusDecoder() }
}
