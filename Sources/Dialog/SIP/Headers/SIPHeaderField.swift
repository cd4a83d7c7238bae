/// One header field as text.
public struct SIPHeaderField: Hashable, Sendable {
    /// The name, as it is to be written; compared in any case.
    public var name: String
    /// The value, without line folds.
    public var value: String

    /// Describes a field.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

    /// Describes a field.
    public init(name: String, value: String) { self.init(name, value) }
}
