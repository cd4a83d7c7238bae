import Foundation

/// A folder of its own for a test, removed at the end.
final class ScratchFolder: Sendable {
    let path: String

    init() {
        self.path = NSTemporaryDirectory() + "call-recording-\(UUID().uuidString)"
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }

    func contents(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: self.path + "/" + name).map { Array($0) }
    }

    func files(in name: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: self.path + "/" + name)) ?? []
    }
}
