import CallAudio
import CallCore
import Testing

@testable import MediaControlPlatform

/// A codec whose every byte is a sample a hundred times as large, and whose decoder remembers: each payload must begin
/// with the byte after the one that the last began with, or the one that concealment has skipped to.
private struct CountingFormat: AudioPayloadFormat {
    var encodingName: String { "counting" }
    var clockRate: Int { 48_000 }
    var delay = 0

    func sampleCount(of payload: Span<UInt8>) -> Int? { payload.count }

    func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder { Decoder() }

    private final class Decoder: AudioPayloadDecoder, @unchecked Sendable {
        private var last: UInt8?

        func decode(_ payload: Span<UInt8>, into samples: inout [Int16]) throws(AudioError) {
            guard payload[0] != 0 else { throw AudioError(.failed, "no code") }
            // Out of order it makes another sound.
            let isInOrder = self.last.map { payload[0] > $0 } ?? true
            self.last = payload[0]
            for index in payload.indices { samples.append(isInOrder ? 100 * Int16(payload[index]) : -1) }
        }

        func conceal(_ count: Int, into samples: inout [Int16]) {
            samples.append(contentsOf: repeatElement(-7, count: count))
        }
    }
}

private struct DecodedTape {
    var timeline: Timeline

    init(delay: Int = 0, makesUp: Bool = false) {
        self.timeline = Timeline(law: .muLaw, formats: [CountingFormat(delay: delay)], makesUp: makesUp)
    }

    /// Packet number n is 20 ms full of n.
    @discardableResult
    mutating func put(_ number: UInt8, arrival: Int64? = nil, missing: Int? = 0) -> Timeline.Placement {
        let payload = [UInt8](repeating: number, count: 160)
        let packet = StreamClock.Packet(
            timestamp: 960 * UInt32(number), ticksPerSample: 6, count: 160,
            arrival: arrival ?? 160 * Int64(number), sequence: Int(number), missing: missing)
        return self.timeline.place(payload.span, .decoder(0), packet)
    }

    mutating func take(_ count: Int) -> [[Int]] {
        var samples: [Int16] = []
        self.timeline.take(count, into: &samples)
        return samples.reduce(into: []) { runs, sample in
            if runs.last?.first == Int(sample) { runs[runs.count - 1][1] += 1 } else { runs.append([Int(sample), 1]) }
        }
    }
}

@Suite struct `Sound that must be decoded` {
    @Test func `packets are decoded in order, whatever order they came in, and lie where they were said`() {
        var tape = DecodedTape()
        tape.put(1)
        tape.put(3, arrival: 480, missing: 1)
        tape.put(2, arrival: 500, missing: nil)
        tape.put(4)
        #expect(tape.timeline.isLinear)
        #expect(tape.take(640) == [[100, 160], [200, 160], [300, 160], [400, 160]])
    }

    @Test(arguments: [1, 7, 159, 161, 1_000])
    func `the cut into blocks makes no difference`(block: Int) {
        var tape = DecodedTape()
        for number in 1...10 as ClosedRange<UInt8> { tape.put(number) }
        var runs: [[Int]] = []
        for _ in 0..<(1_600 + block - 1) / block {
            for run in tape.take(block) {
                if runs.last?.first == run[0] { runs[runs.count - 1][1] += run[1] } else { runs.append(run) }
            }
        }
        #expect(runs.prefix(10).map { $0[1] } == [Int](repeating: 160, count: 10))
        #expect(runs.prefix(10).map { $0[0] } == (1...10).map { 100 * $0 })
    }

    @Test func `what was lost is silence, or made up by the decoder`() {
        for (makesUp, expected) in [(false, 0), (true, -7)] {
            var tape = DecodedTape(makesUp: makesUp)
            tape.put(1)
            tape.put(3, missing: 1)
            #expect(tape.take(480) == [[100, 160], [expected, 160], [300, 160]])
            #expect(tape.timeline.gaps.spans == [160..<320])
        }
    }

    @Test func `what a decoder makes late is laid where it was said`() {
        var tape = DecodedTape(delay: 50)
        tape.put(2)
        tape.put(3)
        #expect(tape.take(480) == [[0, 110], [200, 160], [300, 160], [0, 50]])
    }

    @Test func `a packet that cannot be decoded is silence, and is counted`() {
        var tape = DecodedTape()
        let packet = StreamClock.Packet(timestamp: 0, ticksPerSample: 6, count: 160, arrival: 160)
        let payload = [UInt8](repeating: 0, count: 160)
        _ = tape.timeline.place(payload.span, .decoder(0), packet)
        #expect(tape.take(160) == [[0, 160]])
        #expect(tape.timeline.undecodable == 1)
    }

    @Test func `G.711 and a codec may follow each other in one call`() {
        var tape = DecodedTape()
        let codes = [UInt8](repeating: G711.muLaw.encode(8_031), count: 160)
        var law = StreamClock.Packet(timestamp: 77, count: 160, arrival: 160, sequence: 0)
        _ = tape.timeline.place(codes.span, .law(.muLaw), law)
        #expect(!tape.timeline.isLinear)
        tape.put(2, arrival: 320)
        (law.timestamp, law.arrival, law.sequence) = (5, 480, 3)
        _ = tape.timeline.place(codes.span, .law(.muLaw), law)
        let loud = Int(G711.muLaw.decode(codes[0]))
        #expect(tape.take(480) == [[loud, 160], [200, 160], [loud, 160]])
    }

    @Test func `nothing that is decoded reaches into a pause`() {
        var tape = DecodedTape()
        tape.put(1)
        tape.timeline.pause(at: 100)
        tape.timeline.resume(at: 400)
        // Half of it was said in the pause.
        tape.put(3, arrival: 480)
        #expect(tape.take(640) == [[100, 100], [0, 300], [300, 80], [0, 160]])
    }
}
