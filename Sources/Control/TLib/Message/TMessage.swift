/// One message between a T-Server and its clients: a type and attributes, in the order in which they were set.
///
/// `message[.thisDN]` is a `DN?`, checked by the compiler. Attributes unknown here stay in the message and are
/// written back.
public struct TMessage: Hashable, Sendable {
    /// One attribute, as the wire carries it.
    public struct Entry: Hashable, Sendable {
        /// The number of the attribute.
        public var code: UInt16
        /// Its value.
        public var value: TValue

        /// Pairs a number and a value.
        public init(code: UInt16, value: TValue) { (self.code, self.value) = (code, value) }
    }

    /// What the message says.
    public var type: TMessageType
    /// The attributes, at most one for a number as long as they are set by subscript.
    public var entries: [Entry]

    /// A message without attributes.
    public init(_ type: TMessageType) { (self.type, self.entries) = (type, []) }

    /// An answer to a request: carries the request's reference id, ThisDN, ConnID and PrivateMsgID, where it has them.
    public init(_ type: TMessageType, answering request: TMessage) {
        self.init(type)
        self[.referenceID] = request[.referenceID]
        self[.thisDN] = request[.thisDN]
        self[.connID] = request[.connID]
        self[.privateMsgID] = request[.privateMsgID]
    }

    /// An `EventError` that refuses a request, with AttributeErrorCode and AttributeErrorMessage.
    ///
    /// - Parameter text: what to say instead of the code's own text.
    public init(refusing request: TMessage, _ code: TErrorCode, _ text: String? = nil) {
        self.init(.eventError, answering: request)
        self[.errorCode] = code
        self[.errorMessage] = text ?? code.text
    }

    /// The value of an attribute; nil where it is absent or of another form. Setting nil removes it.
    public subscript<Value>(_ attribute: TAttribute<Value>) -> Value? {
        get {
            for entry in self.entries where entry.code == attribute.code { return Value(tValue: entry.value) }
            return nil
        }
        set {
            guard let value = newValue?.tValue else {
                self.entries.removeAll { $0.code == attribute.code }
                return
            }
            if let index = self.entries.firstIndex(where: { $0.code == attribute.code }) {
                self.entries[index].value = value
            } else {
                self.entries.append(Entry(code: attribute.code, value: value))
            }
        }
    }
}

extension TMessage: CustomStringConvertible {
    /// The text form of logs: the name, then one attribute a line.
    public var description: String { TLogRecord(self).description }
}
