public import CallCore
import Synchronization

/// A node's keys in memory: for tests and simulations. What is sealed under them opens as long as this value is kept.
public final class MemoryKeys: NodeKeyStore {
    private let keys = Mutex<[NodeKeyPurpose: [UInt8]]>([:])

    /// A store that makes a key at first use, of the system's random bytes.
    public init() {}

    /// The key for a purpose.
    public func key(for purpose: NodeKeyPurpose) throws(NodeKeyError) -> [UInt8] {
        self.keys.withLock { keys in
            if let key = keys[purpose] { return key }
            let key = (0..<NodeKeyPurpose.keyByteCount).map { _ in UInt8.random(in: 0 ... .max) }
            keys[purpose] = key
            return key
        }
    }
}
