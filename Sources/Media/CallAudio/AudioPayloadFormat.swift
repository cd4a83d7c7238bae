/// Makes the decoder of each stream of one RTP payload format: the plug-in point for codecs other than G.711. Open: conform
/// as you like.
///
/// Everything is recorded at 8 000 Hz, so that is what every decoder gives, whatever the codec's own rate is. G.711 needs
/// none: its streams stay bytes from the packet to the file.
public protocol AudioPayloadFormat: Sendable {
    /// The name in `a=rtpmap`, for example `G722`; case does not matter.
    var encodingName: String { get }
    /// What RTP timestamps count, which need not be the codec's rate: 8 000 for G.722, 48 000 for Opus.
    ///
    /// - Unit: Hz; a multiple of 8 000.
    var clockRate: Int { get }
    /// The number of channels in `a=rtpmap`. 1 where the format does not say.
    var channels: Int { get }
    /// The payload type that RFC 3551 has given to the format; nil where it must be agreed upon, which is the default.
    var staticPayloadType: UInt8? { get }
    /// What the media server says in `a=fmtp` of how it wants to be sent to; nil for nothing, which is the default.
    var formatParameters: String? { get }

    /// How much later than it was said the sound comes out, by the filters of encoder and decoder, as far as that is known. 0
    /// where the format does not say.
    ///
    /// - Unit: samples of 8 000 Hz.
    var delay: Int { get }

    /// How long the sound of a payload is, as far as that shows without decoding it. Nil, which is the default, where it does
    /// not: then packets are taken to be as long as those before them.
    ///
    /// - Parameter payload: from the network, so it may be anything.
    /// - Unit: samples of 8 000 Hz.
    func sampleCount(of payload: Span<UInt8>) -> Int?

    /// Starts a stream.
    ///
    /// - Throws: `.failed` where there is no memory, or a library refuses.
    func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder
}

extension AudioPayloadFormat {
    /// 1.
    public var channels: Int { 1 }
    /// None: the payload type must be agreed upon.
    public var staticPayloadType: UInt8? { nil }
    /// Nothing.
    public var formatParameters: String? { nil }
    /// None.
    public var delay: Int { 0 }
    /// Unknown.
    public func sampleCount(of payload: Span<UInt8>) -> Int? { nil }
}

/// Turns the payloads of one stream into samples: mono, 8 000 Hz.
///
/// Made and called where a recording is rendered, never on a media thread: by one thread at a time, though not always
/// the same one. Decoders remember, so payloads come in the order of their sequence numbers, each once; what was lost is
/// told by ``conceal(_:into:)`` at its place. What is too late to come in order is not decoded. A stream that begins
/// anew (another SSRC, another codec, after a pause) has a new decoder.
///
/// A decoder is deterministic: the same calls append the same samples.
public protocol AudioPayloadDecoder: AnyObject, Sendable {
    /// Decodes one packet's payload.
    ///
    /// - Parameters:
    ///   - payload: what stood behind the RTP header, without padding; from the network, so it may be anything.
    ///   - samples: takes the samples, at most 120 ms of them.
    /// - Throws: `.failed` where the payload is not of this codec. Then nothing was appended, and the stream can go on: the
    ///   packet counts as lost.
    func decode(_ payload: Span<UInt8>, into samples: inout [Int16]) throws(AudioError)

    /// Makes up what was lost: sound that goes on from what was decoded last, and fades away where nothing follows.
    ///
    /// - Parameters:
    ///   - count: so many samples, exactly, are appended.
    ///   - samples: takes them.
    func conceal(_ count: Int, into samples: inout [Int16])
}
