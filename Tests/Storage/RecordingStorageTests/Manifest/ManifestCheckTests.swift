import CallCore
import CallRecordingCrypto
import RecordingStorage
import Testing

@Suite struct ManifestCheckTests {
    private let functions = CryptoSignatures()

    /// Signs a manifest, and checks it against files.
    private func check(
        _ change: (inout RecordingManifest) -> Void = { _ in }, files: [String: [UInt8]] = SampleManifest.files,
        key: [UInt8]?? = .none
    ) async throws -> ManifestCheck {
        var manifest = try SampleManifest.make()
        change(&manifest)
        let signed = try SignedManifest(signing: manifest, seed: SampleManifest.seed, with: self.functions)
        let known = try SampleManifest.publicKey()
        return await Self.check(signed.encoded(), files, key: key ?? known)
    }

    private static func check(
        _ bytes: [UInt8], _ files: [String: [UInt8]] = SampleManifest.files, key: [UInt8]?
    ) async -> ManifestCheck {
        await ManifestCheck(of: bytes, publicKey: key, signatures: CryptoSignatures()) { name throws(StorageError) in
            guard let bytes = files[name] else { throw StorageError(.notFound, "there is no \(name)") }
            return MemoryBytes(bytes)
        }
    }

    private static func texts(_ check: ManifestCheck, _ answer: ManifestCheck.Answer) -> [String] {
        check.findings.filter { $0.answer == answer }.map(\.text)
    }

    @Test func `a recording that is as it was made holds`() async throws {
        let check = try await self.check()
        #expect(check.answer == .holds)
        #expect(check.manifest?.verdict == "complete except 4 lost packets")
        #expect(check.findings.count == 4)
    }

    @Test func `a file that was changed fails, and the other holds`() async throws {
        var files = SampleManifest.files
        files["call-1.mp3"]?[3] ^= 1
        let check = try await self.check(files: files)
        #expect(check.answer == .fails)
        #expect(Self.texts(check, .fails).count == 1)
        #expect(Self.texts(check, .fails).first?.hasPrefix("call-1.mp3 has been changed") == true)
        #expect(Self.texts(check, .holds).contains { $0.hasPrefix("call-1.wav is as it was made") })
    }

    @Test func `a file that was cut says how long it is`() async throws {
        var files = SampleManifest.files
        files["call-1.wav"]?.removeLast(5)
        let check = try await self.check(files: files)
        #expect(Self.texts(check, .fails) == ["call-1.wav has 12 bytes instead of 17."])
    }

    @Test func `a file that is not there fails`() async throws {
        var files = SampleManifest.files
        files["call-1.wav"] = nil
        let check = try await self.check(files: files)
        #expect(Self.texts(check, .fails) == ["call-1.wav cannot be read: there is no call-1.wav."])
    }

    @Test func `a manifest that was changed after it was signed fails`() async throws {
        let signed = try SignedManifest(
            signing: SampleManifest.make(), seed: SampleManifest.seed, with: self.functions)
        let text = String(decoding: signed.encoded(), as: UTF8.self)
            .replacing(#""who":"7001 (agent1) by Desktop""#, with: #""who":"7002 (agent2) by Desktop""#)
        let check = await Self.check(Array(text.utf8), key: try SampleManifest.publicKey())
        #expect(Self.texts(check, .fails) == ["The signature is not that of this manifest."])
    }

    @Test func `a manifest that somebody else signed names his key`() async throws {
        let seed = [UInt8](repeating: 7, count: 32)
        var manifest = try SampleManifest.make()
        manifest.publicKey = try self.functions.publicKey(ofSeed: seed)
        let forged = try SignedManifest(signing: manifest, seed: seed, with: self.functions)
        let check = await Self.check(forged.encoded(), key: try SampleManifest.publicKey())
        #expect(
            Self.texts(check, .fails)
                == ["The signature is that of another key: \(Hexadecimal.text(manifest.publicKey))."])
    }

    @Test func `without a key that is trusted the signature stays open`() async throws {
        let check = try await self.check(key: .some(nil))
        #expect(check.answer == .open)
        #expect(Self.texts(check, .open).count == 1)
    }

    @Test func `without a signature nothing is vouched for`() async throws {
        let manifest = SignedManifest(unsigned: try SampleManifest.make())
        let check = await Self.check(manifest.encoded(), key: nil)
        #expect(Self.texts(check, .fails) == ["The manifest is not signed."])
    }

    @Test func `what is no manifest fails without a trap`() async {
        let check = await Self.check(Array("{}".utf8), key: nil)
        #expect(check.answer == .fails)
        #expect(check.manifest == nil)
    }

    @Test(arguments: [
        ("a better verdict", "The verdict is stated as 'complete'"), ("a run too short", "cannot be 498 received"),
        ("a packet more", "do not make the counts"), ("fewer lost", "do not make the counts"),
        ("pauses that overlap", "pause"),
        ("a file of another length", "call-1.mp3 is not as long"), ("no digest of the journal", "journal's records"),
    ])
    func `a manifest that contradicts itself fails, though it is signed`(what: String, words: String) async throws {
        let check = try await self.check { manifest in
            switch what {
            case "a better verdict": manifest.verdict = "complete"
            case "a run too short": manifest.evidence.streams[0].runs[1].last -= 2
            case "a packet more": manifest.evidence.streams[1].counts.received += 1
            case "fewer lost":
                manifest.evidence.streams[0].counts.lost -= 1
                manifest.verdict = manifest.evidence.verdict.summary
            case "pauses that overlap": manifest.evidence.pauses[1].span.start = .seconds(6)
            case "a file of another length": manifest.files[0].duration += .seconds(1)
            default: manifest.evidence.journal.sha256 = []
            }
        }
        #expect(Self.texts(check, .fails).count == 1)
        #expect(Self.texts(check, .fails).first?.contains(words) == true)
    }
}
