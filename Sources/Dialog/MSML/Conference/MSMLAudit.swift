/// Asks for what there is in a media server.
///
/// - Source: RFC 5707 §10.1.1.
public struct MSMLAudit: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Asks.
    ///
    /// - Parameters:
    ///   - id: a connection, a conference, or all of one kind.
    ///   - states: for example `audit.conf.confconfig.*`; none asks only whether it is there.
    public init(_ id: MSMLObjectID, states: MSMLNames? = nil, mark: String? = nil) {
        self.xml = XMLElement(
            "audit",
            attributes: XMLElement.attributes(["queryid": id.description, "statelist": states?.msml, "mark": mark]))
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.required("queryid")
    }

    /// What is asked about.
    public var id: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "queryid"] ?? "") }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
}

/// What a media server says of one object.
///
/// - Source: RFC 5707 §10.1.2.
public struct MSMLAuditResult: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes an object.
    ///
    /// - Parameter states: an element each, named as the first field of the state asked for.
    public init(_ id: MSMLObjectID, states: [XMLElement] = []) {
        self.xml = XMLElement(
            "auditresult", attributes: [XMLAttribute("targetid", id.description)], elements: states)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// Which object.
    public var id: MSMLObjectID { MSMLObjectID(parsing: self.xml[msml: "targetid"] ?? "") }
    /// What is told, in order.
    public var states: [XMLElement] { self.xml.elements }
}
