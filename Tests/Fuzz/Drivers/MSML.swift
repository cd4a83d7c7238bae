// modules: CallCore CallXML MSML
// seeds: Tests/Fixtures/msml
import CallCore
import CallXML
import MSML

/// An element that was read and written is read as the same element; no document traps the typed readers.
func fuzz(_ bytes: [UInt8]) {
    _ = try? MSMLRequest(parsing: bytes.span)
    _ = try? MSMLResult(parsing: bytes.span)
    _ = try? MSMLEvent(parsing: bytes.span)
    guard let element = try? XMLElement(parsing: bytes.span) else { return }
    let written = element.document()
    guard let again = try? XMLElement(parsing: written.span) else { return expect(false, "Not read again") }
    expect(again == element, "Read as another element")
}
