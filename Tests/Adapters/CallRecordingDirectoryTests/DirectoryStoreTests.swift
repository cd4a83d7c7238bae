import CallRecordingDirectory
import CallRecordingTesting
import Foundation
import RecordingStorage
import Testing

@Suite struct DirectoryStoreTests {
    let scratch = ScratchFolder()

    @Test func `a folder keeps every promise of a store`() async throws {
        try await RecordingStoreConformance(try DirectoryStore(self.scratch.path)).verify()
        #expect(self.scratch.files(in: ".incoming").isEmpty)
    }

    @Test func `a file lies under its own name`() async throws {
        let store = try DirectoryStore(self.scratch.path)
        try await store.put(MemoryBytes([1, 2, 3]), at: try #require(RecordingPath("a/b.mp3")))
        #expect(self.scratch.contents("a/b.mp3") == [1, 2, 3])
    }

    @Test func `a store that is opened again has what was put`() async throws {
        let path = try #require(RecordingPath("a.mp3"))
        try await DirectoryStore(self.scratch.path).put(MemoryBytes([1]), at: path)
        #expect(try await DirectoryStore(self.scratch.path).get(path, range: nil).bytes() == [1])
    }

    @Test func `a link to another folder is not followed`() async throws {
        let (store, other) = (try DirectoryStore(self.scratch.path), ScratchFolder())
        try FileManager.default.createDirectory(atPath: other.path, withIntermediateDirectories: true)
        try Data([7]).write(to: URL(fileURLWithPath: other.path + "/secret"))
        try FileManager.default.createSymbolicLink(
            atPath: self.scratch.path + "/out", withDestinationPath: other.path)
        try FileManager.default.createSymbolicLink(
            atPath: self.scratch.path + "/file", withDestinationPath: other.path + "/secret")
        for name in ["out/secret", "file"] {
            let path = try #require(RecordingPath(name))
            await #expect(throws: StorageError.self) { _ = try await store.get(path, range: nil).bytes() }
        }
        await #expect(throws: StorageError.self) {
            try await store.put(MemoryBytes([1]), at: try #require(RecordingPath("out/new")))
        }
        #expect(other.files(in: "") == ["secret"])
    }

    @Test func `a file in the way of a folder is a conflict`() async throws {
        let store = try DirectoryStore(self.scratch.path)
        try await store.put(MemoryBytes([1]), at: try #require(RecordingPath("a")))
        await #expect(throws: StorageError(.conflict, "")) {
            try await store.put(MemoryBytes([1]), at: try #require(RecordingPath("a/b")))
        }
    }

    @Test(arguments: [".incoming/a", ".incoming", String(repeating: "x", count: 300)])
    func `a name that cannot be had is refused`(name: String) async throws {
        let store = try DirectoryStore(self.scratch.path)
        await #expect(throws: StorageError(.refused, "")) {
            try await store.put(MemoryBytes([1]), at: try #require(RecordingPath(name)))
        }
    }

    @Test func `a folder that cannot be made is an error with its name`() {
        #expect {
            try DirectoryStore("/proc/no-such-folder/recordings")
        } throws: {
            ($0 as? StorageError)?.message.contains("/proc/no-such-folder") == true
        }
    }
}
