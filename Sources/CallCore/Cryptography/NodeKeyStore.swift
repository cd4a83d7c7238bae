/// Keeps the secret keys of this node: the plug-in point for a key service or a hardware module. Open: conform as you
/// like.
///
/// A store promises that a purpose always has the same key, also after a restart, that no two purposes have the same,
/// and that nobody can guess it. It makes a key at first use where it can. A key that is lost takes with it what was
/// sealed under it, so a store never replaces one by itself. Called from any thread; may block.
public protocol NodeKeyStore: Sendable {
    /// The key for one purpose.
    ///
    /// - Returns: 32 bytes.
    /// - Throws: where there is no key that may be used, and what to do about it.
    func key(for purpose: NodeKeyPurpose) throws(NodeKeyError) -> [UInt8]
}

/// What a node's key is for. An open set: a host may have purposes of its own.
public struct NodeKeyPurpose: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name; letters, digits and `-`, so that it can name a file.
    public var rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Seals the capture journal, with AES-256-GCM.
    public static let journal = NodeKeyPurpose(rawValue: "journal")
    /// Signs the manifests of recordings: the seed of an Ed25519 key.
    public static let manifest = NodeKeyPurpose(rawValue: "manifest")

    /// How many bytes every key has.
    public static let keyByteCount = 32

    /// The name.
    public var description: String { self.rawValue }
}

/// Why there is no key.
public struct NodeKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// There is a key, but others may have seen or changed it.
        case exposed
        /// What is stored is no key.
        case malformed
        /// It cannot be read or made.
        case unavailable
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened, where, and what to do about it; never the key.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: NodeKeyError, right: NodeKeyError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
