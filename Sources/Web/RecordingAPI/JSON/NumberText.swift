/// A number that this interface writes as a string, and that some producers write as a number.
struct NumberText: Hashable, Sendable, Codable {
    var text: String

    init(_ text: String) { self.text = text }

    init(_ number: Int64) { self.text = String(number) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(Int64.self) {
            self.text = String(number)
        } else {
            self.text = String(try container.decode(Double.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }

    /// The text as a whole number that is not negative; nil where it is none.
    var count: Int64? {
        guard let number = Int64(self.text), number >= 0 else { return nil }
        return number
    }

    /// The text as a length of time: whole numbers are milliseconds, numbers with a decimal point are seconds.
    ///
    /// The web services count milliseconds (`"12523"`), older producers sent seconds (`"6.192"`).
    ///
    /// - Returns: nil where it is no number, negative, or longer than a century.
    var duration: Duration? {
        let century: Int64 = 3_155_760_000_000
        if let milliseconds = Int64(self.text) {
            return (0...century).contains(milliseconds) ? .milliseconds(milliseconds) : nil
        }
        guard self.text.utf8.count <= 32, self.text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
            let seconds = Double(self.text), seconds * 1_000 <= Double(century)
        else { return nil }
        return .milliseconds(Int64((seconds * 1_000).rounded()))
    }
}
