import COpus
import CallAudio
import CallRecordingOpus
import Foundation
import Testing

@Suite struct `Opus` {
    @Test(arguments: [OPUS_APPLICATION_VOIP, OPUS_APPLICATION_AUDIO])
    func `what a phone says is heard at 8 kHz, as much later as the format says`(application: CInt) throws {
        let said = chirp(seconds: 3, sampleRate: 48_000)
        let heard = try decoded(Encoder(application: application).encode(said))
        #expect(heard.count == 24_000)
        let reference = chirp(seconds: 3, sampleRate: 8_000)
        let best = (0..<200).max { correlation(reference, heard, at: $0) < correlation(reference, heard, at: $1) } ?? 0
        #expect(abs(best - OpusFormat().delay) <= 4)
        #expect(correlation(reference, heard, at: best) > 0.95)
    }

    @Test(arguments: [10, 20, 40, 60])
    func `a packet becomes as many samples as it is long`(milliseconds: Int) throws {
        let packets = Encoder().encode(chirp(seconds: 1.2, sampleRate: 48_000), milliseconds: milliseconds)
        let decoder = try OpusFormat().makeDecoder()
        for packet in packets {
            var samples: [Int16] = [7]
            try decoder.decode(packet.span, into: &samples)
            #expect(samples.count == 1 + 8 * milliseconds)
            #expect(OpusFormat().sampleCount(of: packet.span) == 8 * milliseconds)
            #expect(samples[0] == 7)
        }
    }

    @Test func `two channels are mixed into the one that is recorded`() throws {
        let said = chirp(seconds: 1, sampleRate: 48_000)
        let heard = try decoded(Encoder(channels: 2).encode(said.flatMap { [$0, 0] }))
        let reference = chirp(seconds: 1, sampleRate: 8_000)
        let best = (40..<70).map { correlation(reference, heard, at: $0) }.max() ?? 0
        #expect(best > 0.9)
    }

    @Test func `a lost packet is made up, and the sound goes on behind it`() throws {
        let packets = Encoder().encode(tone(seconds: 1, sampleRate: 48_000))
        let whole = try decoded(packets)
        let decoder = try OpusFormat().makeDecoder()
        var heard: [Int16] = []
        for (index, packet) in packets.enumerated() {
            if index == 20 {
                decoder.conceal(160, into: &heard)
            } else {
                try decoder.decode(packet.span, into: &heard)
            }
        }
        #expect(heard.count == whole.count)
        #expect(correlation(Array(whole[3_200..<3_360]), heard, at: 3_200) > 0.7)
        #expect(correlation(Array(whole[5_000..<6_000]), heard, at: 5_000) > 0.95)
    }

    @Test(arguments: [0, 1, 19, 20, 959, 961, 3_333, 20_000, -4])
    func `as many samples are made up as were lost`(count: Int) throws {
        let decoder = try OpusFormat().makeDecoder()
        var samples: [Int16] = []
        for packet in Encoder().encode(tone(seconds: 0.2, sampleRate: 48_000)) {
            try decoder.decode(packet.span, into: &samples)
        }
        let before = samples.count
        decoder.conceal(count, into: &samples)
        #expect(samples.count - before == max(count, 0))
    }

    @Test func `a long loss ends in silence`() throws {
        let decoder = try OpusFormat().makeDecoder()
        var samples: [Int16] = []
        for packet in Encoder().encode(tone(seconds: 0.2, sampleRate: 48_000)) {
            try decoder.decode(packet.span, into: &samples)
        }
        decoder.conceal(16_000, into: &samples)
        #expect(samples.suffix(8_000).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [[], [0xFF], [0xFF, 0xFF, 0xFF], [0x03, 0x00]] as [[UInt8]])
    func `what is no packet is refused, appends nothing, and the stream goes on`(payload: [UInt8]) throws {
        let decoder = try OpusFormat().makeDecoder()
        var samples: [Int16] = [7]
        #expect(throws: AudioError(.failed, "")) { try decoder.decode(payload.span, into: &samples) }
        #expect(samples == [7])
        let nothing: [UInt8] = []
        #expect(OpusFormat().sampleCount(of: nothing.span) == nil)
        let packet = Encoder().encode(tone(seconds: 0.02, sampleRate: 48_000))[0]
        try decoder.decode(packet.span, into: &samples)
        #expect(samples.count == 161)
    }

    @Test func `whatever bytes come, a packet makes at most 120 ms and never less than nothing`() throws {
        let decoder = try OpusFormat().makeDecoder()
        var random = TokenGenerator(seed: 6_716)
        for _ in 0..<5_000 {
            let payload = (0..<Int.random(in: 1...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var samples: [Int16] = []
            try? decoder.decode(payload.span, into: &samples)
            #expect(samples.count <= 960)
        }
    }

    @Test func `the same packets make the same samples`() throws {
        let packets = Encoder().encode(chirp(seconds: 1, sampleRate: 48_000))
        #expect(try decoded(packets) == decoded(packets))
    }

    @Test func `it is named as RFC 7587 names it`() {
        #expect(OpusFormat().encodingName == "opus")
        #expect(OpusFormat().clockRate == 48_000)
        #expect(OpusFormat().channels == 2)
        #expect(OpusFormat().staticPayloadType == nil)
        #expect(OpusFormat().formatParameters == "useinbandfec=1")
    }
}

private func decoded(_ packets: [[UInt8]]) throws -> [Int16] {
    let decoder = try OpusFormat().makeDecoder()
    var samples: [Int16] = []
    for packet in packets { try decoder.decode(packet.span, into: &samples) }
    return samples
}

private func chirp(seconds: Double, sampleRate: Double) -> [Int16] {
    (0..<Int(seconds * sampleRate)).map { index in
        let time = Double(index) / sampleRate
        return Int16(9_000 * sin(2 * .pi * (300 * time + 1_200 * time * time / seconds)))
    }
}

private func tone(seconds: Double, sampleRate: Double) -> [Int16] {
    (0..<Int(seconds * sampleRate)).map { Int16(9_000 * sin(2 * .pi * 400 * Double($0) / sampleRate)) }
}

private func correlation(_ signal: [Int16], _ other: [Int16], at offset: Int) -> Double {
    var (product, left, right) = (0.0, 0.0, 0.0)
    for (index, sample) in signal.enumerated() where other.indices.contains(index + offset) {
        let match = Double(other[index + offset])
        product += Double(sample) * match
        left += Double(sample) * Double(sample)
        right += match * match
    }
    return left > 0 && right > 0 ? product / (left * right).squareRoot() : 0
}
