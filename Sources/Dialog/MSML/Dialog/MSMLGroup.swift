/// Does several things at once: `group[.topology]`, `group[.id]`.
///
/// - Source: RFC 5707 §9.8.1.
public struct MSMLGroup: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a group.
    ///
    /// - Parameters:
    ///   - topology: how media flow: `parallel`, `serial` or `fullduplex`.
    ///   - onExit: what is done when all have ended.
    public init(_ topology: String, id: String? = nil, _ contents: [MSMLPrimitive], onExit: [MSMLPrimitive] = []) {
        let exit = onExit.isEmpty ? [] : [MSMLHandler("groupexit", onExit).xml]
        self.xml = XMLElement(
            "group", attributes: XMLElement.attributes(["topology": topology, "id": id]),
            elements: contents.map(\.xml) + exit)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What is done at once, in order.
    public var contents: [MSMLPrimitive] {
        self.xml.elements.filter { !$0.isNamed("groupexit") }.map(MSMLPrimitive.init)
    }
    /// What is done when all have ended. `groupexit`.
    public var onExit: MSMLHandler? { self.handler("groupexit") }
}

/// Changes media on their way: `gain[.amount]`, `[.increment]`; `agc[.targetLevel]`, `[.maxGain]`; `gate[.initial]`;
/// `clamp`; `relay`.
///
/// - Source: RFC 5707 §9.9.2 to §9.9.6; §8.12.1 for those of a stream.
public struct MSMLTransform: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    init(_ element: XMLElement) { self.xml = element }

    /// Makes media louder or softer.
    public static func gain(_ amount: MSMLGain) -> MSMLTransform {
        MSMLTransform(XMLElement("gain", attributes: [XMLAttribute("amt", amount.msml)]))
    }

    /// Brings media to a level, in dBm0, -40 to 0.
    public static func automaticGain(targetLevel: Int) -> MSMLTransform {
        MSMLTransform(XMLElement("agc", attributes: [XMLAttribute("tgtlvl", targetLevel.msml)]))
    }

    /// Lets media pass, or not.
    ///
    /// - Parameter initial: `pass` or `halt`.
    public static func gate(_ initial: String = "pass") -> MSMLTransform {
        MSMLTransform(XMLElement("gate", attributes: [XMLAttribute("initial", initial)]))
    }

    /// Takes digits out of the media.
    public static var clamp: MSMLTransform { MSMLTransform(XMLElement("clamp")) }
    /// Leaves the media as they are.
    public static var relay: MSMLTransform { MSMLTransform(XMLElement("relay")) }

    /// The name of the element, for example `agc`.
    public var name: String { self.xml.localName }
}

/// Notices voice and silence: `vad[.startTimer]`.
///
/// - Source: RFC 5707 §9.9.1.
public struct MSMLVoiceDetector: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes what is noticed.
    ///
    /// - Parameter conditions: `voice`, `silence`, `tvoice`, `tsilence`, each with ``MSMLAttribute/length``.
    public init(_ conditions: [MSMLHandler]) { self.xml = XMLElement("vad", elements: conditions.map(\.xml)) }

    init(_ element: XMLElement) { self.xml = element }

    /// What is noticed, and done then: `voice[.length]`, `[.separation]`.
    public var conditions: [MSMLHandler] { self.xml.elements.map(MSMLHandler.init) }
}

/// Understands words: `speech[.confidence]`, `[.sensitivity]`, `[.startTimer]`, `[.iterate]`.
///
/// - Source: RFC 5707 §9.10.1.
public struct MSMLSpeech: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    init(_ element: XMLElement) { self.xml = element }

    /// What is understood, as SRGS writes it, with `match` for what is done then.
    public var grammars: [XMLElement] { self.xml.children("grammar") }
    /// What is done when nothing is said. `noinput`.
    public var onNoInput: MSMLHandler? { self.handler("noinput") }
    /// What is done when nothing is understood. `nomatch`.
    public var onNoMatch: MSMLHandler? { self.handler("nomatch") }
    /// What is done at the end. `speechexit`.
    public var onExit: MSMLHandler? { self.handler("speechexit") }
}
