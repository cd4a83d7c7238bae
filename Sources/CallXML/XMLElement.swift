/// One element of an XML document, with all that is in it.
///
/// Names are kept as written, prefix and all: peers use prefixes that they never declare, and what an element is called
/// on the wire is what this library goes by.
///
/// - Source: XML 1.0 §3.
public struct XMLElement: Hashable, Sendable {
    /// The name as written, for example `gvp:recorder`.
    public var name: String
    /// The attributes. The parser does not tell their order, so those of a parsed element are sorted by name.
    /// Elements that differ in nothing else are equal.
    public var attributes: [XMLAttribute]
    /// What is between the tags, in order.
    public var children: [XMLNode]

    /// Makes an element.
    public init(_ name: String, attributes: [XMLAttribute] = [], children: [XMLNode] = []) {
        (self.name, self.attributes, self.children) = (name, attributes, children)
    }

    /// Makes an element that holds text.
    public init(_ name: String, attributes: [XMLAttribute] = [], text: String) {
        self.init(name, attributes: attributes, children: text.isEmpty ? [] : [.text(text)])
    }

    /// Makes an element that holds elements.
    public init(_ name: String, attributes: [XMLAttribute] = [], elements: [XMLElement]) {
        self.init(name, attributes: attributes, children: elements.map(XMLNode.element))
    }

    /// Equal whatever the order of the attributes.
    public static func == (left: XMLElement, right: XMLElement) -> Bool {
        guard left.name == right.name, left.attributes.count == right.attributes.count else { return false }
        return (left.attributes == right.attributes || left.sortedAttributes == right.sortedAttributes)
            && left.children == right.children
    }

    /// Hashes whatever the order of the attributes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.name)
        hasher.combine(self.sortedAttributes)
        hasher.combine(self.children)
    }

    private var sortedAttributes: [XMLAttribute] {
        self.attributes.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    }

    /// The name without its prefix.
    public var localName: String { Self.localPart(of: self.name) }

    /// The elements directly inside, in order.
    public var elements: [XMLElement] {
        self.children.compactMap {
            guard case .element(let element) = $0 else { return nil }
            return element
        }
    }

    /// The text directly inside, put together.
    public var text: String {
        if self.children.count == 1, case .text(let text) = self.children[0] { return text }
        return self.children.reduce(into: "") { text, child in
            if case .text(let part) = child { text += part }
        }
    }

    /// The elements directly inside whose local name is `localName`, in order.
    public func elements(_ localName: String) -> [XMLElement] {
        self.elements.filter { $0.localName == localName }
    }

    /// The first element directly inside whose local name is `localName`.
    public func element(_ localName: String) -> XMLElement? {
        self.elements.first { $0.localName == localName }
    }

    /// The value of the attribute of exactly this name.
    public subscript(attribute name: String) -> String? {
        get { self.attributes.first { $0.name == name }?.value }
        set {
            let place = self.attributes.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): self.attributes[place].value = value
            case (let place?, nil): self.attributes.remove(at: place)
            case (nil, let value?): self.attributes.append(XMLAttribute(name, value))
            case (nil, nil): break
            }
        }
    }

    static func isBlank(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    static func localPart(of name: String) -> String {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[colon...].dropFirst())
    }
}

/// A name and what it says of an element.
public struct XMLAttribute: Hashable, Sendable {
    /// The name as written, prefix and all.
    public var name: String
    /// The value, unescaped.
    public var value: String

    /// Makes an attribute.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// What can be between two tags. Comments are not kept.
public enum XMLNode: Hashable, Sendable {
    /// An element.
    case element(XMLElement)
    /// Text, unescaped; CDATA sections are text.
    case text(String)
}
