import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Builds the tree from what the parser of FoundationXML reports.
final class XMLReader: NSObject, XMLParserDelegate {
    /// The element that is open at each depth; the last is the innermost.
    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var nodeCount = 0
    private var error: XMLError?
    private let limits: XMLLimits

    private init(limits: XMLLimits) { self.limits = limits }

    static func read(_ document: [UInt8], limits: XMLLimits) throws(XMLError) -> XMLElement {
        let reader = XMLReader(limits: limits)
        let parser = XMLParser(data: Data(document))
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

    private func append(_ node: XMLNode) {
        guard let last = self.open.indices.last else { return }
        if case .text(let more) = node, case .text(let text)? = self.open[last].children.last {
            self.open[last].children.removeLast()
            self.open[last].children.append(.text(text + more))
        } else {
            self.open[last].children.append(node)
        }
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
        let attributes = attributeDict.map { XMLAttribute($0.key, $0.value) }.sorted { $0.name < $1.name }
        self.open.append(XMLElement(elementName, attributes: attributes))
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard self.error == nil, let element = self.open.popLast() else { return }
        if self.open.isEmpty {
            self.root = element
        } else {
            self.append(.element(element))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard self.error == nil else { return }
        self.append(.text(string))
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard self.error == nil else { return }
        self.append(.text(String(decoding: CDATABlock, as: UTF8.self)))
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
