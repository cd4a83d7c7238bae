/// One line of a session description, kept as it stands so that what is not understood survives a round trip.
///
/// - Source: RFC 8866 §5.
public struct SDPLine: Hashable, Sendable, CustomStringConvertible {
    /// The letter before the `=`.
    public var type: Character
    /// What follows the `=`, without the line end.
    public var value: String

    /// Makes a line.
    public init(_ type: Character, _ value: String) { (self.type, self.value) = (type, value) }

    /// Makes an attribute: `a=name:value`, or `a=name` where there is no value.
    ///
    /// - Source: RFC 8866 §5.13.
    public static func attribute(_ name: String, _ value: String? = nil) -> SDPLine {
        SDPLine("a", value.map { "\(name):\($0)" } ?? name)
    }

    /// The name and the value of an attribute; nil where this is another kind of line.
    public var attribute: SDPAttribute? {
        guard self.type == "a" else { return nil }
        guard let colon = self.value.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return SDPAttribute(name: self.value, value: nil)
        }
        return SDPAttribute(
            name: String(self.value[..<colon]), value: String(self.value[colon...].dropFirst()))
    }

    /// The line without its end.
    public var description: String { "\(self.type)=\(self.value)" }
}

/// What an `a=` line says.
///
/// - Source: RFC 8866 §5.13.
public struct SDPAttribute: Hashable, Sendable {
    /// What is described, for example `rtpmap`; names are case-sensitive.
    public var name: String
    /// What is said of it; nil for a mere flag such as `sendonly`.
    public var value: String?

    /// Names a property.
    public init(name: String, value: String?) { (self.name, self.value) = (name, value) }
}

/// The lines of one level of a description, read by what they mean.
struct SDPLines {
    static func first(_ type: Character, in lines: [SDPLine]) -> String? {
        lines.first { $0.type == type }?.value
    }

    /// Replaces the first line of a type where it stands; a new line goes where RFC 8866 §5 wants it, before
    /// the first line whose type comes later in `order`.
    static func set(_ type: Character, to value: String?, in lines: inout [SDPLine], order: String) {
        let place = lines.firstIndex { $0.type == type }
        guard let value else {
            lines.removeAll { $0.type == type }
            return
        }
        if let place {
            lines[place].value = value
            return
        }
        let later = order.drop { $0 != type }.dropFirst()
        lines.insert(SDPLine(type, value), at: lines.firstIndex { later.contains($0.type) } ?? lines.endIndex)
    }

    static func direction(in lines: [SDPLine]) -> MediaDirection? {
        for line in lines where line.type == "a" {
            if let direction = MediaDirection(rawValue: line.value) { return direction }
        }
        return nil
    }

    static func setDirection(_ direction: MediaDirection?, in lines: inout [SDPLine]) {
        let place = lines.firstIndex { $0.type == "a" && MediaDirection(rawValue: $0.value) != nil }
        lines.removeAll { $0.type == "a" && MediaDirection(rawValue: $0.value) != nil }
        guard let direction else { return }
        lines.insert(.attribute(direction.rawValue), at: place ?? lines.endIndex)
    }
}
