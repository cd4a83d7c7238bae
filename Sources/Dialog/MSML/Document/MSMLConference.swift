/// Makes a conference.
///
/// - Source: RFC 5707 §8; the recorder is observed, SIP Server 8.1.
public struct MSMLCreateConference: Hashable, Sendable {
    /// The conference's name; nil where the media server is to make one.
    public var name: String?
    /// When the conference ends by itself: `nomedia`, `nocontrol` or `never`; nil where nothing is said.
    public var deleteWhen: String?
    /// Names this order in the result.
    public var mark: String?
    /// Whether ending the conference ends its members' dialogs too; nil where nothing is said. `term`.
    public var terminates: Bool?
    /// The recorder that is attached from the start.
    public var recorder: GVPRecorder?
    /// What else the conference has, in order: its mixers.
    public var contents: [XMLElement]

    /// Describes a conference; by default one that mixes audio and shows whoever has the role, as SIP Server makes it.
    public init(
        name: String?, deleteWhen: String? = nil, mark: String? = nil, terminates: Bool? = nil,
        recorder: GVPRecorder? = nil, contents: [XMLElement] = Self.mixers
    ) {
        (self.name, self.deleteWhen, self.mark) = (name, deleteWhen, mark)
        (self.terminates, self.recorder, self.contents) = (terminates, recorder, contents)
    }

    /// The mixers that SIP Server asks for.
    ///
    /// - Source: observed, SIP Server 8.1.
    public static let mixers = [
        XMLElement("audiomix"),
        XMLElement(
            "videolayout",
            elements: [XMLElement("selector", attributes: [XMLAttribute("method", "confrole")])]),
    ]

    init(_ element: XMLElement) {
        self.name = element[attribute: "name"]
        self.deleteWhen = element[attribute: "deletewhen"]
        self.mark = element[attribute: "mark"]
        self.terminates = element[attribute: "term"].map { $0.lowercased() == "true" }
        self.recorder = element.element("recorder").map(GVPRecorder.init)
        self.contents = element.elements.filter { $0.localName != "recorder" }
    }

    var xml: XMLElement {
        XMLElement(
            "createconference",
            attributes: XMLElement.attributes([
                "name": self.name, "deletewhen": self.deleteWhen, "mark": self.mark,
                "term": self.terminates.map { $0 ? "true" : "false" },
            ]),
            elements: (self.recorder.map { [$0.xml] } ?? []) + self.contents)
    }
}

/// Changes a conference, above all its recorder.
///
/// - Source: RFC 5707 §8; the recorder is observed, SIP Server 8.1.
public struct MSMLModifyConference: Hashable, Sendable {
    /// Which conference; an identifier without a kind counts as a conference's.
    public var id: MSMLObjectID
    /// Names this order in the result.
    public var mark: String?
    /// What the recorder is to do.
    public var recorder: GVPRecorder?
    /// What else changes, in order.
    public var contents: [XMLElement]

    /// Describes a change.
    public init(id: MSMLObjectID, mark: String? = nil, recorder: GVPRecorder? = nil, contents: [XMLElement] = []) {
        (self.id, self.mark, self.recorder, self.contents) = (id, mark, recorder, contents)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.id = try element.conferenceID
        self.mark = element[attribute: "mark"]
        self.recorder = element.element("recorder").map(GVPRecorder.init)
        self.contents = element.elements.filter { $0.localName != "recorder" }
    }

    var xml: XMLElement {
        XMLElement(
            "modifyconference", attributes: XMLElement.attributes(["id": self.id.description, "mark": self.mark]),
            elements: (self.recorder.map { [$0.xml] } ?? []) + self.contents)
    }
}

/// Ends a conference.
///
/// - Source: RFC 5707 §8.
public struct MSMLDestroyConference: Hashable, Sendable {
    /// Which conference; an identifier without a kind counts as a conference's.
    public var id: MSMLObjectID
    /// Names this order in the result.
    public var mark: String?

    /// Names the conference.
    public init(id: MSMLObjectID, mark: String? = nil) { (self.id, self.mark) = (id, mark) }

    init(_ element: XMLElement) throws(MSMLError) {
        self.id = try element.conferenceID
        self.mark = element[attribute: "mark"]
    }

    var xml: XMLElement {
        XMLElement(
            "destroyconference", attributes: XMLElement.attributes(["id": self.id.description, "mark": self.mark]))
    }
}

extension XMLElement {
    /// The conference that is meant; some clients write `name` instead of `id`.
    fileprivate var conferenceID: MSMLObjectID {
        get throws(MSMLError) {
            let text =
                try self[attribute: "id"] == nil && self[attribute: "name"] != nil
                ? self.required("name") : self.required("id")
            return MSMLObjectID(parsing: text, default: .conference)
        }
    }
}
