// modules: CallCore CallAudio
// inputs: 2000000
// seeds: Tests/Fuzz/Corpus/SoundClip
import CallAudio

/// What is read as a sound is within its bounds, and is the same sound when it is written and read again.
func fuzz(_ bytes: [UInt8]) {
    guard let clip = try? SoundClip(wav: bytes) else { return }
    expect((1...SoundClip.maximumCount).contains(clip.samples.count), "A sound outside its bounds")
    let samples = clip.samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let header = WAVHeader(format: AudioFormat(.linear16, channels: 1), sampleByteCount: Int64(samples.count))
    expect((try? SoundClip(wav: header.encoded() + samples)) == clip, "Read as another sound")
}
