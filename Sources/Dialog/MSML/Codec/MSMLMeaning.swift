extension MSMLElement {
    /// Equal where both mean the same: prefixes, the case of names, the order of attributes, blanks, and the ways to
    /// write an identifier or a recorder's order do not matter.
    public static func == (left: Self, right: Self) -> Bool { left.xml.meaning == right.xml.meaning }

    /// Hashes what the element means.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.xml.meaning) }
}

extension XMLElement {
    /// The element in the one form in which all that mean the same are equal.
    var meaning: XMLElement {
        let name = self.plainName
        if name == "recorder" { return GVPRecorder(self).meaning }
        // The three orders about streams are one type; which of them is meant, the request says.
        var element = XMLElement(["unjoin", "modifystream"].contains(name) ? "join" : name)
        for attribute in self.attributes where attribute.name != "xmlns" && !attribute.name.hasPrefix("xmlns:") {
            element.attributes.append(XMLAttribute(attribute.name.lowercased(), attribute.value))
        }
        Self.normalizeIdentifiers(of: &element)
        for child in self.children {
            switch child {
            case .element(let inner): element.children.append(.element(inner.meaning))
            case .text(let text) where !text.allSatisfy(\.isWhitespace): element.children.append(child)
            case .text: break
            }
        }
        return element
    }

    private static func normalizeIdentifiers(of order: inout XMLElement) {
        let kind: MSMLObjectID.Kind?
        switch order.name {
        case "modifyconference", "destroyconference":
            kind = .conference
            if order[attribute: "id"] == nil, let name = order[attribute: "name"] {
                order[attribute: "name"] = nil
                order[attribute: "id"] = name
            }
        case "join", "monitor", "dialogstart", "dialogend", "send", "audit", "event": kind = nil
        default: return
        }
        for index in order.attributes.indices where Self.identifiers.contains(order.attributes[index].name) {
            order.attributes[index].value =
                MSMLObjectID(parsing: order.attributes[index].value, default: kind).description
        }
    }

    private static let identifiers: Set<String> = ["id", "id1", "id2", "target", "queryid"]
}
