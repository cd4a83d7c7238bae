/// What became of a request.
///
/// - Source: RFC 5707 §7.
public struct MSMLResult: Hashable, Sendable {
    /// 200 where everything was carried out.
    public var response: MSMLResponse
    /// Of a failure, the mark of the last order that was carried out and has one.
    public var mark: String?
    /// What went wrong, for people.
    public var description: String?
    /// The conference that was made, where the request did not name it. `confid`.
    public var conferenceID: MSMLObjectID?
    /// The dialog that was made. `dialogid`.
    public var dialogID: MSMLObjectID?

    /// Describes an outcome.
    public init(
        response: MSMLResponse, description: String? = nil, mark: String? = nil, conferenceID: MSMLObjectID? = nil,
        dialogID: MSMLObjectID? = nil
    ) {
        (self.response, self.description, self.mark) = (response, description, mark)
        (self.conferenceID, self.dialogID) = (conferenceID, dialogID)
    }

    /// Everything was carried out.
    public static let ok = MSMLResult(response: .ok)

    /// Whether everything was carried out.
    public var isSuccess: Bool { self.response.isSuccess }

    init(_ element: XMLElement) throws(MSMLError) {
        let text = try element.required("response")
        guard let number = Int(text), (100..<1_000).contains(number) else {
            throw MSMLError(.invalidAttribute, "result with response \(text)")
        }
        self.init(
            response: MSMLResponse(rawValue: number), description: element.element("description")?.text,
            mark: element[attribute: "mark"],
            conferenceID: element.element("confid").map { MSMLObjectID(parsing: $0.text, default: .conference) },
            dialogID: element.element("dialogid").map { MSMLObjectID(parsing: $0.text) })
    }

    /// The bytes of the result.
    public func encoded() -> [UInt8] {
        var elements: [XMLElement] = []
        if let description { elements.append(XMLElement("description", text: description)) }
        if let conferenceID { elements.append(XMLElement("confid", text: conferenceID.description)) }
        if let dialogID { elements.append(XMLElement("dialogid", text: dialogID.description)) }
        let result = XMLElement(
            "result", attributes: XMLElement.attributes(["response": "\(self.response.rawValue)", "mark": self.mark]),
            elements: elements)
        return MSML.root([result]).document(encoding: "US-ASCII")
    }
}
