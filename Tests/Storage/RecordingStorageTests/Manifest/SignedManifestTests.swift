import CallCore
import CallRecordingCrypto
import Foundation
import RecordingStorage
import TestSupport
import Testing

@Suite struct SignedManifestTests {
    private static let fixture = "sample.manifest.json"

    @Test func `a signed manifest is read as it was written`() throws {
        let signed = try SignedManifest(
            signing: SampleManifest.make(), seed: SampleManifest.seed, with: CryptoSignatures())
        #expect(try SignedManifest(parsing: signed.encoded()) == signed)
    }

    @Test func `one without a signature is read too`() throws {
        let manifest = SignedManifest(unsigned: try SampleManifest.make())
        #expect(try SignedManifest(parsing: manifest.encoded()) == manifest)
        #expect(!manifest.isSigned(by: try SampleManifest.publicKey(), with: CryptoSignatures()))
    }

    @Test func `the same manifest and key make the bytes of the fixture`() throws {
        let signed = try SignedManifest(
            signing: SampleManifest.make(), seed: SampleManifest.seed, with: CryptoSignatures())
        #expect(String(decoding: signed.encoded(), as: UTF8.self) == (try Fixture.text(Self.fixture)))
    }

    @Test func `only its own key verifies it`() throws {
        let functions = CryptoSignatures()
        let signed = try SignedManifest(signing: SampleManifest.make(), seed: SampleManifest.seed, with: functions)
        #expect(signed.isSigned(by: try SampleManifest.publicKey(), with: functions))
        let other = try functions.publicKey(ofSeed: [UInt8](repeating: 1, count: 32))
        #expect(!signed.isSigned(by: other, with: functions))
    }

    @Test func `a manifest that was changed in any place is refused or not signed`() throws {
        let functions = CryptoSignatures()
        let bytes = Array(try Fixture.text(Self.fixture).utf8)
        let key = try SampleManifest.publicKey()
        var mutations = Mutations(seed: 0x5EED)
        for _ in 0..<2_000 {
            let changed = mutations.next(of: bytes, inserting: Array("{}[]\",:0123456789abcdef\\".utf8))
            guard changed != bytes, let signed = try? SignedManifest(parsing: changed) else { continue }
            #expect(!signed.isSigned(by: key, with: functions))
        }
    }

    @Test(arguments: [
        (#""version":1"#, #""version":2"#), (#""channel":1"#, #""channel":-1"#), (#""size":17"#, #""size":"17""#),
        (#""lost":3"#, #""lost":4294967296"#), (#""ssrc":1}"#, #""ssrc":4294967296}"#),
        (#""version":1"#, #""version":1,"x":1"#), (#""left":true"#, #""left":1"#), (#""node":{"#, #""node":[{"#),
        (#""startTime":"2026"#, #""startTime":"xxxx"#), (#""callUUID""#, #""callUUIX""#),
        (#""signature":""#, #""signature":"0"#),
    ])
    func `what is no manifest of this version is refused`(part: String, replacement: String) throws {
        let text = try Fixture.text(Self.fixture)
        #expect(text.contains(part))
        let changed = text.replacing(part, with: replacement, maxReplacements: 1)
        #expect(throws: StorageError(.corrupt, "")) { try SignedManifest(parsing: Array(changed.utf8)) }
    }
}

enum Fixture {
    static func text(_ name: String) throws -> String {
        let path = "\(#filePath)".split(separator: "/").dropLast(5).joined(separator: "/")
        return try String(contentsOfFile: "/\(path)/Tests/Fixtures/manifest/\(name)", encoding: .utf8)
    }
}
