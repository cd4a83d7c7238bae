// modules: CallCore SIP
// inputs: 600000
// seeds: Tests/Fixtures/sip
import CallCore
import SIP

/// A stream gives the same messages and pings however it is cut. The first byte says where.
func fuzz(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let stream = Array(bytes.dropFirst())
    let whole = Reading(of: stream, every: stream.count)
    let cut = Reading(of: stream, every: Int(first) + 1)
    expect(
        whole == cut,
        "\(whole.messages.count) messages in one piece, \(cut.messages.count) in pieces of \(Int(first) + 1)")
}

/// What comes out of a stream.
private struct Reading: Equatable {
    var messages: [[UInt8]] = []
    var pings = 0
    var isBroken = false

    init(of stream: [UInt8], every count: Int) {
        var decoder = SIPStreamDecoder(headerLimit: 2_000, bodyLimit: 4_000)
        var start = 0
        while start < stream.count, !self.isBroken {
            let end = min(start + count, stream.count)
            let piece = Array(stream[start..<end])
            decoder.append(piece.span)
            start = end
            do {
                while let message = try decoder.next() { self.messages.append(message.encoded()) }
            } catch {
                // What is answered may depend on how much has come; that it can be made may not.
                _ = decoder.refusal(from: .loopback(5060))?.response.encoded()
                self.isBroken = true
            }
        }
        self.pings = decoder.pings
    }
}
