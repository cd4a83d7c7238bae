/// G.722: the seven kilohertz of "HD voice" at 64 kbit/s, decoded for recordings, which have four.
///
/// - Source: ITU-T G.722, mode 1; RFC 3551 §4.5.2 for RTP, whose timestamps count 8 000 a second though there are 16 000
///   samples.
public struct G722Format: AudioPayloadFormat {
    /// Decodes G.722.
    public init() {}

    /// `G722`.
    public var encodingName: String { "G722" }
    /// 8 000 Hz.
    public var clockRate: Int { 8_000 }
    /// 9.
    public var staticPayloadType: UInt8? { 9 }
    /// The filters that halve the band in the sender and put it together here, and the one that takes 8 kHz of 16.
    public var delay: Int { 22 }

    /// A byte a sample.
    public func sampleCount(of payload: Span<UInt8>) -> Int? { payload.count }

    /// Starts a stream.
    public func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder { G722Decoder() }
}

/// Decodes one stream of G.722: a byte a sample of 8 kHz, each of which is decoded to two of 16 kHz and filtered.
///
/// Sendable by the port's promise that one thread at a time uses a decoder.
private final class G722Decoder: AudioPayloadDecoder, @unchecked Sendable {
    private var bands = G722Bands()
    private var halfBand = HalfBand()
    private var concealment = LossConcealment()

    func decode(_ payload: Span<UInt8>, into samples: inout [Int16]) throws(AudioError) {
        // 120 ms; no phone sends more, and every byte is a code word of G.722.
        guard payload.count <= 960 else {
            throw AudioError(.failed, "\(payload.count) bytes of G.722 are more than the 960 of 120 ms")
        }
        let start = samples.count
        samples.append(addingCapacity: payload.count) { output in
            for index in payload.indices {
                let (first, second) = self.bands.decode(payload[index])
                output.append(self.halfBand.halve(first, second))
            }
        }
        self.concealment.hear(&samples, from: start)
    }

    func conceal(_ count: Int, into samples: inout [Int16]) { self.concealment.conceal(count, into: &samples) }
}

/// The two halves of the band, and what puts them together.
struct G722Bands {
    private var low = G722Band(.low)
    private var high = G722Band(.high)
    private var synthesis = G722Synthesis()

    /// Takes a code word: six bits of the lower half, above them two of the upper.
    ///
    /// - Returns: two samples of 16 kHz, each of 16 bits, the earlier one first.
    mutating func decode(_ code: UInt8) -> (Int32, Int32) {
        self.synthesis.combine(low: self.low.decode(Int(code & 0x3F)), high: self.high.decode(Int(code >> 6)))
    }
}
