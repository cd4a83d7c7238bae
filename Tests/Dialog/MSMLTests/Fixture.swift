import Foundation
import MSML

/// The bytes of a file under `Tests/Fixtures`.
func fixture(_ path: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Fixtures/\(path)")))
}

/// A document given as bytes.
func document(_ bytes: [UInt8]) throws -> MSMLDocument { try MSMLDocument(parsing: bytes.span) }

/// A request given as bytes.
func request(_ bytes: [UInt8]) throws -> MSMLRequest { try MSMLRequest(parsing: bytes.span) }

/// A result given as bytes.
func result(_ bytes: [UInt8]) throws -> MSMLResult { try MSMLResult(parsing: bytes.span) }

/// An event given as bytes.
func event(_ bytes: [UInt8]) throws -> MSMLEvent { try MSMLEvent(parsing: bytes.span) }
