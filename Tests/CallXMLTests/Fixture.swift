import Foundation

/// The bytes of a file under `Tests/Fixtures`.
func fixture(_ path: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/\(path)")))
}
