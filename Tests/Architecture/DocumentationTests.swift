import Foundation
import Testing

/// What the documents say of the tree is true of the tree.
@Suite struct DocumentationTests {
    /// README.md and all of Documentation, in order.
    private static let documents: [Document] = {
        let folder = SourceTree.root.appending(path: "Documentation")
        let names = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
        let paths = names.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/" + $0 } + ["README.md"]
        return paths.compactMap { path in
            (try? String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8))
                .map { Document(path: path, text: $0) }
        }
    }()

    @Test func `the documents are found`() {
        #expect(Self.documents.count > 8)
        #expect(Self.documents.map(\.path).contains("Documentation/CallPath.md"))
        #expect(Self.documents.flatMap(\.claims).count > 50)
    }

    @Test(arguments: documents)
    func `every path that a document names exists`(document: Document) {
        for (path, line) in document.paths {
            #expect(document.exists(path), "\(document.path):\(line): there is no \(path)")
        }
    }

    @Test(arguments: documents)
    func `every link within the tree leads somewhere`(document: Document) {
        for (target, line) in document.links {
            #expect(
                FileManager.default.fileExists(atPath: document.folder.appending(path: target).path()),
                "\(document.path):\(line): nothing is at \(target)")
        }
    }

    @Test(arguments: documents)
    func `what a document says is in a file is in that file`(document: Document) throws {
        for (path, name, line) in document.claims {
            let text = try? String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
            let pattern = try Regex("\\b\(name)\\b")
            #expect(text?.contains(pattern) == true, "\(document.path):\(line): \(path) has no \(name)")
        }
    }

    @Test func `the README is short enough to be read`() {
        let readme = Self.documents.first { $0.path == "README.md" }
        #expect((readme?.lines.count ?? .max) <= 151)
    }
}

/// One Markdown file.
struct Document: CustomTestStringConvertible {
    let path: String
    let text: String

    var testDescription: String { self.path }

    var lines: [Substring] { self.text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The folder that its links start from.
    var folder: URL { SourceTree.root.appending(path: self.path).deletingLastPathComponent() }

    /// What looks like a path from the root of the tree, or from `Sources`, with its line from 1.
    ///
    /// A word with a star, an ellipsis or a placeholder in it is no path.
    var paths: [(path: String, line: Int)] {
        let folders: Set<Substring> = [
            "Sources", "Tests", "Examples", "Benchmarks", "Documentation", ".ci", "Adapters", "CallCore", "CallXML",
            "CallRecording", "Control", "Dialog", "Media", "Processing", "Storage", "Web",
        ]
        return self.matches(of: #/[\w.+\-\/*…<>{}:=@]+/#).compactMap { word, line in
            var word = word
            if word.hasPrefix("./") { word = word.dropFirst(2) }
            while let last = word.last, ".:/".contains(last) { word = word.dropLast() }
            guard word.contains("/"), word.wholeMatch(of: #/[\w.+\-\/]+/#) != nil,
                let first = word.split(separator: "/").first, folders.contains(first)
            else { return nil }
            return (String(word), line)
        }
    }

    /// The targets of links that do not lead to the web.
    var links: [(target: String, line: Int)] {
        self.matches(of: #/\]\([^)#:\s]+/#).map { (String($0.output.dropFirst(2)), $0.line) }
    }

    /// `` `path` (`name`, `name`) ``: the names must stand in the file.
    var claims: [(path: String, name: String, line: Int)] {
        self.matches(of: #/`[\w.+\-\/]+\.swift`[ ]\(`[^)]+`\)/#).flatMap { match in
            let parts = match.output.split(separator: "`").map(String.init)
            let names = parts.dropFirst().filter { $0.contains(/^\w+$/) }
            return names.map { (parts[0], $0, match.line) }
        }
    }

    func exists(_ path: String) -> Bool {
        ["", "Sources/"].contains {
            FileManager.default.fileExists(atPath: SourceTree.root.appending(path: $0 + path).path())
        }
    }

    private func matches(of pattern: some RegexComponent<Substring>) -> [(output: Substring, line: Int)] {
        self.lines.enumerated().flatMap { index, line in
            line.matches(of: pattern).map { ($0.output, index + 1) }
        }
    }
}
