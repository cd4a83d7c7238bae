/// Makes a conference.
///
/// - Source: RFC 5707 §8.3; the recorder is observed, SIP Server 8.1.
public struct MSMLCreateConference: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a conference; by default one that mixes audio and shows whoever has the role, as SIP Server makes it.
    ///
    /// - Parameters:
    ///   - name: nil where the media server is to make a name.
    ///   - terminates: whether ending the conference ends its members' dialogs too.
    ///   - recorder: the recorder that is attached from the start.
    ///   - contents: what else the conference has, in order: its mixers.
    public init(
        name: String?, deleteWhen: MSMLDeleteWhen? = nil, mark: String? = nil, terminates: Bool? = nil,
        recorder: GVPRecorder? = nil, contents: [XMLElement] = Self.mixers
    ) {
        self.xml = XMLElement(
            "createconference",
            attributes: XMLElement.attributes([
                "name": name, "deletewhen": deleteWhen?.rawValue, "mark": mark, "term": terminates?.msml,
            ]),
            elements: (recorder.map { [$0.xml] } ?? []) + contents)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// The conference's name; nil where the media server is to make one.
    public var name: String? {
        get { self.xml[msml: "name"] }
        set { self.xml[msml: "name"] = newValue }
    }
    /// When the conference ends by itself; nil where nothing is said, which means ``MSMLDeleteWhen/noMedia``.
    public var deleteWhen: MSMLDeleteWhen? {
        get { self.xml[msml: "deletewhen"].map(MSMLDeleteWhen.init(rawValue:)) }
        set { self.xml[msml: "deletewhen"] = newValue?.rawValue }
    }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
    /// Whether ending the conference ends its members' dialogs too; nil where nothing is said, which means that it does.
    public var terminates: Bool? { self[.terminate] }
    /// What must be there for the conference.
    public var reservation: MSMLReservation? { self.xml.child("reserve").map(MSMLReservation.init) }

    /// The mixers that SIP Server asks for.
    ///
    /// - Source: observed, SIP Server 8.1.
    public static let mixers = [
        MSMLAudioMix().xml, MSMLVideoLayout(selectors: [MSMLSelector(method: "confrole")]).xml,
    ]
}

/// Changes a conference, above all its recorder.
///
/// - Source: RFC 5707 §8.4; the recorder is observed, SIP Server 8.1.
public struct MSMLModifyConference: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a change.
    ///
    /// - Parameter contents: what changes beside the recorder, in order.
    public init(id: MSMLObjectID, mark: String? = nil, recorder: GVPRecorder? = nil, contents: [XMLElement] = []) {
        self.xml = XMLElement(
            "modifyconference", attributes: XMLElement.attributes(["id": id.description, "mark": mark]),
            elements: (recorder.map { [$0.xml] } ?? []) + contents)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.requiredConference
    }

    /// Which conference; an identifier without a kind counts as a conference's.
    public var id: MSMLObjectID { self.xml.conferenceID }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
}

/// Ends a conference, or takes mixers out of it.
///
/// - Source: RFC 5707 §8.5.
public struct MSMLDestroyConference: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Names the conference.
    ///
    /// - Parameter mixers: the mixers that go; none means the whole conference.
    public init(id: MSMLObjectID, mark: String? = nil, mixers: [XMLElement] = []) {
        self.xml = XMLElement(
            "destroyconference", attributes: XMLElement.attributes(["id": id.description, "mark": mark]),
            elements: mixers)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.xml = element
        _ = try element.requiredConference
    }

    /// Which conference; an identifier without a kind counts as a conference's.
    public var id: MSMLObjectID { self.xml.conferenceID }
    /// Names this order in the result.
    public var mark: String? { self.xml[msml: "mark"] }
    /// Whether all of the conference goes, and not only the mixers that are named.
    public var destroysAll: Bool { self.audioMix == nil && self.videoLayout == nil }
}

/// What makes, changes or destroys a conference: its mixers and its recorder are in it.
public protocol MSMLConferenceElement: MSMLElement {}

extension MSMLCreateConference: MSMLConferenceElement {}
extension MSMLModifyConference: MSMLConferenceElement {}
extension MSMLDestroyConference: MSMLConferenceElement {}

extension MSMLConferenceElement {
    /// How audio is mixed.
    public var audioMix: MSMLAudioMix? {
        get { self.xml.child("audiomix").map(MSMLAudioMix.init) }
        set { self.xml.setChild("audiomix", to: newValue?.xml) }
    }
    /// How video is composed.
    public var videoLayout: MSMLVideoLayout? {
        get { self.xml.child("videolayout").map(MSMLVideoLayout.init) }
        set { self.xml.setChild("videolayout", to: newValue?.xml) }
    }
    /// What the recorder is to do.
    public var recorder: GVPRecorder? {
        get { self.xml.child("recorder").map(GVPRecorder.init) }
        set { self.xml.setChild("recorder", to: newValue?.xml) }
    }
    /// What else there is, in order.
    public var contents: [XMLElement] { self.xml.elements.filter { !$0.isNamed("recorder") } }
}

/// When a conference ends by itself. An open set.
///
/// - Source: RFC 5707 §8.3.
public struct MSMLDeleteWhen: RawRepresentable, Hashable, Sendable {
    /// The word on the wire.
    public var rawValue: String

    /// Reads a word in whatever case.
    public init(rawValue: String) { self.rawValue = rawValue.lowercased() }

    /// When its last member has left. The default, says the text; the schema has `never`.
    public static let noMedia = MSMLDeleteWhen(rawValue: "nomedia")
    /// With the SIP dialog in which it was made.
    public static let noControl = MSMLDeleteWhen(rawValue: "nocontrol")
    /// Only when it is told to.
    public static let never = MSMLDeleteWhen(rawValue: "never")
}

extension XMLElement {
    /// The conference that is meant; some clients write `name` instead of `id`.
    fileprivate var conferenceID: MSMLObjectID {
        MSMLObjectID(parsing: self[msml: "id"] ?? self[msml: "name"] ?? "", default: .conference)
    }

    fileprivate var requiredConference: String {
        get throws(MSMLError) {
            try self[msml: "id"] == nil && self[msml: "name"] != nil ? self.required("name") : self.required("id")
        }
    }
}
