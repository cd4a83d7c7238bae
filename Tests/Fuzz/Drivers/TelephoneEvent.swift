// modules: CallCore RTP
// inputs: 4000000
// seeds: Tests/Fuzz/Corpus/TelephoneEvent
import CallCore
import RTP

/// Whatever packets come in whatever order, events begin and end in turns. The input is packets, each behind a byte that
/// says how long it is: four bytes of timestamp, then the payload.
func fuzz(_ bytes: [UInt8]) {
    var tracker = TelephoneEventTracker()
    var down: UInt8?
    var place = 0
    while place < bytes.count {
        let packet = Array(bytes[place + 1..<min(bytes.count, place + 1 + Int(bytes[place]))])
        place += 1 + Int(bytes[place])
        guard packet.count >= 4 else { continue }
        let timestamp = packet[..<4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        tracker.receive(packet.span.extracting(4..<packet.count), timestamp: timestamp) { change in
            switch change {
            case .began(let event, _):
                expect(down == nil, "An event began within another")
                down = event
            case .ended(let event, _, _, _):
                expect(down == event, "An event ended that had not begun")
                down = nil
            }
        }
        expect(tracker.event == down, "The tracker holds another event than it has told")
    }
}
