import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// FoundationXML with a delegate that only counts: what reading XML costs before anything is made of it.
final class BareParser: NSObject, XMLParserDelegate {
    private var count = 0

    /// - Returns: how many elements, pieces of text and attributes were reported.
    static func parse(_ document: Data) -> Int {
        let delegate = BareParser()
        let parser = XMLParser(data: document)
        parser.delegate = delegate
        parser.shouldProcessNamespaces = false
        parser.shouldResolveExternalEntities = false
        _ = parser.parse()
        return delegate.count
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        self.count += 1 + attributeDict.count
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        self.count += 1
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { self.count += 1 }

    // Each use of a prefix that is not declared is one.
    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) { self.count += 1 }
}
