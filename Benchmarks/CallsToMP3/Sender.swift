import CallRecording
import CallRecordingSockets
import Foundation

/// Speaks for every party in real time: 20 ms packets, spread evenly over each 20 ms.
struct Sender {
    let ports: [UInt16]
    let seconds: Int
    /// When the first packet is due.
    ///
    /// - Unit: seconds since the machine was started.
    let begin: Double
    let speech: Speech

    /// Prints how many packets were sent, and by how many milliseconds the worst was late.
    func run() throws {
        let clock = SystemClock()
        let media = try UDPMedia(address: .loopback(0), ports: 40_000..<40_100, now: { clock.now })
        let port = try media.openPort()
        defer { port.close() }
        let beginning = clock.now + .seconds(max(0, self.begin - ProcessInfo.processInfo.systemUptime))
        var packet: [UInt8] = []
        var (sent, latest) = (0, Duration.zero)
        for frame in 0..<self.seconds * 50 {
            for (party, peer) in self.ports.enumerated() {
                if party % 8 == 0 {
                    let due = beginning + .milliseconds(20 * frame) + .microseconds(20_000 * party / self.ports.count)
                    let wait = due - clock.now
                    latest = max(latest, .zero - wait)
                    if wait > .zero { usleep(UInt32(wait.nanoseconds / 1_000)) }
                }
                let voice = party % 2 == 0 ? self.speech.customer : self.speech.agent
                let start = frame * 160 % voice.count
                let header = RTPHeader(
                    payloadType: 0, sequenceNumber: UInt16(truncatingIfNeeded: frame),
                    timestamp: UInt32(frame * 160), ssrc: UInt32(party + 1))
                packet.removeAll(keepingCapacity: true)
                header.append(payload: voice.span.extracting(start..<start + 160), to: &packet)
                port.send(packet.span, to: .loopback(peer))
                sent += 1
            }
        }
        print("\(sent) \(latest.nanoseconds / 1_000_000)")
    }
}
