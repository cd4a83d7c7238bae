import Foundation

/// The package's own sources, as text.
enum SourceTree {
    struct File: CustomStringConvertible {
        /// The stage's folder, for example `Dialog`; `CallCore` and its like stand for themselves.
        var stage: String
        /// The module, for example `SIP`.
        var module: String
        var path: String
        var lines: [Substring]

        var description: String { self.path }

        /// What the file imports, with the line of each import, from 1.
        var imports: [(module: String, line: Int)] {
            self.lines.enumerated().compactMap { index, line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
                    words[..<place].allSatisfy({
                        ["public", "private", "internal", "package", "fileprivate", "@_exported", "@preconcurrency"]
                            .contains($0)
                    })
                else { return nil }
                return (String(words.last?.split(separator: ".").first ?? ""), index + 1)
            }
        }

        /// Lines of code with their numbers from 1; comments are left out.
        var code: [(text: Substring, line: Int)] {
            self.lines.enumerated().compactMap { index, line in
                let text = line.drop(while: \.isWhitespace)
                guard !text.hasPrefix("//") else { return nil }
                return (text.firstRange(of: " //").map { text[..<$0.lowerBound] } ?? text, index + 1)
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let files: [File] = {
        let sources = Self.root.appending(path: "Sources")
        let names = FileManager.default.enumerator(atPath: sources.path())?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            let parts = name.split(separator: "/").map(String.init)
            guard let text = try? String(contentsOf: sources.appending(path: name), encoding: .utf8) else { return nil }
            let staged = ["Adapters", "Control", "Dialog", "Media", "Processing", "Storage", "Web"].contains(parts[0])
            return File(
                stage: parts[0], module: staged ? parts[1] : parts[0], path: "Sources/" + name,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }()

    /// Everything outside the adapters.
    static var core: [File] { self.files.filter { $0.stage != "Adapters" } }

    static let words: Set = ["CallCore", "CallXML"]
    static let ports: Set = ["RecordingStorage"]
    static let wires: Set = [
        "TLib", "SIP", "SDP", "MSML", "RTP", "CallAudio", "HTTPMessaging", "RecordingAPI", "RecordingControl",
    ]
    static let journal: Set = ["CaptureJournal"]
    static let boxes: Set = [
        "SIPServer", "ResourceManager", "MediaControlPlatform", "RecordingProcessor", "InteractionReceiver",
        "RecordingWebServices", "Playback",
    ]
}
