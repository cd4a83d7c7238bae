/// Knows what the switch's administrators have set: the plug-in point for configuration. Open: conform as you like.
public protocol ConfigurationSource: Sendable {
    /// Reads the whole configuration.
    ///
    /// - Throws: where it cannot be read or is wrong; the message says where and how.
    func configuration() async throws(ConfigurationError) -> SwitchConfiguration
}

/// Configuration given in the source of the host.
extension SwitchConfiguration: ConfigurationSource {
    /// This value.
    public func configuration() async throws(ConfigurationError) -> SwitchConfiguration { self }
}

/// Why a configuration cannot be used.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and how to put it right.
    public var message: String
    /// The line of the file where it stands, from 1; nil where there is no file.
    public var line: Int?

    /// Describes a mistake.
    public init(_ message: String, line: Int? = nil) { (self.message, self.line) = (message, line) }

    /// The line and the message.
    public var description: String { self.line.map { "line \($0): \(self.message)" } ?? self.message }
}
