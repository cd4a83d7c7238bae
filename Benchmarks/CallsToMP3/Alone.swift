import CallRecording
import CallRecordingMP3

/// What libmp3lame alone needs for the same sound, one call after another with one encoder each, in blocks of a second.
///
/// The adapter round it adds a call a second, which cannot be measured.
///
/// - Returns: seconds of CPU.
func encodeAlone(_ speech: Speech, calls: Int, seconds: Int, quality: Int) throws -> Double {
    let format = MP3Format(quality: quality)
    let samples = speech.interleaved(seconds: seconds)
    var file: [UInt8] = []
    let start = Usage.now
    for _ in 0..<calls {
        let encoder = try format.makeEncoder(for: AudioFormat(.linear16, channels: 2))
        file.removeAll(keepingCapacity: true)
        var place = 0
        while place < samples.count {
            let end = min(place + 32_000, samples.count)
            try encoder.encode(samples.span.extracting(place..<end), into: &file)
            place = end
        }
        _ = try encoder.finish(into: &file)
    }
    return (Usage.now - start).total
}
