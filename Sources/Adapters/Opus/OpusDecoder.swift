internal import COpus
internal import CallAudio

/// One libopus decoder.
///
/// Sendable by the port's promise that one thread at a time uses a decoder.
final class OpusDecoder: AudioPayloadDecoder, @unchecked Sendable {
    private let decoder: OpaquePointer
    /// How much was made up since the last packet.
    private var madeUp = 0

    private static let sampleRate = 8_000
    /// 120 ms, the longest packet that there is.
    ///
    /// - Source: RFC 6716 §3.2.5.
    private static let longestPacket = 960
    /// 2.5 ms, the step in which libopus makes up what is lost.
    private static let step = 20
    /// After a second there is nothing left that could go on.
    private static let longestLoss = 8_000

    init() throws(AudioError) {
        var status: CInt = 0
        guard let decoder = opus_decoder_create(opus_int32(Self.sampleRate), 1, &status) else {
            throw AudioError(.failed, "libopus made no decoder: \(Self.reason(status))")
        }
        self.decoder = decoder
    }

    static func sampleCount(of payload: Span<UInt8>) -> Int? {
        let count = payload.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { start in
                opus_packet_get_nb_samples(start, opus_int32(clamping: bytes.count), opus_int32(Self.sampleRate))
            } ?? 0
        }
        return count > 0 ? Int(count) : nil
    }

    deinit { opus_decoder_destroy(self.decoder) }

    func decode(_ payload: Span<UInt8>, into samples: inout [Int16]) throws(AudioError) {
        guard !payload.isEmpty else { throw AudioError(.failed, "a packet of Opus has at least one byte") }
        let status = payload.withUnsafeBufferPointer { bytes in
            self.run(atMost: Self.longestPacket, keeping: .max, into: &samples) { output in
                opus_decode(
                    self.decoder, bytes.baseAddress, opus_int32(clamping: bytes.count), output,
                    CInt(Self.longestPacket), 0)
            }
        }
        guard status >= 0 else {
            throw AudioError(.failed, "\(payload.count) bytes are no packet of Opus: \(Self.reason(status))")
        }
        self.madeUp = 0
    }

    func conceal(_ count: Int, into samples: inout [Int16]) {
        var rest = max(count, 0)
        while rest > 0, self.madeUp < Self.longestLoss {
            let kept = min(rest, Self.longestPacket, Self.longestLoss - self.madeUp)
            let whole = (kept + Self.step - 1) / Self.step * Self.step
            let made = self.run(atMost: whole, keeping: kept, into: &samples) { output in
                opus_decode(self.decoder, nil, 0, output, CInt(whole), 0)
            }
            guard made >= kept else { break }
            rest -= kept
            self.madeUp += kept
        }
        samples.append(contentsOf: repeatElement(0, count: rest))
    }

    /// Lends libopus the space behind the samples, and keeps what it has written there.
    ///
    /// - Returns: what libopus has returned.
    private func run(
        atMost count: Int, keeping kept: Int, into samples: inout [Int16],
        _ body: (UnsafeMutablePointer<Int16>) -> CInt
    ) -> CInt {
        var status: CInt = 0
        samples.append(addingCapacity: count) { output in
            output.withUnsafeMutableBufferPointer { buffer, initializedCount in
                guard let start = buffer.baseAddress else { return }
                status = body(start + initializedCount)
                initializedCount += min(Int(max(status, 0)), kept)
            }
        }
        return status
    }

    private static func reason(_ status: CInt) -> String { String(cString: opus_strerror(status)) }
}
