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
        var terms = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)[...]
        let object = terms.popFirst() ?? ""
        if let term = terms.first, term.hasPrefix("dialog:") {
            self.dialog = String(term.dropFirst("dialog:".count))
            terms.removeFirst()
        }
        if !terms.isEmpty { self.part = terms.joined(separator: "/") }
        let words = object.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if words.count == 2, let said = Kind(rawValue: words[0].lowercased()) {
            (self.kind, self.name) = (said, String(words[1]))
        } else {
            (self.kind, self.name) = (kind, String(object))
        }
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
