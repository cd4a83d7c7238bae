/// Something that happened in the media server.
///
/// - Source: RFC 5707 §7.4.
public struct MSMLEvent: Hashable, Sendable {
    /// The document, with all that its sender has put into it.
    public var root: XMLElement

    /// A name and what it says of the event.
    public struct Value: Hashable, Sendable {
        /// For example `record.len`.
        public var name: String
        /// For example `6192ms`.
        public var value: String

        /// Tells one thing.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// What happened. An open set: a dialog names its own events.
    public struct Name: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The name on the wire.
        public var rawValue: String

        /// Takes a name as it is.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Takes a name as it is.
        public init(stringLiteral name: String) { self.init(rawValue: name) }

        /// A dialog has ended.
        public static let dialogExit: Name = "msml.dialog.exit"
        /// A conference has ended with its last member.
        public static let noMedia: Name = "msml.conf.nomedia"
        /// Others speak now; the values have a `speaker` for each.
        public static let activeSpeakers: Name = "msml.conf.asn"
        /// A dialog has carried out `exit`.
        public static let momlExit: Name = "moml.exit"
        /// A dialog has carried out `disconnect`.
        public static let momlDisconnect: Name = "moml.disconnect"
        /// A dialog has failed; the values have `moml.error.status` and `moml.error.description`.
        public static let momlError: Name = "moml.error"

        /// The name on the wire.
        public var description: String { self.rawValue }
    }

    /// Describes an event.
    ///
    /// - Parameters:
    ///   - id: where it happened: a conference or a dialog.
    ///   - values: what else is told, in order.
    public init(name: Name, id: MSMLObjectID, mark: String? = nil, values: [Value] = []) {
        let event = XMLElement(
            "event",
            attributes: XMLElement.attributes(["name": name.rawValue, "id": id.description, "mark": mark]),
            elements: values.flatMap { [XMLElement("name", text: $0.name), XMLElement("value", text: $0.value)] })
        self.root = MSML.root([event])
    }

    init(root: XMLElement) throws(MSMLError) {
        self.root = root
        _ = try self.xml.required("name")
        _ = try self.xml.required("id")
    }

    /// What happened.
    public var name: Name { Name(rawValue: self.xml[msml: "name"] ?? "") }
    /// Where it happened.
    public var id: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id"] ?? "") }
    /// The mark of the order that it belongs to; not of the RFC.
    public var mark: String? { self.xml[msml: "mark"] }

    /// What else is told, in order.
    public var values: [Value] {
        var values: [Value] = []
        // Names and values take turns; a name without a value has none to give.
        var pending: String?
        for child in self.xml.elements {
            if child.isNamed("name") {
                pending = child.text
            } else if child.isNamed("value"), let name = pending {
                values.append(Value(name, child.text))
                pending = nil
            }
        }
        return values
    }

    /// The first value of a name.
    public subscript(name: String) -> String? { self.values.first { $0.name == name }?.value }

    /// The failure that ended a dialog; nil where none is told.
    ///
    /// - Source: RFC 5707 §9.6.1 for `dialog.exit.status`, §9.4 for `moml.error.status`.
    public var failure: MSMLRefusal? {
        for (status, description) in Self.failures {
            guard let number = self[status].flatMap(Int.init) else { continue }
            return MSMLRefusal(MSMLResponse(rawValue: number), self[description] ?? "")
        }
        return nil
    }

    private static let failures = [
        ("dialog.exit.status", "dialog.exit.description"), ("moml.error.status", "moml.error.description"),
    ]

    private var xml: XMLElement { self.root.child("event") ?? XMLElement("event") }

    /// The bytes of the event.
    public func encoded() -> [UInt8] { self.root.document(encoding: "US-ASCII") }
}
