// modules: CallCore TLib
// inputs: 2000000
// seeds: Tests/Fuzz/Corpus/TFrame
import CallCore
import TLib

/// What was read and written is read as the same message.
func fuzz(_ bytes: [UInt8]) {
    var decoder = TFrameDecoder()
    decoder.append(bytes.span)
    while let message = try? decoder.next() {
        let written = message.encodedFrame()
        var second = TFrameDecoder()
        second.append(written.span)
        let again = try? second.next()
        expect(again == message, "Read as another message")
    }
}
