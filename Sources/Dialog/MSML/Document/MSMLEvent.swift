/// Something that happened in the media server.
///
/// - Source: RFC 5707 §7.
public struct MSMLEvent: Hashable, Sendable {
    /// What happened, for example `msml.conf.nomedia`.
    public var name: String
    /// Where it happened.
    public var id: MSMLObjectID
    /// The mark of the order that it belongs to.
    public var mark: String?
    /// What else is told, in order.
    public var values: [Value]

    /// A name and what it says of the event.
    public struct Value: Hashable, Sendable {
        /// For example `record.len`.
        public var name: String
        /// For example `6192ms`.
        public var value: String

        /// Tells one thing.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// Describes an event.
    public init(name: String, id: MSMLObjectID, mark: String? = nil, values: [Value] = []) {
        (self.name, self.id, self.mark, self.values) = (name, id, mark, values)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.init(
            name: try element.required("name"), id: MSMLObjectID(parsing: try element.required("id")),
            mark: element[attribute: "mark"])
        // Names and values take turns; a name without a value has none to give.
        var pending: String?
        for child in element.elements {
            if child.localName == "name" {
                pending = child.text
            } else if child.localName == "value", let name = pending {
                self.values.append(Value(name, child.text))
                pending = nil
            }
        }
    }

    /// The value of a name.
    public subscript(name: String) -> String? { self.values.first { $0.name == name }?.value }

    /// The bytes of the event.
    public func encoded() -> [UInt8] {
        let event = XMLElement(
            "event",
            attributes: XMLElement.attributes(["name": self.name, "id": self.id.description, "mark": self.mark]),
            elements: self.values.flatMap { [XMLElement("name", text: $0.name), XMLElement("value", text: $0.value)] })
        return MSML.root([event]).document(encoding: "US-ASCII")
    }
}
