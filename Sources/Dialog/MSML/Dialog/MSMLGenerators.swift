/// Makes digits heard: `dtmfgen[.digits]`, `[.level]`.
///
/// - Source: RFC 5707 §9.7.2.
public struct MSMLDTMFGenerator: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes the digits.
    ///
    /// - Parameters:
    ///   - digits: of `0-9a-d#*`.
    ///   - onExit: what is done afterwards.
    public init(_ digits: String, onExit: [MSMLPrimitive] = []) {
        self.xml = XMLElement("dtmfgen", elements: onExit.isEmpty ? [] : [MSMLHandler("dtmfgenexit", onExit).xml])
        self[.digits] = digits
    }

    init(_ element: XMLElement) { self.xml = element }

    /// How long each digit is heard. `dur`.
    public var duration: Duration? { self.milliseconds("dur") }
    /// The silence behind each digit. `interval`.
    public var interval: Duration? { self.milliseconds("interval") }
    /// What is done afterwards. `dtmfgenexit`.
    public var onExit: MSMLHandler? { self.handler("dtmfgenexit") }

    /// The text has milliseconds here, without a unit; the schema asks for one.
    private func milliseconds(_ name: String) -> Duration? {
        guard let text = self.xml[msml: name] else { return nil }
        return Duration(msml: text.utf8.last.map { (0x30...0x39).contains($0) } == true ? text + "ms" : text)
    }
}

/// Makes tones heard: `tonegen[.iterate]`.
///
/// - Source: RFC 5707 §9.7.3.
public struct MSMLToneGenerator: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes tones.
    ///
    /// - Parameter onExit: what is done afterwards.
    public init(_ tones: [MSMLTone], onExit: [MSMLPrimitive] = []) {
        let exit = onExit.isEmpty ? [] : [MSMLHandler("tonegenexit", onExit).xml]
        self.xml = XMLElement("tonegen", elements: tones.map(\.xml) + exit)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// Tones and silence between them, in order.
    public var tones: [MSMLTone] {
        self.xml.elements.filter { $0.isNamed("tone") || $0.isNamed("silence") }.map(MSMLTone.init)
    }
    /// What is done afterwards. `tonegenexit`.
    public var onExit: MSMLHandler? { self.handler("tonegenexit") }
}

/// One or two frequencies, or silence: `tone[.duration]`, `[.iterate]`.
///
/// - Source: RFC 5707 §9.7.3.1, §9.7.3.2.
public struct MSMLTone: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes silence.
    ///
    /// - Parameter duration: a multiple of 10 ms.
    public init(silence duration: Duration) {
        self.xml = XMLElement("silence", attributes: [XMLAttribute("duration", duration.msml)])
    }

    /// Describes a tone.
    ///
    /// - Parameters:
    ///   - frequencies: one or two, in Hz, below 4 000.
    ///   - attenuation: of each, in dBm0, 0 to -96.
    ///   - duration: a multiple of 10 ms; zero for ever.
    public init(frequencies: [Int], attenuation: Int, duration: Duration) {
        let parts = zip(["tone1", "tone2"], frequencies).map { name, frequency in
            XMLElement(
                name,
                attributes: [XMLAttribute("freq", frequency.msml), XMLAttribute("atten", attenuation.msml)])
        }
        self.xml = XMLElement("tone", attributes: [XMLAttribute("duration", duration.msml)], elements: parts)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// Whether nothing is heard.
    public var isSilence: Bool { self.xml.isNamed("silence") }
    /// One or two: `part[.frequency]`, `[.attenuation]`; and the silence behind them.
    public var parts: [MSMLTone] { self.xml.elements.map(MSMLTone.init) }
}
