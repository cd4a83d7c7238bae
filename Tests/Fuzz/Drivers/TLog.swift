// modules: CallCore TLib
// inputs: 90000
// seeds: Tests/Fixtures/tlib
import CallCore
import TLib

/// However a log is cut, the same is found in it; what was found and written is found again and written the same.
func fuzz(_ bytes: [UInt8]) {
    let whole = items(bytes, chunk: max(bytes.count, 1))
    expect(items(bytes, chunk: 7) == whole, "Cut otherwise, it reads otherwise")
    for case .message(let entry) in whole {
        _ = (entry.record.message, entry.time)
        let text = entry.record.description
        let again = TLogRecord.records(in: text)
        expect(again.map(\.description) == [text], "Not read as it was written")
    }
}

private func items(_ bytes: [UInt8], chunk: Int) -> [TLogItem] {
    var reader = TLogReader()
    var items: [TLogItem] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
        let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
        reader.append(piece.span)
        while let item = reader.next() { items.append(item) }
    }
    reader.finish()
    while let item = reader.next() { items.append(item) }
    return items
}
