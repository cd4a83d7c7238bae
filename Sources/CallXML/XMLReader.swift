import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Takes what the parser of FoundationXML reports.
final class XMLReader: NSObject, XMLParserDelegate {
    private var tree: XMLTree
    private var error: XMLError?

    private init(_ tree: XMLTree) { self.tree = tree }

    static func read(
        _ document: XMLScreen, limits: XMLLimits, blanks: XMLElement.Blanks
    ) throws(XMLError) -> XMLElement {
        let reader = XMLReader(XMLTree(document, limits: limits, blanks: blanks))
        let parser = XMLParser(data: Data(document.bytes))
        parser.delegate = reader
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        // What the parser returns is of no use: it is true for some documents that break off, and false for some
        // whose only fault is an undeclared prefix.
        _ = parser.parse()
        if let error = reader.error { throw error }
        guard let root = reader.tree.root else {
            throw XMLError(.malformed, line: parser.lineNumber, "the document breaks off")
        }
        return root
    }

    private func fail(_ error: XMLError, in parser: XMLParser) {
        guard self.error == nil else { return }
        self.error = XMLError(error.code, line: parser.lineNumber, error.message)
        parser.abortParsing()
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        guard self.error == nil else { return }
        do throws(XMLError) {
            try self.tree.start(elementName, attributeDict)
        } catch {
            self.fail(error, in: parser)
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard self.error == nil else { return }
        self.tree.end()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard self.error == nil else { return }
        self.tree.add(text: string)
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard self.error == nil else { return }
        self.tree.add(text: String(decoding: CDATABlock, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        let code = (parseError as NSError).code
        guard !Self.tolerated.contains(code) else { return }
        self.fail(XMLError(.malformed, "not well-formed (libxml2 error \(code))"), in: parser)
    }

    /// Undeclared prefixes, which SIP Server sends, and namespace names that are no URI: reported, and read over.
    private static let tolerated: Set<Int> = [
        99,  // XML_WAR_NS_URI
        100,  // XML_WAR_NS_URI_RELATIVE
        201,  // XML_NS_ERR_UNDEFINED_NAMESPACE
    ]
}
