import CallRecordingDirectory
import CallRecordingTesting
import Foundation
import RecordingStorage
import Testing

@Suite struct DirectoryFilesTests {
    let scratch = ScratchFolder()

    @Test func `a folder keeps every promise of a working directory`() async throws {
        try await WorkingDirectoryConformance(try DirectoryFiles(self.scratch.path)).verify()
        #expect(self.scratch.files(in: ".incoming").isEmpty)
    }

    @Test func `a directory that is opened again has its files`() async throws {
        try DirectoryFiles(self.scratch.path).append([1, 2], to: "a")
        let again = try DirectoryFiles(self.scratch.path)
        #expect(try again.names() == ["a"])
        #expect(try await again.source("a").bytes() == [1, 2])
    }

    @Test func `folders and links are not listed and not opened`() throws {
        let files = try DirectoryFiles(self.scratch.path)
        try FileManager.default.createSymbolicLink(
            atPath: self.scratch.path + "/link", withDestinationPath: "/etc/passwd")
        #expect(try files.names().isEmpty)
        #expect(throws: StorageError.self) { try files.source("link") }
        #expect(throws: StorageError.self) { try files.append([1], to: "link") }
    }
}
