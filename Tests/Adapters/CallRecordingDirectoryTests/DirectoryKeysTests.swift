import CallCore
import CallRecordingDirectory
import Foundation
import Testing

@Suite struct DirectoryKeysTests {
    private let scratch = ScratchFolder()
    private var file: String { self.scratch.path + "/journal.key" }

    @Test func `a key is made at first use and is the same from then on`() throws {
        let key = try DirectoryKeys(self.scratch.path).key(for: .journal)
        #expect(key.count == 32)
        #expect(Set(key).count > 1)
        #expect(try DirectoryKeys(self.scratch.path).key(for: .journal) == key)
        #expect(self.scratch.contents("journal.key") == key)
        #expect(self.scratch.files(in: "") == ["journal.key"])
    }

    @Test func `each purpose and each node has a key of its own`() throws {
        let keys = DirectoryKeys(self.scratch.path)
        let other = ScratchFolder()
        #expect(try keys.key(for: .journal) != keys.key(for: .manifest))
        #expect(try keys.key(for: .journal) != DirectoryKeys(other.path).key(for: .journal))
    }

    @Test func `a key and its folder are for their owner's eyes only`() throws {
        _ = try DirectoryKeys(self.scratch.path).key(for: .journal)
        #expect(try self.mode(self.file) == 0o600)
        #expect(try self.mode(self.scratch.path) == 0o700)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o666])
    func `a key that others may use is refused, with its name and its mode`(mode: Int) throws {
        let keys = DirectoryKeys(self.scratch.path)
        let key = try keys.key(for: .journal)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self.file)
        let error = #expect(throws: NodeKeyError.self) { try keys.key(for: .journal) }
        #expect(error?.code == .exposed)
        #expect(error?.message.contains(self.file) == true)
        #expect(error?.message.contains(String(mode, radix: 8)) == true)
        #expect(self.scratch.contents("journal.key") == key)
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func `a key of another length is refused and left as it is`(count: Int) throws {
        let keys = DirectoryKeys(self.scratch.path)
        _ = try keys.key(for: .journal)
        let damaged = Data(repeating: 7, count: count)
        try damaged.write(to: URL(filePath: self.file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: self.file)
        let error = #expect(throws: NodeKeyError.self) { try keys.key(for: .journal) }
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("\(count) bytes") == true)
        #expect(self.scratch.contents("journal.key") == Array(damaged))
    }

    @Test func `a key that is a link is not followed`() throws {
        let keys = DirectoryKeys(self.scratch.path)
        _ = try keys.key(for: .manifest)
        try FileManager.default.createSymbolicLink(
            atPath: self.file, withDestinationPath: self.scratch.path + "/manifest.key")
        #expect(throws: NodeKeyError(.unavailable, "")) { try keys.key(for: .journal) }
    }

    @Test(arguments: ["", "../journal", "a/b", "a.b", "ä"])
    func `a purpose that leads elsewhere is refused`(name: String) {
        #expect(throws: NodeKeyError(.unavailable, "")) {
            try DirectoryKeys(self.scratch.path).key(for: NodeKeyPurpose(rawValue: name))
        }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
