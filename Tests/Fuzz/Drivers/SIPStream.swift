// modules: CallCore SIP
// seeds: Tests/Fixtures/sip
import CallCore
import SIP

/// A stream gives the same messages however it is cut. The first byte says where.
func fuzz(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let stream = Array(bytes.dropFirst())
    let whole = messages(in: stream, every: stream.count)
    let cut = messages(in: stream, every: Int(first) + 1)
    expect(whole == cut, "\(whole.count) messages in one piece, \(cut.count) in pieces of \(Int(first) + 1)")
}

private func messages(in stream: [UInt8], every count: Int) -> [[UInt8]] {
    var decoder = SIPStreamDecoder()
    var messages: [[UInt8]] = []
    var start = 0
    while start < stream.count {
        let end = min(start + count, stream.count)
        let piece = Array(stream[start..<end])
        decoder.append(piece.span)
        start = end
        while true {
            do {
                guard let message = try decoder.next() else { break }
                messages.append(message.encoded())
            } catch { return messages }
        }
    }
    return messages
}
