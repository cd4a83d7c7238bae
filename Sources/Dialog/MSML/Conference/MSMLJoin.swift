/// Two objects between which media flows, changes, or flows no longer. `join`, `modifystream`, `unjoin`.
///
/// - Source: RFC 5707 §8.8 to §8.10.
public struct MSMLJoin: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Names two objects; the order does not matter but for the direction of streams.
    ///
    /// - Parameter streams: which streams; none means audio both ways for `join`, and all that there are for `unjoin`.
    public init(_ id1: MSMLObjectID, _ id2: MSMLObjectID, mark: String? = nil, streams: [MSMLStream] = []) {
        self.xml = XMLElement(
            "join",
            attributes: XMLElement.attributes(["id1": id1.description, "id2": id2.description, "mark": mark]),
            elements: streams.map(\.xml))
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("id1")
        _ = try element.required("id2")
        for stream in element.children("stream") { _ = try stream.required("media") }
    }

    /// One object, for example a connection.
    public var id1: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id1"] ?? "") }
    /// The other, for example a conference.
    public var id2: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id2"] ?? "") }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
    /// Which streams.
    public var streams: [MSMLStream] { self.xml.children("stream").map(MSMLStream.init) }

    /// The connection, where one of the two is one. An object that names no kind counts where the other is
    /// a conference.
    public var connection: MSMLObjectID? { self.object(.connection, otherwise: .conference) }

    /// The conference, where one of the two is one. An object that names no kind counts where the other is
    /// a connection.
    public var conference: MSMLObjectID? { self.object(.conference, otherwise: .connection) }

    private func object(_ kind: MSMLObjectID.Kind, otherwise other: MSMLObjectID.Kind) -> MSMLObjectID? {
        let id1 = self.id1
        if id1.kind == kind { return id1 }
        let id2 = self.id2
        if id2.kind == kind { return id2 }
        var unsaid = id1.kind == nil ? id1 : id2
        guard unsaid.kind == nil, (id1.kind == nil ? id2 : id1).kind == other else { return nil }
        unsaid.kind = kind
        return unsaid
    }
}

/// Lets an object hear what a connection hears.
///
/// - Source: RFC 5707 §8.11.
public struct MSMLMonitor: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Names who is monitored and who listens.
    public init(_ connection: MSMLObjectID, listener: MSMLObjectID, compressed: Bool? = nil, mark: String? = nil) {
        self.xml = XMLElement(
            "monitor",
            attributes: XMLElement.attributes([
                "id1": connection.description, "id2": listener.description, "compressed": compressed?.msml,
                "mark": mark,
            ]))
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("id1")
        _ = try element.required("id2")
    }

    /// Who is monitored.
    public var connection: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id1"] ?? "", default: .connection) }
    /// Who listens: a connection or a conference.
    public var listener: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "id2"] ?? "") }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
}
