/// One message as it stands in a log: of a T-Server, of a router, or of a program on the Platform SDK.
///
/// Keeps names whose numbers are not known, and values that are not printed as they would be printed here, so that
/// what is read is written again byte for byte.
///
/// - Source: observed, logs of T-Server 8.1, of URS and of the Platform SDK.
public struct TLogRecord: Hashable, Sendable {
    /// Whose habit of printing messages it is.
    public enum Form: Hashable, Sendable {
        /// T-Server's: `message EventACK`, then `AttributeThisDN`, a tab and `'7001'`.
        case server
        /// The Platform SDK's: `'EventACK' ('138')`, then `AttributeThisDN [str] = "7001"`.
        case platformSDK
    }

    /// What stands to the right of an attribute's name.
    public enum Value: Hashable, Sendable {
        /// A value in its own form.
        case value(TValue)
        /// Anything else, as it is printed: the `EventQueued` of `AttributeUserEvent`, a number with a remark, a value
        /// that has been left out.
        case word(String)
    }

    /// What a log says of the packed form of a list: its length and its first bytes.
    public struct ListSummary: Hashable, Sendable {
        /// The length of the packed list.
        ///
        /// - Unit: bytes.
        public var byteCount: Int
        /// The first bytes, four in most logs.
        public var head: [UInt8]

        /// Describes a packed list.
        public init(byteCount: Int, head: [UInt8]) { (self.byteCount, self.head) = (byteCount, head) }
    }

    /// One attribute.
    public struct Attribute: Hashable, Sendable {
        /// The name, for example `AttributeThisDN`.
        public var name: String
        /// The value, in the form in which the log gives it.
        public var value: Value
        /// Of a list of which the log does not show all pairs: what it says of the whole.
        public var summary: ListSummary?

        /// Names a value.
        public init(_ name: String, _ value: Value, summary: ListSummary? = nil) {
            (self.name, self.value, self.summary) = (name, value, summary)
        }
    }

    /// Whose habit of printing it is.
    public var form: Form
    /// What stands before `message`: the time, the server, the direction. Ends with a line feed where `message` stands
    /// on a line of its own.
    public var heading: String
    /// The name of the message's type.
    public var name: String
    /// The number of the message's type, where it is printed and not the one that is known here for the name.
    public var number: Int?
    /// The sentence in parentheses under the first line.
    public var note: String?
    /// The attributes, in order.
    public var attributes: [Attribute]

    /// Describes a message by names.
    public init(
        _ form: Form = .server, heading: String = "", name: String, number: Int? = nil, note: String? = nil,
        attributes: [Attribute] = []
    ) {
        (self.form, self.heading, self.name, self.number) = (form, heading, name, number)
        (self.note, self.attributes) = (note, attributes)
    }

    /// A message to be printed. Passwords are left out; the note of an `EventError` is its text.
    ///
    /// - Parameter heading: what to print before `message`.
    public init(_ message: TMessage, _ form: Form = .server, heading: String = "") {
        self.init(form, heading: heading, name: message.type.description)
        if form == .server, message.type == .eventError { self.note = message[.errorMessage] }
        self.attributes.reserveCapacity(message.entries.count)
        for entry in message.entries where !Self.secrets.contains(entry.code) {
            var value = Value.value(entry.value)
            if TAttributeTable.rows[entry.code]?.form == .messageType, let type = TMessageType(tValue: entry.value) {
                value = .word(type.description)
            }
            self.attributes.append(Attribute(TAttributeTable.name(of: entry.code), value))
        }
    }

    private static let secrets: Set<UInt16> = [
        TAttribute.applicationPassword.code, TAttribute.password.code,
    ]

    /// The message, without the attributes whose numbers are not known and the values that make no sense; nil where
    /// the number of its type is not known.
    public var message: TMessage? {
        guard
            let type = self.number.flatMap(UInt16.init(exactly:)).map(TMessageType.init(rawValue:))
                ?? TMessageType(name: self.name)
        else { return nil }
        var message = TMessage(type)
        message.entries.reserveCapacity(self.attributes.count)
        for attribute in self.attributes {
            guard let code = TAttributeTable.code(named: attribute.name), let value = attribute.value.tValue(of: code)
            else { continue }
            message.entries.append(TMessage.Entry(code: code, value: value))
        }
        return message
    }

    /// Whether it goes from the client to the server, or from the server to the client; nil where the name does not
    /// tell.
    public var direction: TLogDirection? {
        if self.name.hasPrefix("Request") { return .toServer }
        return self.name.hasPrefix("Event") ? .toClient : nil
    }
}

/// Which way a message goes.
public enum TLogDirection: String, Hashable, Sendable {
    /// A request.
    case toServer
    /// An event.
    case toClient
}

extension TLogRecord.Value {
    /// The value as the wire carries it.
    fileprivate func tValue(of code: UInt16) -> TValue? {
        switch self {
        case .value(let value): return value
        case .word(let text):
            // `[long] = 00890` of the Platform SDK, `1439853377 (01:16:17)` of a server in another zone.
            let value = text.hasPrefix("[") ? text.dropFirst(text.prefix { $0 != "=" }.count + 2) : text[...]
            let word = value.prefix { $0 != " " }
            switch TAttributeTable.rows[code]?.form {
            case .messageType: return TMessageType(name: word)?.tValue
            case .identity: return ConnID(word)?.tValue
            case .integer: return Int(word).map { .integer($0) }
            case .string, .binary, .list, nil: return nil
            }
        }
    }
}
