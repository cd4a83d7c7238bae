/// The tree as far as it has come: what is open, and what is complete within it.
///
/// A value of its own, so that the reader, which has to be an object, touches it once an event.
struct XMLTree {
    private struct Open {
        var name: String
        var attributes: [XMLAttribute]
        /// How many nodes were complete when the element began; those behind are its children.
        var start: Int
    }

    private var open: [Open] = []
    /// Complete nodes whose parents are open.
    private var complete: [XMLNode] = []
    /// The text since the last tag.
    private var text = ""
    private var nodeCount = 0
    private let limits: XMLLimits
    private let dropsBlanks: Bool
    /// Declarations of the root that are not of the document.
    private var added: [String]

    init(_ document: XMLScreen, limits: XMLLimits, blanks: XMLElement.Blanks) {
        (self.limits, self.dropsBlanks) = (limits, blanks == .dropped)
        self.added = document.addedPrefixes.map { "xmlns:" + $0 }
    }

    /// The root, once it is complete; nil while anything is open.
    var root: XMLElement? {
        guard self.open.isEmpty, case .element(let root)? = self.complete.first else { return nil }
        return root
    }

    /// - Throws: where the document goes beyond a limit, or has a second root.
    mutating func start(_ name: String, _ attributes: [String: String]) throws(XMLError) {
        self.nodeCount += 1 + attributes.count
        guard self.nodeCount <= self.limits.nodeCount else {
            throw XMLError(.tooMany, "more than \(self.limits.nodeCount) elements and attributes")
        }
        guard self.open.count < self.limits.depth else {
            throw XMLError(.tooDeep, "deeper than \(self.limits.depth) elements")
        }
        guard !self.open.isEmpty || self.complete.isEmpty else { throw XMLError(.malformed, "a second root element") }
        self.flushText(beforeElement: true)
        var list: [XMLAttribute] = []
        if !attributes.isEmpty {
            list.reserveCapacity(attributes.count)
            for (name, value) in attributes { list.append(XMLAttribute(name, value)) }
            if !self.added.isEmpty {
                list.removeAll { self.added.contains($0.name) }
                self.added = []
            }
            if list.count > 1 { list.sort { $0.name < $1.name } }
        }
        self.open.append(Open(name: name, attributes: list, start: self.complete.count))
    }

    mutating func end() {
        self.flushText(beforeElement: false)
        guard let last = self.open.popLast() else { return }
        var element = XMLElement(last.name, attributes: last.attributes)
        if last.start == self.complete.count - 1, let child = self.complete.popLast() {
            element.children = [child]
        } else if last.start < self.complete.count {
            element.children = Array(self.complete[last.start...])
            self.complete.removeSubrange(last.start...)
        }
        self.complete.append(.element(element))
    }

    mutating func add(text: String) {
        if self.text.isEmpty { self.text = text } else { self.text += text }
    }

    /// Puts the text since the last tag into the innermost element. Beside elements, blanks mean nothing.
    private mutating func flushText(beforeElement: Bool) {
        guard !self.text.isEmpty else { return }
        defer { self.text = "" }
        guard let last = self.open.last else { return }
        guard self.dropsBlanks, beforeElement || last.start < self.complete.count else {
            return self.complete.append(.text(self.text))
        }
        guard !XMLElement.isBlank(self.text) else { return }
        self.complete.append(.text(XMLElement.trimmed(self.text)))
    }
}
