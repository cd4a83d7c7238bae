/// Plays one thing after another: `play[.barge]`, `[.clearDigitBuffer]`, `[.iterate]`, `[.interval]`, `[.maxTime]`,
/// `[.offset]`, `[.skip]`, `[.initial]`, `[.language]`.
///
/// - Source: RFC 5707 §9.7.1.
public struct MSMLPlay: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes what is played.
    ///
    /// - Parameters:
    ///   - barge: whether digits end it.
    ///   - onExit: what is done afterwards.
    public init(_ media: [MSMLMedia], barge: Bool? = nil, onExit: [MSMLPrimitive] = []) {
        let exit = onExit.isEmpty ? [] : [MSMLHandler("playexit", onExit).xml]
        self.xml = XMLElement("play", elements: media.map(\.xml) + exit)
        self[.barge] = barge
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What is played, in order.
    public var media: [MSMLMedia] { self.xml.elements.filter { !$0.isNamed("playexit") }.map(MSMLMedia.init) }
    /// What is done afterwards. `playexit`.
    public var onExit: MSMLHandler? { self.handler("playexit") }
}

/// One thing that is played: `audio[.uri]`, `[.format]`, `[.iterate]`, `[.language]`; `variable[.type]`, `[.subtype]`,
/// `[.value]`.
///
/// - Source: RFC 5707 §9.7.1.1 to §9.7.1.4, §9.10.2.1.
public struct MSMLMedia: MSMLElement {
    /// What it is. An open set.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The name of the element.
        public var rawValue: String

        /// Takes a name in whatever case.
        public init(rawValue: String) { self.rawValue = rawValue.lowercased() }

        /// Sound from a file.
        public static let audio = Kind(rawValue: "audio")
        /// Pictures, perhaps with sound, from a file.
        public static let video = Kind(rawValue: "video")
        /// Sound and pictures at the same time.
        public static let media = Kind(rawValue: "media")
        /// Text that is spoken.
        public static let speech = Kind(rawValue: "tts")
        /// A number, a date, an amount, put together from recorded words.
        public static let variable = Kind(rawValue: "var")
    }

    /// The element as it is written.
    public var xml: XMLElement

    init(_ element: XMLElement) { self.xml = element }

    /// Sound from a file.
    public static func audio(_ uri: String, iterate: MSMLIterations? = nil) -> MSMLMedia {
        MSMLMedia(XMLElement("audio", attributes: XMLElement.attributes(["uri": uri, "iterate": iterate?.msml])))
    }

    /// Pictures, perhaps with sound, from a file.
    public static func video(_ uri: String, iterate: MSMLIterations? = nil) -> MSMLMedia {
        MSMLMedia(XMLElement("video", attributes: XMLElement.attributes(["uri": uri, "iterate": iterate?.msml])))
    }

    /// Text that is spoken.
    public static func speech(_ text: String, language: String? = nil) -> MSMLMedia {
        MSMLMedia(XMLElement("tts", attributes: XMLElement.attributes(["xml:lang": language]), text: text))
    }

    /// A value in recorded words.
    ///
    /// - Parameter type: `date`, `digits`, `duration`, `month`, `money`, `number`, `silence`, `time` or `weekday`.
    public static func variable(_ type: String, subtype: String? = nil, _ value: String) -> MSMLMedia {
        MSMLMedia(
            XMLElement(
                "var", attributes: XMLElement.attributes(["type": type, "subtype": subtype, "value": value])))
    }

    /// What it is.
    public var kind: Kind { Kind(rawValue: self.xml.localName) }
    /// What is played at the same time, where it is ``Kind/media``.
    public var parts: [MSMLMedia] { self.kind == .media ? self.xml.elements.map(MSMLMedia.init) : [] }
    /// The text that is spoken, where it is here.
    public var text: String { self.xml.text }
}
