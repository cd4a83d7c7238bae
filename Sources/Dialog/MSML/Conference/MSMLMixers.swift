/// How a conference mixes audio: `mix[.id]`, `mix[.sampleRate]`.
///
/// - Source: RFC 5707 §8.6.
public struct MSMLAudioMix: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a mix.
    ///
    /// - Parameters:
    ///   - nLoudest: how many of the members are heard at a time; nil for all.
    ///   - reportingInterval: how often active speakers are told at most; zero for never.
    public init(nLoudest: Int? = nil, reportingInterval: Duration? = nil) {
        self.xml = XMLElement("audiomix")
        (self.nLoudest, self.reportingInterval) = (nLoudest, reportingInterval)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// How many of the members are heard at a time; nil for all. `n-loudest`.
    ///
    /// - Source: RFC 5707 §8.6.1.
    public var nLoudest: Int? {
        get { self.xml.child("n-loudest")?[msml: "n"].flatMap(Int.init(msml:)) }
        set { self.set("n-loudest", "n", to: newValue?.msml) }
    }

    /// How often active speakers are told at most; nil where they are not told at all. `asn`.
    ///
    /// - Source: RFC 5707 §8.6.2.
    public var reportingInterval: Duration? {
        get { self.xml.child("asn")?[msml: "ri"].flatMap(Duration.init(msml:)).flatMap { $0 == .zero ? nil : $0 } }
        set { self.set("asn", "ri", to: newValue?.msml) }
    }

    private mutating func set(_ name: String, _ attribute: String, to value: String?) {
        guard let value else { return self.xml.setChild(name, to: nil) }
        var element = self.xml.child(name) ?? XMLElement(name)
        element[msml: attribute] = value
        self.xml.setChild(name, to: element)
    }
}

/// How a conference composes video.
///
/// - Source: RFC 5707 §8.7.
public struct MSMLVideoLayout: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a layout.
    ///
    /// - Parameters:
    ///   - size: the size of the whole picture, for example `CIF`.
    ///   - selectors: what is chosen among several streams.
    ///   - regions: what is always there.
    public init(size: String? = nil, selectors: [MSMLSelector] = [], regions: [MSMLRegion] = []) {
        let root = size.map { XMLElement("root", attributes: [XMLAttribute("size", $0)]) }
        self.xml = XMLElement(
            "videolayout", elements: (root.map { [$0] } ?? []) + selectors.map(\.xml) + regions.map(\.xml))
    }

    init(_ element: XMLElement) { self.xml = element }

    /// The whole picture: `root[.size]`, `[.backgroundColor]`, `[.backgroundImage]`.
    ///
    /// - Source: RFC 5707 §8.7.1.
    public var root: MSMLRegion? { self.xml.child("root").map(MSMLRegion.init) }
    /// The parts of the picture outside of selectors, in order.
    public var regions: [MSMLRegion] { self.xml.children("region").map(MSMLRegion.init) }
    /// What chooses among streams, in order.
    public var selectors: [MSMLSelector] { self.xml.children("selector").map(MSMLSelector.init) }
}

/// A part of a picture, or the whole, or what is shown with one stream: `region[.left]`, `[.top]`, `[.relativeSize]`,
/// `[.priority]`, `[.title]`, `[.blank]`, `[.freeze]`.
///
/// - Source: RFC 5707 §8.7.2.
public struct MSMLRegion: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a part of the picture; positions are pixels or per cent.
    public init(id: String, left: String, top: String, relativeSize: String) {
        self.xml = XMLElement(
            "region",
            attributes: XMLElement.attributes(["id": id, "left": left, "top": top, "relativesize": relativeSize]))
    }

    init(_ element: XMLElement) { self.xml = element }
}

/// What chooses which stream is shown: `selector[.status]`, `[.switchingInterval]`, `[.speakerSees]`,
/// `[.blankOthers]`.
///
/// - Source: RFC 5707 §8.7.3.
public struct MSMLSelector: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a choice.
    ///
    /// - Parameters:
    ///   - method: `vas` by voice; `confrole` from SIP Server, by the role in the conference.
    ///   - regions: where the chosen streams are shown; none for the whole picture.
    public init(id: String? = nil, method: String, regions: [MSMLRegion] = []) {
        self.xml = XMLElement(
            "selector", attributes: XMLElement.attributes(["id": id, "method": method]), elements: regions.map(\.xml))
    }

    init(_ element: XMLElement) { self.xml = element }

    /// Where the chosen streams are shown, in order.
    public var regions: [MSMLRegion] { self.xml.children("region").map(MSMLRegion.init) }
}

/// What must be there for a conference.
///
/// - Source: RFC 5707 §8.3.1.
public struct MSMLReservation: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    init(_ element: XMLElement) { self.xml = element }

    /// Whether the conference must not be made without it.
    public var isRequired: Bool { self[.required] ?? true }
    /// What is reserved: `resource[.count]`, `[.type]` `individual` or `shared`. What it is, is the media server's own.
    public var resources: [XMLElement] { self.xml.children("resource") }
}
