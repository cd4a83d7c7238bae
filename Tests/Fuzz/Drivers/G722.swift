// modules: CallCore CallAudio
// inputs: 200000
// seeds: Tests/Fuzz/Corpus/G722
import CallAudio

/// Whatever comes, a byte of payload becomes a sample, and a loss as many as were lost. The input is packets, each behind a
/// byte that says how long it is; 255 says that as many samples as the next byte says were lost.
func fuzz(_ bytes: [UInt8]) {
    guard let decoder = try? G722Format().makeDecoder() else { return }
    var samples: [Int16] = []
    var expected = 0
    var place = 0
    while place < bytes.count {
        let count = Int(bytes[place])
        place += 1
        if count == 255 {
            let lost = place < bytes.count ? Int(bytes[place]) : 0
            place += 1
            decoder.conceal(lost, into: &samples)
            expected += lost
        } else {
            let end = min(place + count, bytes.count)
            try? decoder.decode(bytes.span.extracting(min(place, end)..<end), into: &samples)
            expected += max(end - place, 0)
            place += count
        }
        expect(samples.count == expected, "\(samples.count) samples for \(expected)")
    }
}
