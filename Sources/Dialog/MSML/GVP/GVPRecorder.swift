/// The recorder of a conference: what it is to do, and what it is to know of the call.
///
/// - Source: observed, SIP Server 8.1: `gvp:recorder`, whose prefix is never declared.
public struct GVPRecorder: Hashable, Sendable {
    /// What the recorder is to do; nil on a conference that is made, where it means to start.
    public var state: GVPRecorderState?
    /// What it is to know, in order.
    public var parameters: [GVPParameter]

    /// Describes an order.
    public init(state: GVPRecorderState? = nil, parameters: [GVPParameter] = []) {
        (self.state, self.parameters) = (state, parameters)
    }

    init(_ element: XMLElement) {
        let direct = element.elements("param")
        let grouped = element.elements("params").flatMap { $0.elements("param") }
        self.parameters = (grouped + direct).compactMap { parameter in
            guard let name = parameter[attribute: "name"] else { return nil }
            return GVPParameter(name, parameter.children.isEmpty ? parameter[attribute: "value"] ?? "" : parameter.text)
        }
        self.state = element[attribute: "state"].map {
            GVPRecorderState(reading: $0, hasParameters: !self.parameters.isEmpty)
        }
    }

    /// The value of the first parameter of a name; case does not matter.
    public subscript(parameter name: String) -> String? {
        let wanted = name.lowercased()
        return self.parameters.first { $0.name.lowercased() == wanted }?.value
    }

    var xml: XMLElement {
        let parameters = self.parameters.map { parameter in
            XMLElement("gvp:param", attributes: [XMLAttribute("name", parameter.name)], text: parameter.value)
        }
        return XMLElement(
            "gvp:recorder", attributes: XMLElement.attributes(["state": self.state?.rawValue]),
            elements: parameters.isEmpty ? [] : [XMLElement("gvp:params", elements: parameters)])
    }
}

/// What a recorder is to do. An open set: a word that is not known stays, for the media server to refuse.
public struct GVPRecorderState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The word on the wire.
    public var rawValue: String

    /// Takes a word as it is.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Begin a recording.
    public static let start = GVPRecorderState(rawValue: "start")
    /// Write nothing until told to resume; the file has silence there.
    public static let pause = GVPRecorderState(rawValue: "pause")
    /// Go on after a pause.
    public static let resume = GVPRecorderState(rawValue: "resume")
    /// End the recording.
    public static let stop = GVPRecorderState(rawValue: "stop")

    /// Understands the words for the state that is to be reached as well as those for the way to it.
    ///
    /// - Parameter hasParameters: whether a recording is described along with the word, which then begins one.
    init(reading text: String, hasParameters: Bool) {
        switch text.lowercased() {
        case "start", "started": self = .start
        case "pause", "paused": self = .pause
        case "resume", "resumed": self = .resume
        case "stop", "stopped": self = .stop
        case "recording": self = hasParameters ? .start : .resume
        default: self.init(rawValue: text)
        }
    }

    /// The word on the wire.
    public var description: String { self.rawValue }
}

/// One thing that a recorder is to know. `gvp:param`.
public struct GVPParameter: Hashable, Sendable {
    /// For example `callUuid`.
    public var name: String
    /// The text.
    public var value: String

    /// Tells one thing.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}
