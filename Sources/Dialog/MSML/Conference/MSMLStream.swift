/// One stream between two objects: `stream[.preferred]`, `[.display]`, `[.override]`, `[.compressed]`.
///
/// - Source: RFC 5707 §8.12.
public struct MSMLStream: MSMLElement {
    /// The element as it is written.
    public var xml: XMLElement

    /// Describes a stream.
    ///
    /// - Parameters:
    ///   - media: `audio` or `video`.
    ///   - direction: nil for both ways.
    ///   - contents: what is done to the stream, in order.
    public init(_ media: String, direction: MSMLDirection? = nil, contents: [XMLElement] = []) {
        self.xml = XMLElement(
            "stream", attributes: XMLElement.attributes(["media": media, "dir": direction?.rawValue]),
            elements: contents)
    }

    init(_ element: XMLElement) { self.xml = element }

    /// `audio` or `video`, in small letters.
    public var media: String { self.xml[msml: "media"]?.lowercased() ?? "" }
    /// Nil for both ways. `dir`.
    public var direction: MSMLDirection? { self.xml[msml: "dir"].map(MSMLDirection.init(rawValue:)) }
    /// How loud the stream is made: `gain[.amount]`, or `[.agc]` with `[.targetLevel]` and `[.maxGain]`.
    ///
    /// - Source: RFC 5707 §8.12.1.1.
    public var gain: MSMLTransform? { self.xml.child("gain").map(MSMLTransform.init) }
    /// What is taken out of the stream: `clamp[.dtmf]`, `[.tone]`.
    ///
    /// - Source: RFC 5707 §8.12.1.2.
    public var clamp: MSMLTransform? { self.xml.child("clamp").map(MSMLTransform.init) }
    /// What is shown with the stream: `visual[.title]` and the other attributes of a region.
    ///
    /// - Source: RFC 5707 §8.12.2.1.
    public var visual: MSMLRegion? { self.xml.child("visual").map(MSMLRegion.init) }
    /// All that is said of the stream, in order.
    public var contents: [XMLElement] { self.xml.elements }
}

/// Which way a stream flows, as seen from the first object. An open set.
///
/// - Source: RFC 5707 §8.12.
public struct MSMLDirection: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The word on the wire.
    public var rawValue: String

    /// Reads a word in whatever case.
    public init(rawValue: String) { self.rawValue = rawValue.lowercased() }
    /// Reads a word in whatever case.
    public init(stringLiteral word: String) { self.init(rawValue: word) }

    /// From the first object to the second.
    public static let fromID1: MSMLDirection = "from-id1"
    /// From the second object to the first.
    public static let toID1: MSMLDirection = "to-id1"
}
