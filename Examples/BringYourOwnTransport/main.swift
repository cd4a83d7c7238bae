import CallRecording
import CallRecordingEmbedded
import CallRecordingSockets
import CallRecordingTesting
import Foundation
import Synchronization

/// A transport of one's own: SIP messages handed over in memory. Yours may be a message bus or another SIP stack.
final class MyTransport: Transport {
    private static let lines = Mutex<[Endpoint: AsyncStream<(SIPMessage, Endpoint)>.Continuation]>([:])
    private let inbox: AsyncStream<(SIPMessage, Endpoint)>
    let localEndpoint: Endpoint

    init(_ endpoint: Endpoint) {
        let (inbox, line) = AsyncStream<(SIPMessage, Endpoint)>.makeStream()
        (self.localEndpoint, self.inbox) = (endpoint, inbox)
        Self.lines.withLock { $0[endpoint] = line }
    }

    func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        guard let line = Self.lines.withLock({ $0[peer] }) else {
            throw TransportError(.unreachable, "nobody has the address \(peer)")
        }
        line.yield((message, self.localEndpoint))
    }

    func run(_ receive: @escaping @Sendable (SIPMessage, Endpoint) async -> Void) async throws(TransportError) {
        for await (message, peer) in self.inbox { await receive(message, peer) }
    }
}

let folder = FileManager.default.temporaryDirectory.appending(path: "bring-your-own-transport-\(UUID())").path()
defer { try? FileManager.default.removeItem(atPath: folder) }
let clock = SystemClock()
var ports = try await RecordingPorts.embedded(
    in: folder, configuration: SwitchConfiguration(dns: ["7001": DNOptions(record: true), "7002": DNOptions()]),
    clock: clock)
ports.sip = MyTransport(.loopback(1))
ports.resourceManager = MyTransport(.loopback(2))
ports.mediaServer = MyTransport(.loopback(3))
let system = try await RecordingSystem(ports: ports)
let running = Task { try await system.run() }

func party(_ number: DN, _ line: UInt16, frequency: Int, media: Range<UInt16>) throws -> RehearsedCall.Party {
    RehearsedCall.Party(
        number, speech: Tone.pulses(frequency: frequency, seconds: 5), sip: MyTransport(.loopback(line)),
        media: try UDPMedia(address: .loopback(0), ports: media, now: { clock.now }))
}
let call = RehearsedCall(
    from: try party("7002", 4, frequency: 440, media: 31_000..<31_020),
    to: try party("7001", 5, frequency: 1_000, media: 31_020..<31_040), registrar: .loopback(1), clock: clock)
_ = try await call.play(for: .seconds(4))
await system.shutDown()
try await running.value
let recordings = try await ports.metadata.recordings(matching: RecordingQuery(), after: nil, limit: 1).recordings
for file in recordings.flatMap(\.mediaFiles) { print("Recorded \(file.mediaID): \(file.verdict.summary)") }
exit(recordings.isEmpty ? 1 : 0)
