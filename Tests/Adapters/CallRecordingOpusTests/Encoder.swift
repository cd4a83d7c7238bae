import COpus
import CallAudio

/// libopus's encoder, as a phone has it.
final class Encoder {
    private let encoder: OpaquePointer
    private let channels: Int
    private let sampleRate: Int

    init(sampleRate: Int = 48_000, channels: Int = 1, application: CInt = OPUS_APPLICATION_VOIP) {
        var status: CInt = 0
        self.encoder = opus_encoder_create(opus_int32(sampleRate), CInt(channels), application, &status)!
        (self.sampleRate, self.channels) = (sampleRate, channels)
    }

    deinit { opus_encoder_destroy(self.encoder) }

    /// Encodes packets of so many milliseconds; what does not fill one is left out.
    func encode(_ samples: [Int16], milliseconds: Int = 20) -> [[UInt8]] {
        let count = self.sampleRate / 1_000 * milliseconds
        return stride(from: 0, through: samples.count - count * self.channels, by: count * self.channels).map { start in
            var packet = [UInt8](repeating: 0, count: 4_000)
            let frame = Array(samples[start..<start + count * self.channels])
            let length = opus_encode(self.encoder, frame, CInt(count), &packet, opus_int32(packet.count))
            return Array(packet.prefix(Int(max(length, 0))))
        }
    }
}
