/// Starts a dialog: a document elsewhere, or primitives that are carried out one after another.
///
/// - Source: RFC 5707 §9.6.1.
public struct MSMLDialogStart: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a dialog that is written elsewhere.
    ///
    /// - Parameters:
    ///   - target: the connection or conference that it is held with.
    ///   - name: nil where the media server is to make a name.
    public init(
        on target: MSMLObjectID, name: String? = nil, type: MSMLLanguage = .moml, source: String, mark: String? = nil
    ) {
        self.xml = XMLElement(
            "dialogstart",
            attributes: XMLElement.attributes([
                "target": target.description, "type": type.rawValue, "name": name, "src": source, "mark": mark,
            ]))
    }

    /// Describes a dialog in place.
    ///
    /// - Parameters:
    ///   - target: the connection or conference that it is held with.
    ///   - name: nil where the media server is to make a name.
    public init(on target: MSMLObjectID, name: String? = nil, mark: String? = nil, body: [MSMLPrimitive]) {
        self.xml = XMLElement(
            "dialogstart",
            attributes: XMLElement.attributes([
                "target": target.description, "type": MSMLLanguage.moml.rawValue, "name": name, "mark": mark,
            ]), elements: body.map(\.xml))
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("target")
    }

    /// The connection or conference that the dialog is held with.
    public var target: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "target"] ?? "") }
    /// The dialog's name; nil where the media server is to make one.
    public var name: String? { self.xml[msml: "name"] }
    /// The language of the dialog; MOML where nothing is said, as in most examples of the RFC, though it asks for it.
    public var type: MSMLLanguage { self.xml[msml: "type"].map(MSMLLanguage.init(rawValue:)) ?? .moml }
    /// Where the document of the dialog is; nil where it is in place. `src`.
    public var source: String? { self.xml[msml: "src"] }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
    /// The primitives, in order; those of `moml`, where they are in one.
    public var body: [MSMLPrimitive] { (self.xml.child("moml") ?? self.xml).elements.map(MSMLPrimitive.init) }

    /// The name of the dialog once it is there.
    ///
    /// - Parameter name: the one that the media server has made, where this order has none.
    public func id(named name: String) -> MSMLObjectID {
        var id = self.target
        id.dialog = self.name ?? name
        return id
    }

    /// Checks what the RFC asks of a dialog before it can be started.
    ///
    /// - Throws: 410 for a target that is none, 421 for a language that is not known, 422 for a dialog that is both
    ///   elsewhere and in place, 403 for one that is neither.
    public func check() throws(MSMLRefusal) {
        guard self.target.dialog == nil, !self.target.isWildcard else {
            throw MSMLRefusal(.invalidAttributeValue, "a dialog on \(self.target)")
        }
        guard self.type.isKnown else { throw MSMLRefusal(.unknownLanguage, self.type.rawValue) }
        let isInPlace = !self.xml.children.isEmpty
        if let source, isInPlace { throw MSMLRefusal(.ambiguousRequest, "a dialog in place, and from \(source)") }
        if source == nil, !isInPlace { throw MSMLRefusal(.missingContent, "dialogstart without a dialog") }
    }
}

/// Ends a dialog before its time.
///
/// - Source: RFC 5707 §9.6.2.
public struct MSMLDialogEnd: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Names the dialog.
    public init(id: MSMLObjectID, mark: String? = nil) {
        self.xml = XMLElement(
            "dialogend", attributes: XMLElement.attributes(["id": id.description, "mark": mark]))
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("id")
    }

    /// Which dialog.
    public var id: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id"] ?? "") }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
}

/// Sends an event: to an object, where it is an order, with `send[.values]`; to a primitive, a group or the client,
/// where it stands in a dialog, with `send[.names]`.
///
/// - Source: RFC 5707 §7.2, §9.6.3.
public struct MSMLSend: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Sends an event.
    ///
    /// - Parameters:
    ///   - target: for example `conn:X/dialog:Y/play`, or in a dialog `source`, `group` or `play.intro`.
    ///   - names: the variables that go along, in a dialog.
    public init(_ event: String, to target: String, names: MSMLNames? = nil, mark: String? = nil) {
        self.xml = XMLElement(
            "send",
            attributes: XMLElement.attributes([
                "target": target, "event": event, "namelist": names?.msml, "mark": mark,
            ]))
    }

    init(order element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("event")
        _ = try element.required("target")
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What is to happen, for example `terminate`.
    public var event: String { self.xml[msml: "event"] ?? "" }
    /// Who is to take it, as written.
    public var target: String { self.xml[msml: "target"] ?? "" }
    /// The object that is to take it, where the target is one.
    public var object: MSMLObjectID { MSMLObjectID(parsing: self.target) }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
}

/// In which language a dialog is described. An open set.
///
/// - Source: RFC 5707 §9.6.1, §16.1.2.
public struct MSMLLanguage: RawRepresentable, Hashable, Sendable {
    /// The media type.
    public var rawValue: String

    /// Reads a media type in whatever case.
    public init(rawValue: String) { self.rawValue = rawValue.lowercased() }

    /// The primitives of MSML.
    public static let moml = MSMLLanguage(rawValue: "application/moml+xml")
    /// VoiceXML, says the text.
    public static let vxml = MSMLLanguage(rawValue: "application/vxml+xml")
    /// VoiceXML, says the schema.
    public static let voiceXML = MSMLLanguage(rawValue: "application/voicexml+xml")

    /// Whether the RFC has it.
    public var isKnown: Bool { self == .moml || self == .vxml || self == .voiceXML }
}
