/// Orders for a media server, carried out in order until one fails.
///
/// - Source: RFC 5707 §7.
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
        /// Stops media between two objects.
        case unjoin(MSMLJoin)
        /// Anything else, as it came, for the media server to refuse.
        case other(XMLElement)
    }

    /// The orders.
    public var elements: [Element]

    /// Makes a request.
    public init(_ elements: [Element]) { self.elements = elements }

    /// Reads the children of an `msml` element.
    init(_ root: XMLElement) throws(MSMLError) {
        self.elements = []
        for element in root.elements {
            switch element.localName {
            case "createconference": self.elements.append(.createConference(MSMLCreateConference(element)))
            case "modifyconference": self.elements.append(.modifyConference(try MSMLModifyConference(element)))
            case "destroyconference": self.elements.append(.destroyConference(try MSMLDestroyConference(element)))
            case "join": self.elements.append(.join(try MSMLJoin(element)))
            case "unjoin": self.elements.append(.unjoin(try MSMLJoin(element)))
            default: self.elements.append(.other(element))
            }
        }
    }

    /// The bytes of the request in the form that SIP Server sends: a tag a line, CRLF, prefixes undeclared.
    ///
    /// - Source: observed, SIP Server 8.1.
    public func encoded() -> [UInt8] {
        MSML.root(self.elements.map(\.xml)).document(layout: .lines)
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
    /// The mark by which a result says how far it came.
    ///
    /// - Source: RFC 5707 §7.
    public var mark: String? {
        switch self {
        case .createConference(let order): order.mark
        case .modifyConference(let order): order.mark
        case .destroyConference(let order): order.mark
        case .join(let order), .unjoin(let order): order.mark
        case .other(let element): element[attribute: "mark"]
        }
    }

    var xml: XMLElement {
        switch self {
        case .createConference(let order): order.xml
        case .modifyConference(let order): order.xml
        case .destroyConference(let order): order.xml
        case .join(let order): order.xml(named: "join")
        case .unjoin(let order): order.xml(named: "unjoin")
        case .other(let element): element
        }
    }
}
