import CallRecording
import Yams

/// Reads one mapping of the configuration file strictly: every key must be known, and every mistake names its line.
struct YAMLReader {
    private let entries: [(key: String, value: Node)]
    private let line: Int?
    private let name: String

    init(_ node: Node, _ name: String, keys: Set<String>) throws(ConfigurationError) {
        guard case .mapping(let mapping) = node else {
            throw ConfigurationError("\(name) must be a mapping (key: value)", line: node.mark?.line)
        }
        var entries: [(key: String, value: Node)] = []
        for (key, value) in mapping {
            guard let text = key.scalar?.string, keys.contains(text) else {
                throw ConfigurationError(
                    "'\(key.scalar?.string ?? "?")' is not known in \(name); known are "
                        + keys.sorted().joined(separator: ", "),
                    line: key.mark?.line)
            }
            guard !entries.contains(where: { $0.key == text }) else {
                throw ConfigurationError("'\(text)' stands twice in \(name)", line: key.mark?.line)
            }
            entries.append((text, value))
        }
        (self.entries, self.name) = (entries, name)
        self.line = node.mark?.line
    }

    func node(_ key: String) -> Node? { self.entries.first { $0.key == key }?.value }

    func list(_ key: String) throws(ConfigurationError) -> [Node] {
        guard let node = self.node(key) else { return [] }
        guard case .sequence(let items) = node else {
            throw ConfigurationError("'\(key)' must be a list (- item)", line: node.mark?.line)
        }
        return Array(items)
    }

    func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let node = self.node(key) else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else { throw self.wrong(key, "a text", node) }
        return text
    }

    func text(required key: String) throws(ConfigurationError) -> String {
        guard let text = try self.text(key) else {
            throw ConfigurationError("\(self.name) needs '\(key)'", line: self.line)
        }
        return text
    }

    func flag(_ key: String) throws(ConfigurationError) -> Bool? {
        guard let node = self.node(key) else { return nil }
        guard let flag = node.bool else { throw self.wrong(key, "true or false", node) }
        return flag
    }

    func number(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        guard let node = self.node(key) else { return nil }
        guard let number = node.int, range.contains(number) else {
            throw self.wrong(key, "a number from \(range.lowerBound) to \(range.upperBound)", node)
        }
        return number
    }

    func port(_ key: String, default port: UInt16) throws(ConfigurationError) -> UInt16 {
        try self.number(key, in: 0...65_535).map { UInt16($0) } ?? port
    }

    func choice<Choice>(_ key: String, _ choices: [String: Choice]) throws(ConfigurationError) -> Choice? {
        guard let node = self.node(key) else { return nil }
        guard let text = node.scalar?.string, let choice = choices[text] else {
            throw self.wrong(key, "one of " + choices.keys.sorted().joined(separator: ", "), node)
        }
        return choice
    }

    func wrong(_ key: String, _ expected: String, _ node: Node) -> ConfigurationError {
        ConfigurationError(
            "'\(key)' must be \(expected), not '\(node.scalar?.string ?? "a list or mapping")'", line: node.mark?.line)
    }
}
