/// Names a connection, a conference, a dialog on one of them, or something within.
///
/// A connection's name is the To-tag of the INVITE dialog that made it.
///
/// - Source: RFC 5707 §6.2, §16.1.2; the meaning of connection names is observed, SIP Server 8.1.
public struct MSMLObjectID: Hashable, Sendable, CustomStringConvertible {
    /// What is named.
    public enum Kind: String, Hashable, Sendable {
        /// The media of one SIP dialog.
        case connection = "conn"
        /// A conference.
        case conference = "conf"
    }

    /// What is named; nil where the sender did not say, and the receiver has to look among all.
    public var kind: Kind?
    /// The name within its kind; `*` for all.
    public var name: String
    /// The name of a dialog on the object, `*` for all; nil where the object itself is meant.
    public var dialog: String?
    /// What is meant within the object or its dialog, for example `play.intro` where an event is sent to a primitive,
    /// or `oper:3`, which the schema has and the text does not; nil for the whole.
    public var part: String?

    /// Names an object.
    public init(_ kind: Kind?, _ name: String, dialog: String? = nil, part: String? = nil) {
        (self.kind, self.name, self.dialog, self.part) = (kind, name, dialog, part)
    }

    /// Names a connection.
    public static func connection(_ name: String) -> MSMLObjectID { MSMLObjectID(.connection, name) }

    /// Names a conference.
    public static func conference(_ name: String) -> MSMLObjectID { MSMLObjectID(.conference, name) }

    /// Reads an identifier; `conn:X/dialog:Y/play` in full.
    ///
    /// - Parameter kind: what is meant where the text does not say.
    public init(parsing text: String, default kind: Kind? = nil) {
        var (object, rest) = Self.split(text[...], at: "/")
        if let term = rest, term.hasPrefix("dialog:") {
            let (name, part) = Self.split(term.dropFirst("dialog:".count), at: "/")
            (self.dialog, rest) = (String(name), part)
        }
        self.part = rest.map(String.init)
        (self.kind, self.name) = (kind, String(object))
        let (word, name) = Self.split(object, at: ":")
        if let name, let said = Kind(rawValue: word.lowercased()) { (self.kind, self.name) = (said, String(name)) }
    }

    /// What stands before the first of a character, and behind it; nil where it is not there.
    private static func split(_ text: Substring, at character: Unicode.Scalar) -> (Substring, Substring?) {
        guard let place = text.utf8.firstIndex(of: UInt8(ascii: character)) else { return (text, nil) }
        return (text[..<place], text[text.utf8.index(after: place)...])
    }

    /// Whether all objects of a kind are meant, or all dialogs of one object.
    public var isWildcard: Bool { self.name == "*" || self.dialog == "*" }

    /// Whether an asterisk stands where the RFC allows none: in the root of a dialog, or within a name.
    ///
    /// Which orders take wildcards at all is said with each: `modifystream`, `unjoin`, `dialogend` and `audit` do.
    public var hasIllegalWildcard: Bool {
        if let dialog { return self.name.contains("*") || (dialog != "*" && dialog.contains("*")) }
        return self.name != "*" && self.name.contains("*")
    }

    /// The identifier as written in documents.
    public var description: String {
        (self.kind.map { "\($0.rawValue):" } ?? "") + self.name + (self.dialog.map { "/dialog:\($0)" } ?? "")
            + (self.part.map { "/\($0)" } ?? "")
    }
}
