import CallRecording
import Foundation

/// The two voices of the harness, over and over: G.711 µ-law at 8 kHz.
struct Speech {
    let customer: [UInt8]
    let agent: [UInt8]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples/CallHarness/Speech")
        func samples(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: folder.appending(path: name)).dropFirst(58))
        }
        (self.customer, self.agent) = (try samples("customer.wav"), try samples("agent.wav"))
    }

    /// Both voices as 16-bit samples, the customer first, in the machine's byte order.
    func interleaved(seconds: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<seconds * 8_000 {
            for voice in [self.customer, self.agent] {
                let sample = G711.muLaw.decode(voice[index % voice.count])
                bytes.append(UInt8(truncatingIfNeeded: sample))
                bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
            }
        }
        return bytes
    }
}
