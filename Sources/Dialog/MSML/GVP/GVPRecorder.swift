/// The recorder of a conference: what it is to do, and what it is to know of the call.
///
/// - Source: observed, SIP Server 8.1: `gvp:recorder`, whose prefix is never declared.
public struct GVPRecorder: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes an order.
    ///
    /// - Parameters:
    ///   - state: what the recorder is to do; nil on a conference that is made, where it means to start.
    ///   - parameters: what it is to know, in order.
    public init(state: GVPRecorderState? = nil, parameters: [GVPParameter] = []) {
        let elements = parameters.map { parameter in
            XMLElement("gvp:param", attributes: [XMLAttribute("name", parameter.name)], text: parameter.value)
        }
        self.xml = XMLElement(
            "gvp:recorder", attributes: XMLElement.attributes(["state": state?.rawValue]),
            elements: elements.isEmpty ? [] : [XMLElement("gvp:params", elements: elements)])
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What the recorder is to do; nil on a conference that is made, where it means to start.
    public var state: GVPRecorderState? {
        self.xml[msml: "state"].map { GVPRecorderState(reading: $0, hasParameters: !self.parameters.isEmpty) }
    }

    /// What it is to know, in order: those in `gvp:params`, and then those that stand by themselves.
    public var parameters: [GVPParameter] {
        var parameters: [GVPParameter] = []
        for case .element(let group) in self.xml.children where group.isNamed("params") {
            Self.read(group, into: &parameters)
        }
        Self.read(self.xml, into: &parameters)
        return parameters
    }

    private static func read(_ group: XMLElement, into parameters: inout [GVPParameter]) {
        for case .element(let element) in group.children where element.isNamed("param") {
            guard let name = element[msml: "name"] else { continue }
            parameters.append(
                GVPParameter(name, element.children.isEmpty ? element[msml: "value"] ?? "" : element.text))
        }
    }

    /// The value of the first parameter of a name; case does not matter.
    public subscript(parameter name: String) -> String? {
        let wanted = name.lowercased()
        return self.parameters.first { $0.name.lowercased() == wanted }?.value
    }

    /// The order in the form in which this library writes it.
    var meaning: XMLElement { GVPRecorder(state: self.state, parameters: self.parameters).xml }
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
