/// Records: `record[.destination]`, `[.audioDestination]`, `[.videoDestination]`, `[.format]`, `[.append]`,
/// `[.maxTime]`, `[.preSpeech]`, `[.postSpeech]`, `[.terminationKey]`, `[.initial]`.
///
/// - Source: RFC 5707 §9.7.4.
public struct MSMLRecord: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a recording.
    ///
    /// - Parameters:
    ///   - destination: nil where the media server is to choose the place.
    ///   - format: for example `audio/wav;codecs=pcmu`.
    ///   - prompt: what is played before.
    ///   - onExit: what is done afterwards.
    public init(
        to destination: String?, format: String, maxTime: Duration, prompt: MSMLPlay? = nil,
        onExit: [MSMLPrimitive] = []
    ) {
        let exit = onExit.isEmpty ? [] : [MSMLHandler("recordexit", onExit).xml]
        self.xml = XMLElement("record", elements: (prompt.map { [$0.xml] } ?? []) + exit)
        (self[.destination], self[.format], self[.maxTime]) = (destination, format, maxTime)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What is played before.
    public var prompt: MSMLPlay? { self.xml.child("play").map(MSMLPlay.init) }
    /// The tones that are heard before.
    public var tones: MSMLToneGenerator? { self.xml.child("tonegen").map(MSMLToneGenerator.init) }
    /// What is done afterwards. `recordexit`.
    public var onExit: MSMLHandler? { self.handler("recordexit") }
}

/// Collects digits: `collect[.firstDigitTimer]`, `[.interDigitTimer]`, `[.extraDigitTimer]`, `[.longDigitDuration]`,
/// `[.clearDigitBuffer]`, `[.startTimer]`, `[.iterate]`. `collect`, or `dtmf`, which means the same.
///
/// - Source: RFC 5707 §9.7.5.
public struct MSMLCollect: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes what digits are waited for.
    ///
    /// - Parameters:
    ///   - patterns: see ``MSMLHandler/pattern(_:format:_:)``.
    ///   - prompt: what is played before.
    ///   - others: what is done in other cases: `detect`, `noinput`, `nomatch`, `dtmfexit`.
    public init(_ patterns: [MSMLHandler], prompt: MSMLPlay? = nil, others: [MSMLHandler] = []) {
        self.xml = XMLElement("collect", elements: (prompt.map { [$0.xml] } ?? []) + (patterns + others).map(\.xml))
    }

    init(_ element: XMLElement) { self.xml = element }

    /// What is played before.
    public var prompt: MSMLPlay? { self.xml.child("play").map(MSMLPlay.init) }
    /// What is done when digits match: `pattern[.digits]`, `[.format]`, `[.iterate]`.
    public var patterns: [MSMLHandler] { self.xml.children("pattern").map(MSMLHandler.init) }
    /// What is done at the first digit. `detect`.
    public var onDetect: MSMLHandler? { self.handler("detect") }
    /// What is done when no digit comes. `noinput`.
    public var onNoInput: MSMLHandler? { self.handler("noinput") }
    /// What is done when nothing can match any more. `nomatch`.
    public var onNoMatch: MSMLHandler? { self.handler("nomatch") }
    /// What is done at the end. `dtmfexit`.
    public var onExit: MSMLHandler? { self.handler("dtmfexit") }
}
