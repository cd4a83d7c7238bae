import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Builds the tree from what the parser of FoundationXML reports.
final class XMLReader: NSObject, XMLParserDelegate {
    /// The element that is open at each depth; the last is the innermost.
    private var open: [XMLElement] = []
    /// The text since the last tag.
    private var text = ""
    private var root: XMLElement?
    private var nodeCount = 0
    private var error: XMLError?
    private let limits: XMLLimits
    private let dropsBlanks: Bool
    /// Declarations of the root that are not of the document.
    private var added: [String]

    private init(_ document: XMLScreen, limits: XMLLimits, dropsBlanks: Bool) {
        (self.limits, self.dropsBlanks) = (limits, dropsBlanks)
        self.added = document.addedPrefixes.map { "xmlns:" + $0 }
    }

    static func read(
        _ document: XMLScreen, limits: XMLLimits, dropsBlanks: Bool
    ) throws(XMLError) -> XMLElement {
        let reader = XMLReader(document, limits: limits, dropsBlanks: dropsBlanks)
        let parser = XMLParser(data: Data(document.bytes))
        parser.delegate = reader
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        // What the parser returns is of no use: it is true for some documents that break off, and false for some
        // whose only fault is an undeclared prefix.
        _ = parser.parse()
        if let error = reader.error { throw error }
        guard let root = reader.root, reader.open.isEmpty else {
            throw XMLError(.malformed, line: parser.lineNumber, "the document breaks off")
        }
        return root
    }

    private func fail(_ code: XMLError.Code, _ message: String, in parser: XMLParser) {
        guard self.error == nil else { return }
        self.error = XMLError(code, line: parser.lineNumber, message)
        parser.abortParsing()
    }

    /// Puts the text since the last tag into the innermost element. Beside elements, blanks mean nothing.
    private func flushText(beforeElement: Bool) {
        guard !self.text.isEmpty else { return }
        defer { self.text = "" }
        guard let last = self.open.indices.last else { return }
        guard self.dropsBlanks, beforeElement || !self.open[last].children.isEmpty else {
            return self.open[last].children.append(.text(self.text))
        }
        guard !XMLElement.isBlank(self.text) else { return }
        self.open[last].children.append(.text(XMLElement.trimmed(self.text)))
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        guard self.error == nil else { return }
        self.nodeCount += 1 + attributeDict.count
        guard self.nodeCount <= self.limits.nodeCount else {
            return self.fail(.tooMany, "more than \(self.limits.nodeCount) elements and attributes", in: parser)
        }
        guard self.open.count < self.limits.depth else {
            return self.fail(.tooDeep, "deeper than \(self.limits.depth) elements", in: parser)
        }
        guard self.root == nil else { return self.fail(.malformed, "a second root element", in: parser) }
        self.flushText(beforeElement: true)
        var element = XMLElement(elementName)
        if !attributeDict.isEmpty {
            element.attributes.reserveCapacity(attributeDict.count)
            for (name, value) in attributeDict { element.attributes.append(XMLAttribute(name, value)) }
            if !self.added.isEmpty {
                element.attributes.removeAll { self.added.contains($0.name) }
                self.added = []
            }
            if element.attributes.count > 1 { element.attributes.sort { $0.name < $1.name } }
        }
        self.open.append(element)
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard self.error == nil else { return }
        self.flushText(beforeElement: false)
        guard let element = self.open.popLast() else { return }
        if let last = self.open.indices.last {
            self.open[last].children.append(.element(element))
        } else {
            self.root = element
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard self.error == nil else { return }
        if self.text.isEmpty { self.text = string } else { self.text += string }
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard self.error == nil else { return }
        self.text += String(decoding: CDATABlock, as: UTF8.self)
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        let code = (parseError as NSError).code
        guard !Self.tolerated.contains(code) else { return }
        self.fail(.malformed, "not well-formed (libxml2 error \(code))", in: parser)
    }

    /// Undeclared prefixes, which SIP Server sends, and namespace names that are no URI: reported, and read over.
    private static let tolerated: Set<Int> = [
        99,  // XML_WAR_NS_URI
        100,  // XML_WAR_NS_URI_RELATIVE
        201,  // XML_NS_ERR_UNDEFINED_NAMESPACE
    ]
}
