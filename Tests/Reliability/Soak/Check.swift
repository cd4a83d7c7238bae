import CallRecording
import Foundation

/// Looks at everything that was recorded.
struct Check {
    let ports: RecordingPorts
    /// Where the ports keep everything.
    let folder: String

    /// What is not as it must be, after so many calls with one recording each.
    func failures(expecting calls: Int) async throws -> [String] {
        var failures: [String] = []
        var found = 0
        var token: String?
        repeat {
            let page = try await self.ports.metadata.recordings(matching: RecordingQuery(), after: token, limit: 100)
            for recording in page.recordings {
                found += 1
                failures += try await self.failures(of: recording)
            }
            token = page.next
        } while token != nil
        if found != calls { failures.append("\(calls) calls were made, \(found) recordings are known") }
        let left = try self.ports.spool.names() + self.ports.backlog.names()
        if !left.isEmpty { failures.append("left on the node: \(left.prefix(5)), \(left.count) files") }
        let journal = try self.journalByteCount()
        // A segment that was just begun may be there; what was recorded would be far more.
        if journal > 100_000 { failures.append("the journal still holds \(journal) bytes") }
        return failures
    }

    private func failures(of recording: Recording) async throws -> [String] {
        var failures: [String] = []
        if recording.mediaFiles.count != 1 {
            failures.append("\(recording.id) has \(recording.mediaFiles.count) files")
        }
        for file in recording.mediaFiles {
            if file.verdict.summary != "complete" { failures.append("\(file.mediaID): \(file.verdict.summary)") }
            if file.masks.count != 1 { failures.append("\(file.mediaID) has \(file.masks.count) pauses") }
            let stored = try await self.ports.recordings.get(file.path, range: nil).byteCount
            if stored != file.byteCount { failures.append("\(file.path) has \(stored) bytes, not \(file.byteCount)") }
        }
        return failures
    }

    private func journalByteCount() throws -> Int {
        let journal = self.folder + "/journal"
        return try FileManager.default.contentsOfDirectory(atPath: journal).filter { $0.hasSuffix(".journal") }
            .reduce(0) { sum, name in
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(journal)/\(name)")
                return sum + (attributes[.size] as? Int ?? 0)
            }
    }
}
