public import CallCore

/// What came of checking a recording against its manifest, a sentence each.
public struct ManifestCheck: Hashable, Sendable {
    /// Whether something is as the manifest says.
    public enum Answer: Hashable, Sendable {
        /// It is.
        case holds
        /// It is not.
        case fails
        /// That cannot be told from what is at hand.
        case open
    }

    /// One thing that was checked.
    public struct Finding: Hashable, Sendable {
        /// Whether it is so.
        public var answer: Answer
        /// What was found, for people.
        public var text: String

        /// Describes a finding.
        public init(_ answer: Answer, _ text: String) { (self.answer, self.text) = (answer, text) }
    }

    /// What was read; nil where the bytes are no manifest.
    public private(set) var manifest: RecordingManifest?
    /// What was checked, in order.
    public private(set) var findings: [Finding] = []

    /// Fails where one thing does, is open where one thing is, and holds otherwise.
    public var answer: Answer {
        if self.findings.contains(where: { $0.answer == .fails }) { return .fails }
        return self.findings.contains { $0.answer == .open } ? .open : .holds
    }

    /// Checks the form, the signature, every file, and whether the verdict follows from the evidence.
    ///
    /// - Parameters:
    ///   - bytes: the manifest's file.
    ///   - publicKey: that of the node, from a source that is trusted; nil where it is not at hand.
    ///   - files: finds a file by the name in the manifest.
    public init(
        of bytes: [UInt8], publicKey: [UInt8]?, signatures: any SignatureFunctions,
        digests: any DigestFunctions = PlainDigests(),
        files: (_ name: String) async throws(StorageError) -> any ByteSource
    ) async {
        let signed: SignedManifest
        do throws(StorageError) {
            signed = try SignedManifest(parsing: bytes)
        } catch {
            self.note(.fails, "This is no manifest as a node writes it: \(error.message).")
            return
        }
        self.manifest = signed.manifest
        self.check(signed, publicKey, signatures)
        for file in signed.manifest.files {
            do throws(StorageError) {
                let source = try await files(file.name)
                self.check(file, source.byteCount, try await source.sha256(with: digests))
            } catch {
                self.note(.fails, "\(file.name) cannot be read: \(error.message).")
            }
        }
        if signed.manifest.files.isEmpty { self.note(.holds, "No file was made.") }
        self.check(signed.manifest)
    }

    private mutating func note(_ answer: Answer, _ text: String) { self.findings.append(Finding(answer, text)) }

    private mutating func check(
        _ signed: SignedManifest, _ publicKey: [UInt8]?, _ signatures: any SignatureFunctions
    ) {
        let node = signed.manifest.node
        let named = signed.manifest.publicKey
        guard !signed.signature.isEmpty else { return self.note(.fails, "The manifest is not signed.") }
        guard signed.isSigned(by: publicKey ?? named, with: signatures) else {
            let isOther = publicKey != nil && publicKey != named && signed.isSigned(by: named, with: signatures)
            return self.note(
                .fails,
                isOther
                    ? "The signature is that of another key: \(Hexadecimal.text(named))."
                    : "The signature is not that of this manifest.")
        }
        guard publicKey != nil else {
            return self.note(
                .open,
                "The signature is that of the key that the manifest itself names; whether it is the key of node \(node) "
                    + "cannot be told without the node's public key.")
        }
        self.note(.holds, "The signature is that of node \(node).")
    }

    private mutating func check(_ file: RecordingManifest.File, _ byteCount: Int64, _ sha256: [UInt8]) {
        if byteCount != file.byteCount {
            self.note(.fails, "\(file.name) has \(byteCount) bytes instead of \(file.byteCount).")
        } else if sha256 != file.sha256 {
            self.note(.fails, "\(file.name) has been changed: its SHA-256 is \(Hexadecimal.text(sha256)).")
        } else {
            self.note(.holds, "\(file.name) is as it was made: \(file.byteCount) bytes, SHA-256 as stated.")
        }
    }

    private mutating func check(_ manifest: RecordingManifest) {
        let wrong = manifest.contradictions
        for contradiction in wrong { self.note(.fails, contradiction) }
        if wrong.isEmpty { self.note(.holds, "The verdict follows from the evidence: \(manifest.verdict).") }
    }
}

extension ByteSource {
    /// The SHA-256 of everything, read in pieces.
    @concurrent
    public func sha256(with functions: any DigestFunctions) async throws(StorageError) -> [UInt8] {
        var digest = functions.makeSHA256()
        var reader = try await self.open()
        while let next = try await reader.read(upTo: 65_536) { digest.update(next.span) }
        return digest.finalized()
    }
}
