import Foundation
import SDP

/// `Tests/Fixtures`.
func fixtureFolder() -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")
}

/// The bytes of a file under `Tests/Fixtures`.
func fixture(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: fixtureFolder().appending(path: path))) }

/// A description given as text.
func description(_ text: String) throws -> SessionDescription {
    let bytes = Array(text.utf8)
    return try SessionDescription(parsing: bytes.span)
}
