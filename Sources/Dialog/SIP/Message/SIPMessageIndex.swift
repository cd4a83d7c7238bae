/// Where the parts of a message stand in its bytes: made in one pass over the header, with nothing allocated for it.
///
/// For those who only look: a router, a filter, a check that needs no state. It knows places, not bytes, so it is read
/// together with the span that it was made of.
///
/// - Source: RFC 3261 §7.
public struct SIPMessageIndex: Sendable {
    /// Where one header field stands.
    struct Field: Sendable {
        /// Where name and value begin and end, 16 bits each.
        fileprivate var places: UInt64
        var kind: SIPHeaderKind

        fileprivate init(places: UInt64, kind: SIPHeaderKind) { (self.places, self.kind) = (places, kind) }

        @inline(__always)
        init(_ kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>) {
            self.kind = kind
            self.places =
                Self.place(name.lowerBound, 0) | Self.place(name.upperBound, 16) | Self.place(value.lowerBound, 32)
                | Self.place(value.upperBound, 48)
        }

        private static func place(_ position: Int, _ shift: UInt64) -> UInt64 {
            UInt64(UInt16(truncatingIfNeeded: position)) << shift
        }

        var name: Range<Int> { self.range(0) }
        var value: Range<Int> { self.range(32) }

        @inline(__always)
        private func range(_ shift: UInt64) -> Range<Int> {
            let start = Int(UInt16(truncatingIfNeeded: self.places >> shift))
            return start..<max(start, Int(UInt16(truncatingIfNeeded: self.places >> (shift + 16))))
        }
    }

    /// So many fields need no array.
    static let inlineCount = 32

    private var places: InlineArray<32, UInt64>
    private var kinds: InlineArray<32, SIPHeaderKind>
    private var others: [Field]
    /// How many header fields there are.
    public private(set) var fieldCount = 0

    /// The first line.
    var start: Start
    /// Where the body stands, as far as Content-Length says that it goes.
    public internal(set) var body: Range<Int> = 0..<0

    /// What the first line says.
    struct Start: Sendable {
        /// The line without its end.
        var line: Range<Int>
        /// The method; empty in a response.
        var method: Range<Int>
        /// The request URI, or the reason phrase.
        var rest: Range<Int>
        /// The status code of a response; 0 in a request.
        var status: Int
    }

    init(start: Start) {
        self.places = InlineArray(repeating: 0)
        self.kinds = InlineArray(repeating: .other)
        self.others = []
        self.start = start
    }

    /// The field at a place, 0 to ``fieldCount``.
    @inline(__always)
    subscript(index: Int) -> Field {
        guard index < Self.inlineCount else { return self.others[index - Self.inlineCount] }
        return Field(places: self.places[index], kind: self.kinds[index])
    }

    @inline(__always)
    mutating func append(_ kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>) {
        let field = Field(kind, name: name, value: value)
        if self.fieldCount < Self.inlineCount {
            self.places[self.fieldCount] = field.places
            self.kinds[self.fieldCount] = field.kind
        } else {
            self.others.append(field)
        }
        self.fieldCount += 1
    }
}

extension SIPMessageIndex {
    /// Whether this is a request.
    public var isRequest: Bool { self.start.status == 0 }

    /// The status of a response; nil for a request.
    public var status: SIPStatus? { self.isRequest ? nil : SIPStatus(self.start.status) }

    /// The message, from its first line to the end of its body.
    public var message: Range<Int> { self.start.line.lowerBound..<self.body.upperBound }

    /// Where the first line stands, without its line end.
    public var startLine: Range<Int> { self.start.line }

    /// Where the method of a request stands; empty for a response.
    public var method: Range<Int> { self.start.method }

    /// Where the request URI stands, or the reason phrase of a response.
    public var requestURI: Range<Int> { self.start.rest }

    /// Where the name of a field stands.
    ///
    /// - Parameter index: 0 to ``fieldCount``.
    public func name(at index: Int) -> Range<Int> { self[index].name }

    /// Where the value of a field stands, with all the values of a list and with its folds.
    ///
    /// - Parameter index: 0 to ``fieldCount``.
    public func value(at index: Int) -> Range<Int> { self[index].value }

    /// Where the value of the first field of a name stands, with all the values of a list; nil where there is none.
    ///
    /// - Parameter bytes: those that the index was made of.
    public func value<Value>(of name: SIPHeaderName<Value>, in bytes: Span<UInt8>) -> Range<Int>? {
        for index in 0..<self.fieldCount {
            let field = self[index]
            guard field.kind == name.kind else { continue }
            if field.kind == .other, !bytes.equalsIgnoringCase(field.name, name.name) { continue }
            return field.value
        }
        return nil
    }
}
