/// The time at which a log says that something happened, in the zone of its server.
public struct TLogTime: Hashable, Sendable, CustomStringConvertible {
    /// The day, `YYYY-MM-DD`; nil where the log tells only the time of day.
    public var date: String?
    /// Since midnight.
    public var timeOfDay: Duration
    /// As it stands in the log, without the `@`.
    public var description: String

    /// Reads what a heading begins with: `@16:45:24.5939` or `2015-05-29T12:21:16.438`.
    ///
    /// - Returns: nil where it begins with anything else.
    public init?(heading: String) {
        let word = heading.utf8.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        var time = word[...]
        if word.first == UInt8(ascii: "@") {
            time = word.dropFirst()
        } else {
            guard let separator = word.firstIndex(of: UInt8(ascii: "T")) else { return nil }
            let day = word[..<separator].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard day.map(\.count) == [4, 2, 2], day.allSatisfy({ number($0) != nil }) else { return nil }
            self.date = String(Substring(word[..<separator]))
            time = word[word.index(after: separator)...]
        }
        let parts = time.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let hours = number(parts[0]), let minutes = number(parts[1]), hours < 24, minutes < 60
        else { return nil }
        let seconds = parts[2].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = number(seconds[0]), whole < 61 else { return nil }
        var fraction = 0
        if seconds.count == 2 {
            guard (1...9).contains(seconds[1].count), let digits = number(seconds[1]) else { return nil }
            fraction = digits
            for _ in seconds[1].count..<9 { fraction *= 10 }
        }
        self.timeOfDay = .seconds(hours * 3_600 + minutes * 60 + whole) + .nanoseconds(fraction)
        let text = String(Substring(time))
        self.description = self.date.map { "\($0)T\(text)" } ?? text
    }
}

/// Digits alone, at most nine.
private func number(_ digits: Substring.UTF8View) -> Int? {
    guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(Substring(digits))
}
