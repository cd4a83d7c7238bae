public import CallCore

/// The file of a manifest: the manifest, and the signature over its exact bytes.
public struct SignedManifest: Hashable, Sendable {
    /// What is vouched for.
    public var manifest: RecordingManifest
    /// 64 bytes; empty where it is not signed.
    public var signature: [UInt8]

    /// Signs a manifest.
    ///
    /// - Parameter seed: of the key whose public half is in the manifest.
    public init(
        signing manifest: RecordingManifest, seed: [UInt8], with functions: any SignatureFunctions
    ) throws(SignatureError) {
        self.manifest = manifest
        self.signature = try functions.signature(of: manifest.json.encoded(), seed: seed)
    }

    /// Leaves a manifest without a signature.
    public init(unsigned manifest: RecordingManifest) { (self.manifest, self.signature) = (manifest, []) }

    /// Reads the file of a manifest; says nothing about its signature.
    ///
    /// - Throws: `.corrupt` where it is none, or of a version that is not known here.
    public init(parsing bytes: [UInt8]) throws(StorageError) {
        let json = try CanonicalJSON(parsing: bytes)
        guard case .object(var members) = json else { throw StorageError(.corrupt, "a manifest is a JSON object") }
        if let signature = members.removeValue(forKey: Self.member) {
            guard case .string(let digits) = signature, let bytes = Hexadecimal.bytes(digits), bytes.count == 64 else {
                throw StorageError(.corrupt, "the manifest's signature should be 128 hexadecimal digits")
            }
            self.signature = bytes
        } else {
            self.signature = []
        }
        self.manifest = try RecordingManifest(json: .object(members))
        // A member that is not known here would be vouched for without having been checked.
        guard self.encoded() == bytes else {
            throw StorageError(.corrupt, "the manifest has members that version \(RecordingManifest.version) has not")
        }
    }

    /// The bytes of the file.
    public func encoded() -> [UInt8] {
        guard !self.signature.isEmpty, case .object(var members) = self.manifest.json else {
            return self.manifest.json.encoded()
        }
        members[Self.member] = .string(Hexadecimal.text(self.signature))
        return CanonicalJSON.object(members).encoded()
    }

    /// Whether the signature is that of this manifest under a key.
    public func isSigned(by publicKey: [UInt8], with functions: any SignatureFunctions) -> Bool {
        functions.isValid(self.signature, of: self.manifest.json.encoded(), publicKey: publicKey)
    }

    private static let member = "signature"
}
