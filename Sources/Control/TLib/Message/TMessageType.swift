/// What a T-Library message says: an open set, so that types unknown here pass through unharmed.
///
/// Printed by its name on the wire, for example `EventRinging`.
public struct TMessageType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number on the wire.
    public var rawValue: UInt16

    /// Wraps a number.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Finds a type by its name on the wire, for example `EventACK`, or `Message205` where it has none.
    ///
    /// - Returns: nil where no number is known for that name.
    public init?(name: some StringProtocol) {
        if let number = Self.numbers[String(name)] {
            self.rawValue = number
        } else if name.hasPrefix("Message"), let number = UInt16(name.dropFirst("Message".count)) {
            self.rawValue = number
        } else {
            return nil
        }
    }

    /// Whether a client asks for something; what is not a request is an event.
    public var isRequest: Bool { self.description.hasPrefix("Request") }

    /// The name on the wire, or `Message` and the number.
    public var description: String { Self.names[self.rawValue] ?? "Message\(self.rawValue)" }
}
