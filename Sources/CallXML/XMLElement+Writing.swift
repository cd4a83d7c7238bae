extension XMLElement {
    /// How a document is broken into lines.
    public enum Layout: Hashable, Sendable {
        /// Nothing is added between tags.
        case compact
        /// Each tag stands on a line of its own, ended by CRLF; an element that holds only text stays on one line. Text
        /// beside elements loses the blanks at its ends.
        case lines
    }

    /// Writes a whole document.
    ///
    /// - Parameters:
    ///   - encoding: what the declaration says; with `US-ASCII` all other characters are written as references. Names
    ///     cannot be, so where one has such a character the declaration says UTF-8.
    /// - Source: XML 1.0 §2.8.
    public func document(encoding: String = "UTF-8", layout: Layout = .compact) -> [UInt8] {
        var writer = XMLWriter(isASCII: encoding.uppercased() == "US-ASCII")
        switch layout {
        case .compact:
            writer.write(self)
            writer.text += "\r\n"
        case .lines: writer.writeLines(self)
        }
        let isNamedInASCII = !writer.isASCII || writer.text.utf8.allSatisfy { $0 < 0x80 }
        let declaration = "<?xml version=\"1.0\" encoding=\"\(isNamedInASCII ? encoding : "UTF-8")\"?>\r\n"
        return Array((declaration + writer.text).utf8)
    }
}

extension XMLElement: CustomStringConvertible {
    /// The element as XML, without a declaration.
    public var description: String {
        var writer = XMLWriter(isASCII: false)
        writer.write(self)
        return writer.text
    }
}

/// Writes elements and escapes what must be.
struct XMLWriter {
    var text = ""
    let isASCII: Bool

    init(isASCII: Bool) { self.isASCII = isASCII }

    mutating func write(_ element: XMLElement) {
        self.openTag(element)
        guard !element.children.isEmpty else { return }
        for child in element.children {
            switch child {
            case .element(let inner): self.write(inner)
            case .text(let text): self.escape(text, inAttribute: false)
            }
        }
        self.text += "</\(element.name)>"
    }

    mutating func writeLines(_ element: XMLElement) {
        let elements = element.elements
        guard !elements.isEmpty else {
            self.write(element)
            self.text += "\r\n"
            return
        }
        self.openTag(element)
        self.text += "\r\n"
        for child in element.children {
            switch child {
            case .element(let inner): self.writeLines(inner)
            case .text(let text):
                let trimmed = XMLElement.trimmed(text)
                guard !trimmed.isEmpty else { continue }
                self.escape(trimmed, inAttribute: false)
                self.text += "\r\n"
            }
        }
        self.text += "</\(element.name)>\r\n"
    }

    /// The start tag; of an empty element the only one.
    private mutating func openTag(_ element: XMLElement) {
        self.text += "<\(element.name)"
        for attribute in element.attributes {
            self.text += " \(attribute.name)=\""
            self.escape(attribute.value, inAttribute: true)
            self.text += "\""
        }
        self.text += element.children.isEmpty ? "/>" : ">"
    }

    /// - Source: XML 1.0 §2.2 for what a document may hold at all, §2.4, §3.3.3.
    private mutating func escape(_ text: String, inAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self.text += "&amp;"
            case "<": self.text += "&lt;"
            case ">": self.text += "&gt;"
            case "\"" where inAttribute: self.text += "&quot;"
            case "\r": self.text += "&#13;"
            case "\n" where inAttribute, "\t" where inAttribute: self.text += "&#\(scalar.value);"
            case "\t", "\n": self.text.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                self.text += self.isASCII ? "&#65533;" : "\u{FFFD}"
            case _ where self.isASCII && !scalar.isASCII: self.text += "&#\(scalar.value);"
            default: self.text.unicodeScalars.append(scalar)
            }
        }
    }
}
