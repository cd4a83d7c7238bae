import Foundation

/// A file of Tests/Fixtures/tlib.
func fixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appending(path: "Fixtures/tlib/\(name)")))
}

/// The lines of a file; none where it cannot be read.
func lines(of name: String) -> [String] {
    String(decoding: (try? fixture(name)) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
}
