import Foundation

/// Another program that reads MP3.
struct Player {
    let path: String

    static let ffmpeg = Player(path: "/usr/bin/ffmpeg")
    static let ffprobe = Player(path: "/usr/bin/ffprobe")
    static let mpg123 = Player(path: "/usr/bin/mpg123")
    static let sox = Player(path: "/usr/bin/sox")

    var isThere: Bool { FileManager.default.isExecutableFile(atPath: self.path) }

    /// What it writes into the file `out`, or says where it is given none, of a file `in`.
    func run(_ arguments: [String], _ file: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (source, target) = (folder.appendingPathComponent("in.mp3"), folder.appendingPathComponent("out"))
        try Data(file).write(to: source)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: self.path)
        let quiet = self.path.contains("/ff") ? ["-v", "error"] : []
        process.arguments = quiet + arguments.map { $0 == "in" ? source.path : $0 == "out" ? target.path : $0 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](arguments.contains("out") ? try Data(contentsOf: target) : said)
    }
}
