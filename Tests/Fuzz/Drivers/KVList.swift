// modules: CallCore TLib
// inputs: 3000000
// seeds: Tests/Fuzz/Corpus/KVList
import CallCore
import TLib

/// The bytes are a packed list: what it holds survives the text form and the packed form.
func fuzz(_ bytes: [UInt8]) {
    guard bytes.count < 65_536 else { return }
    var frame: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 85, 0, 51, 3, 0, 0, 0, 0] + bytes
    let (body, value) = (frame.count - 4, bytes.count)
    for index in 0..<4 {
        frame[index] = UInt8(truncatingIfNeeded: body >> (24 - 8 * index))
        frame[11 + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index))
    }
    var decoder = TFrameDecoder()
    decoder.append(frame.span)
    guard let message = try? decoder.next(), let list = message[.userData] else { return }
    expect(KVList(text: list.description) == list, "Another list in text")
    let written = message.encodedFrame()
    var second = TFrameDecoder()
    second.append(written.span)
    let again = try? second.next()
    expect(again?[.userData] == list, "Another list when packed again")
}
