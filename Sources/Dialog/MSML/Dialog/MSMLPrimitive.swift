/// One step of a dialog.
///
/// - Source: RFC 5707 §9.2.
public enum MSMLPrimitive: Hashable, Sendable {
    /// Plays. `play`.
    case play(MSMLPlay)
    /// Records. `record`.
    case record(MSMLRecord)
    /// Collects digits. `collect`, or `dtmf`.
    case collect(MSMLCollect)
    /// Makes digits heard. `dtmfgen`.
    case generateDTMF(MSMLDTMFGenerator)
    /// Makes tones heard. `tonegen`.
    case generateTones(MSMLToneGenerator)
    /// Does several things at once. `group`.
    case group(MSMLGroup)
    /// Notices voice and silence. `vad`.
    case detectVoice(MSMLVoiceDetector)
    /// Changes the media on their way. `gain`, `agc`, `gate`, `clamp`, `relay`.
    case transform(MSMLTransform)
    /// Understands words. `speech`.
    case recognize(MSMLSpeech)
    /// Sends an event. `send`.
    case send(MSMLSend)
    /// Ends the dialog. `exit`.
    case exit(MSMLExit)
    /// Ends the dialog and the connection. `disconnect`.
    case disconnect(MSMLExit)
    /// Anything else, as it came: fax, and what others have added.
    case other(XMLElement)

    /// Reads an element by its name.
    public init(_ element: XMLElement) {
        switch element.plainName {
        case "play": self = .play(MSMLPlay(element))
        case "record": self = .record(MSMLRecord(element))
        case "collect", "dtmf": self = .collect(MSMLCollect(element))
        case "dtmfgen": self = .generateDTMF(MSMLDTMFGenerator(element))
        case "tonegen": self = .generateTones(MSMLToneGenerator(element))
        case "group": self = .group(MSMLGroup(element))
        case "vad": self = .detectVoice(MSMLVoiceDetector(element))
        case "gain", "agc", "gate", "clamp", "relay": self = .transform(MSMLTransform(element))
        case "speech": self = .recognize(MSMLSpeech(element))
        case "send": self = .send(MSMLSend(element))
        case "exit": self = .exit(MSMLExit(element))
        case "disconnect": self = .disconnect(MSMLExit(element))
        default: self = .other(element)
        }
    }

    /// The element as it is written.
    public var xml: XMLElement {
        switch self {
        case .play(let element): element.xml
        case .record(let element): element.xml
        case .collect(let element): element.xml
        case .generateDTMF(let element): element.xml
        case .generateTones(let element): element.xml
        case .group(let element): element.xml
        case .detectVoice(let element): element.xml
        case .transform(let element): element.xml
        case .recognize(let element): element.xml
        case .send(let element): element.xml
        case .exit(let element), .disconnect(let element): element.xml
        case .other(let element): element
        }
    }
}

/// Ends the dialog: `exit[.names]` with what the client is told.
///
/// - Source: RFC 5707 §9.6.4, §9.6.5.
public struct MSMLExit: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Ends the dialog.
    ///
    /// - Parameters:
    ///   - names: the variables that the client is told.
    ///   - disconnects: whether the connection ends as well.
    public init(_ names: MSMLNames? = nil, disconnects: Bool = false) {
        self.xml = XMLElement(
            disconnects ? "disconnect" : "exit", attributes: XMLElement.attributes(["namelist": names?.msml]))
    }

    init(_ element: XMLElement) { self.xml = element }
}

/// What is done when something has happened: `playexit`, `pattern`, `detect`, `noinput`, `nomatch`, `voice`, `match`
/// and their like, with `pattern[.digits]`, `voice[.length]` and so on.
public struct MSMLHandler: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes what is done.
    ///
    /// - Parameters:
    ///   - name: the name of the element, for example `noinput`.
    ///   - actions: events that are sent, and perhaps the end of the dialog, in order.
    public init(_ name: String, _ actions: [MSMLPrimitive] = []) {
        self.xml = XMLElement(name, elements: actions.map(\.xml))
    }

    /// Describes what is done when digits match.
    ///
    /// - Parameters:
    ///   - digits: in ``format``, for example `xxxx#`.
    ///   - format: `moml+digits` where it is nil, `mgcp` or `megaco`.
    public static func pattern(_ digits: String, format: String? = nil, _ actions: [MSMLPrimitive]) -> MSMLHandler {
        var handler = MSMLHandler("pattern", actions)
        (handler[.digits], handler[.format]) = (digits, format)
        return handler
    }

    init(_ element: XMLElement) { self.xml = element }

    /// The name of the element, for example `noinput`.
    public var name: String { self.xml.localName }
    /// Events that are sent, and perhaps the end of the dialog, in order.
    public var actions: [MSMLPrimitive] { self.xml.elements.map(MSMLPrimitive.init) }
}

extension MSMLElement {
    /// What is done when something has happened.
    func handler(_ name: String) -> MSMLHandler? { self.xml.child(name).map(MSMLHandler.init) }
}
