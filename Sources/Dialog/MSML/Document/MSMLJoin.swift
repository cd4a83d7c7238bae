/// Two objects between which media flows, or no longer does.
///
/// - Source: RFC 5707 §8.
public struct MSMLJoin: Hashable, Sendable {
    /// One object, for example a connection.
    public var id1: MSMLObjectID
    /// The other, for example a conference.
    public var id2: MSMLObjectID
    /// Names this order in the result.
    public var mark: String?
    /// Which streams; none means all that both have.
    public var streams: [MSMLStream]

    /// Names two objects; the order does not matter.
    public init(_ id1: MSMLObjectID, _ id2: MSMLObjectID, mark: String? = nil, streams: [MSMLStream] = []) {
        (self.id1, self.id2, self.mark, self.streams) = (id1, id2, mark, streams)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.id1 = MSMLObjectID(parsing: try element.required("id1"))
        self.id2 = MSMLObjectID(parsing: try element.required("id2"))
        self.mark = element[attribute: "mark"]
        self.streams = []
        for stream in element.elements("stream") { self.streams.append(try MSMLStream(stream)) }
    }

    /// The connection, where one of the two is one. An object that names no kind counts where the other is
    /// a conference.
    public var connection: MSMLObjectID? { self.object(.connection, otherwise: .conference) }

    /// The conference, where one of the two is one. An object that names no kind counts where the other is
    /// a connection.
    public var conference: MSMLObjectID? { self.object(.conference, otherwise: .connection) }

    private func object(_ kind: MSMLObjectID.Kind, otherwise other: MSMLObjectID.Kind) -> MSMLObjectID? {
        let both = [self.id1, self.id2]
        if let said = both.first(where: { $0.kind == kind }) { return said }
        guard both.contains(where: { $0.kind == other }), var unsaid = both.first(where: { $0.kind == nil }) else {
            return nil
        }
        unsaid.kind = kind
        return unsaid
    }

    func xml(named name: String) -> XMLElement {
        XMLElement(
            name,
            attributes: XMLElement.attributes([
                "id1": self.id1.description, "id2": self.id2.description, "mark": self.mark,
            ]), elements: self.streams.map(\.xml))
    }
}

/// One stream between two objects.
///
/// - Source: RFC 5707 §8.
public struct MSMLStream: Hashable, Sendable {
    /// `audio` or `video`.
    public var media: String
    /// `to-id1` or `from-id1`; nil for both ways. `dir`.
    public var direction: String?
    /// What else is said of the stream, in order.
    public var contents: [XMLElement]

    /// Describes a stream.
    public init(_ media: String, direction: String? = nil, contents: [XMLElement] = []) {
        (self.media, self.direction, self.contents) = (media, direction, contents)
    }

    init(_ element: XMLElement) throws(MSMLError) {
        self.media = try element.required("media")
        self.direction = element[attribute: "dir"]
        self.contents = element.elements
    }

    var xml: XMLElement {
        XMLElement(
            "stream", attributes: XMLElement.attributes(["media": self.media, "dir": self.direction]),
            elements: self.contents)
    }
}
