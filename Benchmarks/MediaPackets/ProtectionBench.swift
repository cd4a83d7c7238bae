import BareSRTP
import CallRecording
import CallRecordingSRTP

/// One suite, measured both ways: as a call has it, and libsrtp2 alone.
struct ProtectionBench {
    private let number: Int32
    private let packets: Int
    private let plain: [UInt8]
    private let protected: [UInt8]
    private let protectedByteCount: Int
    private let key: SRTPKey
    private let other: SRTPKey
    private let secret: [UInt8]

    init(_ suite: SRTPSuite, number: Int32, plain: [UInt8], packets: Int) throws {
        var tokens = TokenGenerator(seed: 3_711)
        (self.number, self.plain, self.packets) = (number, plain, packets)
        self.key = SRTPKey(suite: suite, using: &tokens)
        self.other = SRTPKey(suite: suite, using: &tokens)
        self.secret = self.key.withKeyAndSalt { secret in secret.indices.map { secret[$0] } }
        self.protectedByteCount = packetByteCount + suite.trailerByteCount(isControl: false)
        let network = PacketsOfMemory()
        network.keepsSent = true
        let port = try SRTPMedia(network).openPort()
        try port.setProtection(MediaProtection(sent: self.key, received: self.other))
        for start in stride(from: 0, to: plain.count, by: packetByteCount) {
            port.send(plain.span.extracting(start..<start + packetByteCount), to: .loopback(5))
        }
        self.protected = network.sent
        precondition(self.protected.count == packets * self.protectedByteCount, "Not every packet was protected")
    }

    /// Through the port and the transport.
    func own(_ direction: SRTPStream.Direction) throws -> Sample {
        let network = PacketsOfMemory()
        let media = try SRTPMedia(network)
        let port = try media.openPort()
        var count = 0
        let sample: Sample
        if direction == .sending {
            try port.setProtection(MediaProtection(sent: self.key, received: self.other))
            let span = self.plain.span
            sample = Sample.measured(self.packets) {
                for start in stride(from: 0, to: self.plain.count, by: packetByteCount) {
                    port.send(span.extracting(start..<start + packetByteCount), to: .loopback(5))
                }
            }
            count = network.sentCount
        } else {
            try port.setProtection(MediaProtection(sent: self.other, received: self.key))
            (network.bytes, network.packetByteCount) = (self.protected, self.protectedByteCount)
            sample = Sample.measured(self.packets) { media.drain { _, _ in count += 1 } }
        }
        precondition(count == self.packets, "\(count) packets of \(self.packets) came through")
        return sample
    }

    /// libsrtp2 called from C.
    func alone(_ direction: SRTPStream.Direction) throws -> Sample {
        let isSending = direction == .sending
        let stream = self.secret.withUnsafeBufferPointer {
            bare_create(self.number, isSending ? 1 : 0, $0.baseAddress)
        }
        defer { bare_destroy(stream) }
        let bytes = isSending ? self.plain : self.protected
        let length = Int32(isSending ? packetByteCount : self.protectedByteCount)
        var count: Int32 = 0
        let sample = bytes.withUnsafeBufferPointer { bytes in
            Sample.measured(self.packets) {
                count = bare_apply(stream, bytes.baseAddress, Int32(self.packets), length, length)
            }
        }
        precondition(Int(count) == self.packets, "\(count) packets of \(self.packets) came through")
        return sample
    }
}
