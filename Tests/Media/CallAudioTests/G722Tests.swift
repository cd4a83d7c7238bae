import Foundation
import Testing

@testable import CallAudio

@Suite struct `G.722` {
    /// The digest of what the decoder of ITU-T G.191 makes of the same 80 000 code words, in mode 1.
    @Test func `random code words become the samples that the reference decoder makes, bit for bit`() {
        var bands = G722Bands()
        var wide: [Int16] = []
        for code in randomCodes(80_000) {
            let (first, second) = bands.decode(code)
            wide += [Int16(first), Int16(second)]
        }
        let expected = "b76a4cedfc22346bd71119c98275c04098d5894f6755afda1fad22839d0b8b56"
        #expect(hexadecimal(PlainDigests().sha256(bytes(wide))) == expected)
    }

    @Test(.enabled(if: hasFFmpeg))
    func `what ffmpeg has encoded becomes the samples that ffmpeg decodes`() throws {
        let codes = try encoded(chirp(seconds: 4, from: 50, to: 7_500, sampleRate: 16_000))
        let expected = samples(try ffmpeg(["-f", "g722", "-i", "in", "-f", "s16le", "out"], codes))
        var bands = G722Bands()
        var wide: [Int16] = []
        for code in codes {
            let (first, second) = bands.decode(code)
            wide += [Int16(first), Int16(second)]
        }
        #expect(wide == expected)
    }

    @Test(.enabled(if: hasFFmpeg))
    func `the telephone's band comes out at 8 kHz as it went in, 22 samples and a half later`() throws {
        let said = chirp(seconds: 4, from: 100, to: 3_400, sampleRate: 16_000)
        let heard = try decoded(try encoded(said))
        // Every second sample, beginning with the second: 22.5 samples later is 23 later than these.
        let halved = stride(from: 1, to: said.count, by: 2).map { said[$0] }
        #expect(likeness(halved, heard, at: 23) > 35)
        #expect(G722Format().delay == 22)
    }

    @Test(.enabled(if: hasFFmpeg), arguments: [5_000, 5_900, 7_000])
    func `what lies above the telephone's band is not folded into it`(frequency: Int) throws {
        let codes = try encoded(tone(Double(frequency), seconds: 1, sampleRate: 16_000))
        let heard = try decoded(codes)
        // What is left is the noise of two bits a sample, 30 dB and more below the tone.
        #expect(10 * log10(power(heard.dropFirst(1_000)) / power(tone(1_000, seconds: 1))) < -30)
    }

    @Test(arguments: [1, 80, 160, 959])
    func `the samples do not depend on how the code words are cut into packets`(count: Int) throws {
        let codes = randomCodes(9_600)
        #expect(try decoded(codes, cutting: count) == decoded(codes, cutting: 960))
    }

    @Test func `a byte is a sample`() throws {
        #expect(try decoded([0xFA, 0xFA, 0xFA]).count == 3)
    }

    @Test func `more than 120 ms in a packet are refused, and append nothing`() throws {
        let decoder = try G722Format().makeDecoder()
        var heard: [Int16] = [7]
        let codes = randomCodes(961)
        #expect(throws: AudioError(.failed, "")) { try decoder.decode(codes.span, into: &heard) }
        #expect(heard == [7])
    }

    @Test func `timestamps count 8 000 a second, though there are 16 000 samples`() {
        #expect(G722Format().encodingName == "G722")
        #expect(G722Format().clockRate == 8_000)
        #expect(G722Format().staticPayloadType == 9)
        #expect(G722Format().channels == 1)
    }

    @Test(.enabled(if: hasFFmpeg))
    func `a lost packet is made up, and the sound goes on behind it`() throws {
        let codes = try encoded(tone(400, seconds: 1, sampleRate: 16_000))
        let whole = try decoded(codes)
        let decoder = try G722Format().makeDecoder()
        var heard: [Int16] = []
        for start in stride(from: 0, to: codes.count, by: 160) {
            if start == 3_200 {
                decoder.conceal(160, into: &heard)
            } else {
                try decoder.decode(codes.span.extracting(start..<start + 160), into: &heard)
            }
        }
        #expect(heard.count == whole.count)
        #expect(likeness(Array(whole[3_200..<3_360]), Array(heard[3_200..<3_360]), at: 0) > 10)
        #expect(likeness(Array(whole[4_000...]), Array(heard[4_000...]), at: 0) > 15)
    }
}

private func encoded(_ samples: [Int16]) throws -> [UInt8] {
    try ffmpeg(
        ["-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "in", "-c:a", "g722", "-f", "g722", "out"], bytes(samples))
}

private func decoded(_ codes: [UInt8], cutting count: Int = 160) throws -> [Int16] {
    let decoder = try G722Format().makeDecoder()
    var heard: [Int16] = []
    for start in stride(from: 0, to: codes.count, by: count) {
        try decoder.decode(codes.span.extracting(start..<min(start + count, codes.count)), into: &heard)
    }
    return heard
}

/// Bytes of SplitMix64 from the seed 722, the lowest byte of each number first.
private func randomCodes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 722
    var codes: [UInt8] = []
    while codes.count < count {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        number ^= number >> 31
        for shift in 0..<8 where codes.count < count { codes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
    }
    return codes
}
