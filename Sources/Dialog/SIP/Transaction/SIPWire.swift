/// What carries a message between two neighbours, by its name in Via. An open set.
///
/// - Source: RFC 3261 §18, §20.42.
public struct SIPWire: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as Via has it, in capitals.
    public let rawValue: String

    /// Wraps a name, in any case.
    public init(rawValue: String) { self.rawValue = rawValue.uppercased() }

    /// The wire that a URI asks for.
    ///
    /// - Returns: nil where it does not say.
    /// - Source: RFC 3261 §19.1.1; §26.2.2: `sips` is TLS, whatever the parameter.
    public init?(of uri: SIPURI) {
        if uri.scheme == "sips" {
            self = .tls
        } else if let name = uri.parameters["transport"], !name.isEmpty {
            self.init(rawValue: name)
        } else {
            return nil
        }
    }

    /// Datagrams: they may get lost, so messages are sent again.
    public static let udp = SIPWire(rawValue: "UDP")
    /// A connection.
    public static let tcp = SIPWire(rawValue: "TCP")
    /// A connection that nobody else can read.
    public static let tls = SIPWire(rawValue: "TLS")

    /// Whether what was sent arrives as long as the wire holds, so that nothing need be sent again.
    public var isReliable: Bool { self != .udp }

    /// The name as the `transport` parameter of a URI has it.
    public var parameter: String { self.rawValue.lowercased() }

    /// The name as Via has it.
    public var description: String { self.rawValue }
}

extension SIPVia {
    /// What carries, or carried, the message over this hop.
    public var wire: SIPWire {
        get { SIPWire(rawValue: self.transport) }
        set { self.transport = newValue.rawValue }
    }
}
