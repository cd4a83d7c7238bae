import Foundation
import SDP

/// The bytes of a file under `Tests/Fixtures`.
func fixture(_ path: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/\(path)")))
}

/// A description given as text.
func description(_ text: String) throws -> SessionDescription {
    let bytes = Array(text.utf8)
    return try SessionDescription(parsing: bytes.span)
}
