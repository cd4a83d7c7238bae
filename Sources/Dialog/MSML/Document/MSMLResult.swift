/// What became of a request.
///
/// - Source: RFC 5707 §7.3.
public struct MSMLResult: Hashable, Sendable {
    /// The document, with all that its sender has put into it.
    public var root: XMLElement

    /// Describes an outcome.
    ///
    /// - Parameters:
    ///   - response: 200 where everything was carried out.
    ///   - description: what went wrong, for people.
    ///   - mark: of a failure, the mark of the last order that was carried out and has one.
    ///   - conferenceIDs: the conferences that were made and that the request did not name.
    ///   - dialogIDs: the dialogs that were made and that the request did not name.
    ///   - audits: what was asked for, an element an object.
    public init(
        response: MSMLResponse, description: String? = nil, mark: String? = nil, conferenceIDs: [MSMLObjectID] = [],
        dialogIDs: [MSMLObjectID] = [], audits: [MSMLAuditResult] = []
    ) {
        var elements: [XMLElement] = []
        if let description { elements.append(XMLElement("description", text: description)) }
        elements += conferenceIDs.map { XMLElement("confid", text: $0.description) }
        elements += dialogIDs.map { XMLElement("dialogid", text: $0.description) }
        elements += audits.map(\.xml)
        let result = XMLElement(
            "result", attributes: XMLElement.attributes(["response": response.rawValue.msml, "mark": mark]),
            elements: elements)
        self.root = MSML.root([result])
    }

    /// Everything was carried out.
    public static let ok = MSMLResult(response: .ok)

    init(root: XMLElement) throws(MSMLError) {
        self.root = root
        let text = try self.xml.required("response")
        guard let number = Int(text), (100..<1_000).contains(number) else {
            throw MSMLError(.invalidAttribute, "result with response \(text)")
        }
    }

    /// 200 where everything was carried out.
    public var response: MSMLResponse { MSMLResponse(rawValue: self.xml[msml: "response"].flatMap(Int.init) ?? 0) }
    /// Whether everything was carried out.
    public var isSuccess: Bool { self.response.isSuccess }
    /// Of a failure, the mark of the last order that was carried out and has one.
    public var mark: String? { self.xml[msml: "mark"] }
    /// What went wrong, for people.
    public var description: String? { self.all("description").first?.text }
    /// The conferences that were made and that the request did not name. `confid`.
    public var conferenceIDs: [MSMLObjectID] {
        self.all("confid").map { MSMLObjectID(parsing: $0.text.filter { !$0.isWhitespace }, default: .conference) }
    }
    /// The dialogs that were made and that the request did not name. `dialogid`.
    public var dialogIDs: [MSMLObjectID] {
        self.all("dialogid").map { MSMLObjectID(parsing: $0.text.filter { !$0.isWhitespace }) }
    }
    /// What was asked for. `auditresult`.
    public var audits: [MSMLAuditResult] { self.all("auditresult").map(MSMLAuditResult.init) }

    private var xml: XMLElement { self.root.child("result") ?? XMLElement("result") }

    /// The elements of a name in the result; the RFC's own examples have `dialogid` beside it.
    private func all(_ name: String) -> [XMLElement] { self.xml.children(name) + self.root.children(name) }

    /// The bytes of the result.
    public func encoded() -> [UInt8] { self.root.document(encoding: "US-ASCII") }
}
