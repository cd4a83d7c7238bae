/// What the lines of a session and those of one medium have in common. Closed: there are no other levels.
///
/// - Source: RFC 8866 §5.
public protocol SDPLevel {
    /// The lines of the level, in order.
    var lines: SDPLines { get set }
}

extension SDPLevel {
    /// Where media goes; a medium without a place of its own goes where the session says.
    ///
    /// - Source: RFC 8866 §5.7.
    public var connection: SDPConnection? {
        get { self.lines.first("c") { SDPConnection($0, $1) } }
        set { self.lines.set("c", to: newValue?.description) }
    }

    /// How much is sent at most, by ways of counting.
    ///
    /// - Source: RFC 8866 §5.8.
    public var bandwidths: [SDPBandwidth] {
        var bandwidths: [SDPBandwidth] = []
        _ = self.lines.first("b") { span, range -> Never? in
            if let bandwidth = SDPBandwidth(span, range) { bandwidths.append(bandwidth) }
            return nil
        }
        return bandwidths
    }

    /// The attributes, in order.
    public var attributes: [SDPAttribute] { self.lines.compactMap(\.attribute) }

    /// The value of the first attribute of a name; "" for a flag; nil where there is none.
    public func attribute(_ name: String) -> String? {
        self.lines.firstAttribute(SDPAttributeName(name)) { $0.string($1) }
    }

    /// The direction, where this level says so itself.
    public var direction: MediaDirection? {
        get { self.lines.first("a") { MediaDirection($0, $1) } }
        set {
            let isDirection = { (line: SDPLine) in line.type == "a" && MediaDirection(rawValue: line.value) != nil }
            let place = self.lines.firstIndex(where: isDirection) ?? self.lines.endIndex
            self.lines.removeAll(where: isDirection)
            if let newValue { self.lines.insert(.attribute(newValue.rawValue), at: place) }
        }
    }
}
