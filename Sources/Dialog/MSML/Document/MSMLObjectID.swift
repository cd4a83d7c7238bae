/// Names a connection, a conference, or a dialog on one of them.
///
/// A connection's name is the To-tag of the INVITE dialog that made it.
///
/// - Source: RFC 5707 §6; the meaning of connection names is observed, SIP Server 8.1.
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
    /// The name within its kind.
    public var name: String
    /// The name of a dialog on the object; nil where the object itself is meant.
    public var dialog: String?

    /// Names an object.
    public init(_ kind: Kind?, _ name: String, dialog: String? = nil) {
        (self.kind, self.name, self.dialog) = (kind, name, dialog)
    }

    /// Names a connection.
    public static func connection(_ name: String) -> MSMLObjectID { MSMLObjectID(.connection, name) }

    /// Names a conference.
    public static func conference(_ name: String) -> MSMLObjectID { MSMLObjectID(.conference, name) }

    /// Reads an identifier; `conn:X/dialog:Y` in full.
    ///
    /// - Parameter kind: what is meant where the text does not say.
    public init(parsing text: String, default kind: Kind? = nil) {
        var object = text[...]
        if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")), text[slash...].hasPrefix("/dialog:") {
            self.dialog = String(text[slash...].dropFirst("/dialog:".count))
            object = text[..<slash]
        }
        let parts = object.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, let said = Kind(rawValue: parts[0].lowercased()) {
            (self.kind, self.name) = (said, String(parts[1]))
        } else {
            (self.kind, self.name) = (kind, String(object))
        }
    }

    /// The identifier as written in documents.
    public var description: String {
        (self.kind.map { "\($0.rawValue):" } ?? "") + self.name + (self.dialog.map { "/dialog:\($0)" } ?? "")
    }
}
