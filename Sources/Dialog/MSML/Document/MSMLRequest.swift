/// Orders for a media server, carried out in order until one fails.
///
/// - Source: RFC 5707 §5, §7.1.
public struct MSMLRequest: Hashable, Sendable {
    /// One order.
    public enum Element: Hashable, Sendable {
        /// Makes a conference.
        case createConference(MSMLCreateConference)
        /// Changes a conference.
        case modifyConference(MSMLModifyConference)
        /// Ends a conference.
        case destroyConference(MSMLDestroyConference)
        /// Lets media flow between two objects.
        case join(MSMLJoin)
        /// Changes media that flows between two objects.
        case modifyStream(MSMLJoin)
        /// Stops media between two objects.
        case unjoin(MSMLJoin)
        /// Lets an object hear what a connection hears.
        case monitor(MSMLMonitor)
        /// Starts a dialog.
        case dialogStart(MSMLDialogStart)
        /// Ends a dialog.
        case dialogEnd(MSMLDialogEnd)
        /// Sends an event to an object.
        case send(MSMLSend)
        /// Asks what there is.
        case audit(MSMLAudit)
        /// Anything else, as it came, for the media server to refuse.
        case other(XMLElement)
    }

    /// The orders.
    public var elements: [Element]
    /// What the root says beside them: the version, namespaces.
    public var attributes: [XMLAttribute]

    /// Makes a request.
    public init(_ elements: [Element]) {
        (self.elements, self.attributes) = (elements, [XMLAttribute("version", MSML.version)])
    }

    /// Reads the children of an `msml` element. Text between them means nothing, and is not kept.
    init(root: XMLElement) throws(MSMLError) {
        (self.elements, self.attributes) = ([], root.attributes)
        self.elements.reserveCapacity(root.children.count)
        for case .element(let element) in root.children { self.elements.append(try Element(element)) }
    }

    /// Whether an element is an order that the RFC has.
    static func isOrder(_ element: XMLElement) -> Bool { Self.orders.contains(element.plainName) }

    static let orders: Set<String> = [
        "createconference", "modifyconference", "destroyconference", "join", "modifystream", "unjoin", "monitor",
        "dialogstart", "dialogend", "send", "audit",
    ]

    /// The bytes of the request in the form that SIP Server sends: a tag a line, CRLF, prefixes undeclared.
    ///
    /// - Source: observed, SIP Server 8.1.
    public func encoded() -> [UInt8] {
        XMLElement("msml", attributes: self.attributes, elements: self.elements.map(\.xml)).document(layout: .lines)
    }
}

extension MSMLRequest {
    /// Makes a conference with a recorder and joins both parties of a call to it.
    ///
    /// - Parameters:
    ///   - conference: the name of the conference.
    ///   - parameters: what the media server is to know of the recording, in order.
    ///   - connections: the names of the parties' connections.
    public static func startRecording(
        in conference: String, parameters: [GVPParameter], joining connections: [String]
    ) -> MSMLRequest {
        let creation = MSMLCreateConference(
            name: conference, terminates: false, recorder: GVPRecorder(parameters: parameters))
        let joins = connections.map { connection in
            Element.join(
                MSMLJoin(
                    .connection(connection), .conference(conference),
                    streams: [MSMLStream("audio"), MSMLStream("video")]))
        }
        return MSMLRequest([.createConference(creation)] + joins)
    }

    /// Tells the recorder of a conference to pause, resume, stop or start again.
    ///
    /// - Parameter parameters: what the media server is to know of a recording that starts.
    public static func changeRecorder(
        of conference: String, to state: GVPRecorderState, parameters: [GVPParameter] = []
    ) -> MSMLRequest {
        MSMLRequest([
            .modifyConference(
                MSMLModifyConference(
                    id: .conference(conference), recorder: GVPRecorder(state: state, parameters: parameters)))
        ])
    }
}

extension MSMLRequest.Element {
    init(_ element: XMLElement) throws(MSMLError) {
        switch element.plainName {
        case "createconference": self = .createConference(MSMLCreateConference(element))
        case "modifyconference": self = .modifyConference(try MSMLModifyConference(element))
        case "destroyconference": self = .destroyConference(try MSMLDestroyConference(element))
        case "join": self = .join(try MSMLJoin(element))
        case "modifystream": self = .modifyStream(try MSMLJoin(element))
        case "unjoin": self = .unjoin(try MSMLJoin(element))
        case "monitor": self = .monitor(try MSMLMonitor(element))
        case "dialogstart": self = .dialogStart(try MSMLDialogStart(element))
        case "dialogend": self = .dialogEnd(try MSMLDialogEnd(element))
        case "send": self = .send(try MSMLSend(order: element))
        case "audit": self = .audit(try MSMLAudit(element))
        default: self = .other(element)
        }
    }

    /// The mark by which a result says how far it came.
    ///
    /// - Source: RFC 5707 §5.
    public var mark: String? { self.xml[msml: "mark"] }

    /// The order as it is written.
    public var xml: XMLElement {
        switch self {
        case .createConference(let order): order.xml
        case .modifyConference(let order): order.xml
        case .destroyConference(let order): order.xml
        case .join(let order): order.xml.renamed("join")
        case .modifyStream(let order): order.xml.renamed("modifystream")
        case .unjoin(let order): order.xml.renamed("unjoin")
        case .monitor(let order): order.xml
        case .dialogStart(let order): order.xml
        case .dialogEnd(let order): order.xml
        case .send(let order): order.xml
        case .audit(let order): order.xml
        case .other(let element): element
        }
    }
}

extension XMLElement {
    /// The element under another name, where it is not called so already.
    fileprivate func renamed(_ name: String) -> XMLElement {
        guard !self.isNamed(name) else { return self }
        return XMLElement(name, attributes: self.attributes, children: self.children)
    }
}
