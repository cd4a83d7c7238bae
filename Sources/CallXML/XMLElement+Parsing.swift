extension XMLElement {
    /// What becomes of blanks between elements.
    public enum Blanks: Hashable, Sendable {
        /// They are text like any other.
        case kept
        /// Beside elements, text loses the blanks at its ends, and goes where nothing else is left. Text of elements
        /// that hold only text stays as it is.
        case dropped
    }

    /// Reads a document and gives its root element.
    ///
    /// Prefixes need not be declared. A document type is refused, and with it every entity but the five that XML
    /// itself defines.
    ///
    /// - Source: XML 1.0.
    /// - Throws: where the document is not well-formed or goes beyond `limits`.
    public init(
        parsing bytes: Span<UInt8>, limits: XMLLimits = XMLLimits(), blanks: Blanks = .kept
    ) throws(XMLError) {
        guard bytes.count <= limits.byteCount else {
            throw XMLError(.tooLong, "\(bytes.count) bytes, more than \(limits.byteCount)")
        }
        let document = try XMLScreen(bytes)
        self = try XMLReader.read(document, limits: limits, blanks: blanks)
    }
}
