extension WallTime: SIPHeaderValue {
    /// Reads `Sat, 13 Nov 2010 23:29:00 GMT`. The day of the week is not checked against the date.
    ///
    /// - Source: RFC 3261 §20.17, §25.1 `SIP-date`.
    public init?(parsing bytes: Span<UInt8>) {
        let words = (String(parsing: bytes) ?? "").split(separator: " ")
        guard words.count == 6, Self.days.contains(String(words[0])),
            let month = Self.months.firstIndex(of: String(words[2])),
            words[1].utf8.count <= 2, words[3].utf8.count == 4, words[4].utf8.count == 8, words[5] == "GMT",
            let day = Int(words[1])
        else { return nil }
        let text = "\(words[3])-\(Self.twoDigits(month + 1))-\(Self.twoDigits(day))T\(words[4])Z"
        guard let time = WallTime(iso8601: text) else { return nil }
        self = time
    }

    /// Writes `Sat, 13 Nov 2010 23:29:00 GMT`; what is below a second is cut off.
    public func write(to output: inout [UInt8]) { output.append(text: self.sipDate) }

    /// `Sat, 13 Nov 2010 23:29:00 GMT`: the form of Date.
    public var sipDate: String {
        let date = Array(self.iso8601.utf8.map { Int($0) - 0x30 })
        // The form is `yyyy-mm-ddThh:mm:ssZ` from year 0 to 9999; outside of it there is no date in this form.
        guard date.count == 20 else { return "Thu, 01 Jan 1970 00:00:00 GMT" }
        let month = date[5] * 10 + date[6]
        let (daysSince1970, _) = self.milliseconds.quotientAndRemainder(flooring: 86_400_000)
        // The first of January 1970 was a Thursday.
        let (_, weekday) = (daysSince1970 + 4).quotientAndRemainder(flooring: 7)
        let text = self.iso8601
        func part(_ start: Int, _ count: Int) -> Substring { text.dropFirst(start).prefix(count) }
        return "\(Self.days[Int(weekday)]), \(part(8, 2)) \(Self.months[max(0, min(11, month - 1))]) \(part(0, 4)) "
            + "\(part(11, 8)) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

extension Int64 {
    /// The quotient rounded down, and what is left, which is never negative.
    fileprivate func quotientAndRemainder(flooring divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
