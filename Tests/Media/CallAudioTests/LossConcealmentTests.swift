import CallAudio
import Testing

@Suite struct `Losses that are made up` {
    @Test func `a voice goes on with its own pitch`() {
        let voice = tone(160, seconds: 0.2)
        let (heard, made) = concealed(after: Array(voice[..<800]), 80)
        #expect(heard == Array(voice[..<800]))
        #expect(likeness(Array(voice[800..<880]), made, at: 0) > 20)
    }

    @Test func `after 10 ms it grows quieter, and after 60 ms there is silence`() {
        let (_, made) = concealed(after: tone(200, seconds: 0.1), 800)
        let levels = (0..<8).map { power(made[($0 * 80)..<($0 * 80 + 80)]) }
        for index in 1..<6 { #expect(levels[index] < levels[index - 1]) }
        #expect(made[480...].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [1, 7, 79, 160, 481])
    func `it does not matter in how many pieces a loss is told`(count: Int) {
        let voice = tone(250, seconds: 0.1)
        var concealment = LossConcealment()
        var samples = voice
        concealment.hear(&samples, from: 0)
        while samples.count < voice.count + 600 {
            concealment.conceal(min(count, voice.count + 600 - samples.count), into: &samples)
        }
        #expect(Array(samples[voice.count...]) == concealed(after: voice, 600).made)
    }

    @Test func `sound that comes again is joined without a click`() {
        let voice = tone(200, seconds: 0.3)
        var concealment = LossConcealment()
        var samples = Array(voice[..<800])
        concealment.hear(&samples, from: 0)
        concealment.conceal(330, into: &samples)
        let start = samples.count
        samples += voice[1_130..<1_290]
        concealment.hear(&samples, from: start)
        let greatest = zip(voice, voice.dropFirst()).map { abs(Int($1) - Int($0)) }.max() ?? 0
        let steps = zip(samples, samples.dropFirst()).map { abs(Int($1) - Int($0)) }
        #expect((steps[790...].max() ?? 0) < 2 * greatest)
        #expect(Array(samples[(start + 80)...]) == Array(voice[1_210..<1_290]))
    }

    @Test func `before anything was heard, and after too little, silence is made up`() {
        #expect(concealed(after: [], 160).made == [Int16](repeating: 0, count: 160))
        #expect(concealed(after: tone(200, seconds: 0.01), 160).made == [Int16](repeating: 0, count: 160))
    }

    @Test func `what is heard without a loss before it stays as it is`() {
        let voice = chirp(seconds: 1, from: 100, to: 3_000)
        var concealment = LossConcealment()
        var samples: [Int16] = []
        for start in stride(from: 0, to: voice.count, by: 160) {
            let before = samples.count
            samples += voice[start..<min(start + 160, voice.count)]
            concealment.hear(&samples, from: before)
        }
        #expect(samples == voice)
    }

    @Test func `nothing, or less, adds nothing`() {
        #expect(concealed(after: tone(200, seconds: 0.1), 0).made == [])
        #expect(concealed(after: tone(200, seconds: 0.1), -5).made == [])
    }
}

private func concealed(after voice: [Int16], _ count: Int) -> (heard: [Int16], made: [Int16]) {
    var concealment = LossConcealment()
    var samples = voice
    concealment.hear(&samples, from: 0)
    concealment.conceal(count, into: &samples)
    return (Array(samples[..<voice.count]), Array(samples[voice.count...]))
}
