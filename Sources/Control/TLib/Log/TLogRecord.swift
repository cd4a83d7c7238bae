/// One message as T-Servers print it in their logs.
///
/// Keeps names whose numbers are not known, so that what is read can be written again.
///
/// - Source: observed, logs of T-Server 8.1 and of URS.
public struct TLogRecord: Hashable, Sendable {
    /// What stands to the right of an attribute's name.
    public enum Value: Hashable, Sendable {
        /// A value in its own form.
        case value(TValue)
        /// A name printed bare, for example the `EventQueued` of `AttributeUserEvent`.
        case word(String)
    }

    /// One attribute line.
    public struct Attribute: Hashable, Sendable {
        /// The name, for example `AttributeThisDN`.
        public var name: String
        /// The value, in the form in which the log gives it.
        public var value: Value

        /// Names a value.
        public init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
    }

    /// What stands before `message` on the first line: the time, the server, the direction.
    public var heading: String
    /// The name of the message's type.
    public var name: String
    /// The sentence in parentheses under the first line.
    public var note: String?
    /// The attributes, in order.
    public var attributes: [Attribute]

    /// Describes a message by names.
    public init(heading: String = "", name: String, note: String? = nil, attributes: [Attribute] = []) {
        (self.heading, self.name, self.note, self.attributes) = (heading, name, note, attributes)
    }

    /// A message to be printed. Passwords are left out; the note of an `EventError` is its text.
    ///
    /// - Parameter heading: what to print before `message`.
    public init(_ message: TMessage, heading: String = "") {
        self.init(heading: heading, name: message.type.description)
        if message.type == .eventError { self.note = message[.errorMessage] }
        for entry in message.entries where entry.code != TAttribute<String>.applicationPassword.code {
            var value = Value.value(entry.value)
            if TAttributeTable.rows[entry.code]?.form == .messageType, let type = TMessageType(tValue: entry.value) {
                value = .word(type.description)
            }
            self.attributes.append(Attribute(TAttributeTable.name(of: entry.code), value))
        }
    }

    /// The message, without the attributes whose numbers are not known; nil where its type's number is not known.
    public var message: TMessage? {
        guard let type = TMessageType(name: self.name) else { return nil }
        var message = TMessage(type)
        for attribute in self.attributes {
            guard let code = TAttributeTable.code(named: attribute.name) else { continue }
            switch attribute.value {
            case .value(let value):
                message.entries.append(TMessage.Entry(code: code, value: value))
            case .word(let word):
                guard let type = TMessageType(name: word) else { continue }
                message.entries.append(TMessage.Entry(code: code, value: type.tValue))
            }
        }
        return message
    }
}
