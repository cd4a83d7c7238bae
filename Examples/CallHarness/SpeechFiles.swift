import CallRecording
import Foundation

/// The two voices: G.711 µ-law at 8 kHz, and when each of them talks.
struct SpeechFiles {
    let customer: [UInt8]
    let agent: [UInt8]

    init() throws {
        func samples(_ name: String) throws -> [UInt8] {
            guard let file = Bundle.module.url(forResource: name, withExtension: "wav", subdirectory: "Speech") else {
                throw StorageError(.notFound, "Speech/\(name).wav is not beside the program; build it with SwiftPM")
            }
            // 58 bytes of header: RIFF, fmt with its extension, fact, data.
            return Array(try Data(contentsOf: file).dropFirst(58))
        }
        (self.customer, self.agent) = (try samples("customer"), try samples("agent"))
    }

    /// The level of a voice in the half second around a moment, from 0 to 5 bars.
    func bars(_ voice: [UInt8], at time: Duration) -> Int {
        let place = Int(time.milliseconds) * 8
        guard place >= 0, place < voice.count else { return 0 }
        let span = voice[place..<min(place + 1_600, voice.count)]
        let level = span.reduce(0) { $0 + abs(Int(G711.muLaw.decode($1))) } / span.count
        return min(5, level / 250)
    }
}
