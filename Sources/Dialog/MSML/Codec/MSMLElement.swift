/// An element of MSML: its XML, and typed access to what is in it.
///
/// The XML is all that is stored, so attributes, elements, prefixes and text that this library does not know stay where
/// they are, and a value keeps the spelling that its sender chose. Elements are equal where they mean the same.
public protocol MSMLElement: Hashable, Sendable {
    /// The element as it is written.
    var xml: XMLElement { get set }
}

extension MSMLElement {
    /// What an attribute says; nil where it is missing, or says nothing that it can say.
    ///
    /// Case does not matter in the name of an attribute that is read: RFC 5707 writes `relativesize` in its text and
    /// `relativeSize` in its schema.
    public subscript<Value>(attribute: MSMLAttribute<Value>) -> Value? {
        get { self.xml[msml: attribute.name].flatMap(Value.init(msml:)) }
        set { self.xml[msml: attribute.name] = newValue?.msml }
    }
}

extension XMLElement {
    /// The value of an attribute, in whatever case its name is written.
    subscript(msml name: String) -> String? {
        get { self.placeOfAttribute(name).map { self.attributes[$0].value } }
        set {
            switch (self.placeOfAttribute(name), newValue) {
            case (let place?, let value?): self.attributes[place].value = value
            case (let place?, nil): self.attributes.remove(at: place)
            case (nil, let value?): self.attributes.append(XMLAttribute(name, value))
            case (nil, nil): break
            }
        }
    }

    private func placeOfAttribute(_ name: String) -> Int? {
        self.attributes.firstIndex { $0.name == name }
            ?? self.attributes.firstIndex { Self.isSame($0.name, name) }
    }

    /// Whether the local name is `name`, in whatever case.
    func isNamed(_ name: String) -> Bool {
        if self.name == name { return true }
        let (own, wanted) = (self.name.utf8, name.utf8)
        guard own.count >= wanted.count else { return false }
        let start = own.index(own.endIndex, offsetBy: -wanted.count)
        guard start == own.startIndex || own[own.index(before: start)] == UInt8(ascii: ":") else { return false }
        return Self.isSame(self.name[start...], name)
    }

    /// The local name in small letters: what an element is called here, however its sender writes it.
    var plainName: String {
        // Nearly all names are plain; to see that is cheaper than to make the name again.
        self.name.utf8.contains {
            $0 == UInt8(ascii: ":") || !(0x2D...0x2D).contains($0) && !(0x61...0x7A).contains($0)
        }
            ? self.localName.lowercased() : self.name
    }

    /// The first element inside that has a name, in whatever case.
    func child(_ name: String) -> XMLElement? {
        for case .element(let element) in self.children where element.isNamed(name) { return element }
        return nil
    }

    /// The elements inside that have a name, in whatever case, in order.
    func children(_ name: String) -> [XMLElement] {
        var elements: [XMLElement] = []
        for case .element(let element) in self.children where element.isNamed(name) { elements.append(element) }
        return elements
    }

    /// Puts an element in the place of the first of its name, or behind all others; nil takes that one out.
    mutating func setChild(_ name: String, to element: XMLElement?) {
        let place = self.children.firstIndex { node in
            if case .element(let child) = node { child.isNamed(name) } else { false }
        }
        switch (place, element) {
        case (let place?, let element?): self.children[place] = .element(element)
        case (let place?, nil): self.children.remove(at: place)
        case (nil, let element?): self.children.append(.element(element))
        case (nil, nil): break
        }
    }

    /// The value of an attribute that the element must have.
    func required(_ attribute: String) throws(MSMLError) -> String {
        guard let value = self[msml: attribute], !value.isEmpty else {
            throw MSMLError(.missingAttribute, "\(self.name) without \(attribute)")
        }
        return value
    }

    /// Attributes in the order given, without those that have no value.
    static func attributes(_ pairs: KeyValuePairs<String, String?>) -> [XMLAttribute] {
        pairs.compactMap { pair in pair.value.map { XMLAttribute(pair.key, $0) } }
    }

    /// Whether two names differ at most in the case of ASCII letters.
    private static func isSame(_ left: some StringProtocol, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var others = right.utf8.makeIterator()
        for one in left.utf8 {
            guard let other = others.next() else { return false }
            guard one == other || (one ^ other == 0x20 && (0x61...0x7A).contains(one | 0x20)) else { return false }
        }
        return true
    }
}
