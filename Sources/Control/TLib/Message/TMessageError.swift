/// Why a message is not the request or event that it is taken for.
public enum TMessageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message is a request where an event is expected.
    case request(TMessageType)
    /// The message is of another type.
    case type(TMessageType, expected: TMessageType)
    /// An attribute, here by its name in logs, is absent or its value is of another form.
    case attribute(String, of: TMessageType)

    /// What is wrong and what was expected.
    public var description: String {
        switch self {
        case .request(let type): "\(type) is no event"
        case .type(let type, let expected): "\(type) is not \(expected)"
        case .attribute(let name, let type): "\(type) needs \(name)"
        }
    }

    /// What a server answers: the operation is not the one that was meant, or an attribute is invalid.
    public var errorCode: TErrorCode {
        switch self {
        case .request, .type: .unsupportedOperation
        case .attribute: .invalidAttribute
        }
    }
}

extension TMessage {
    /// The value of an attribute that must be there.
    ///
    /// - Throws: where it is absent or of another form.
    public func required<Value>(_ attribute: TAttribute<Value>) throws(TMessageError) -> Value {
        guard let value = self[attribute] else { throw .attribute(attribute.description, of: self.type) }
        return value
    }

    /// The message itself, where it is of the type.
    func checked(_ type: TMessageType) throws(TMessageError) -> TMessage {
        guard self.type == type else { throw .type(self.type, expected: type) }
        return self
    }

    /// A list; an absent one is empty, and an empty one is not sent.
    subscript(list attribute: TAttribute<KVList>) -> KVList {
        get { self[attribute] ?? KVList() }
        set { self[attribute] = newValue.isEmpty ? nil : newValue }
    }
}
