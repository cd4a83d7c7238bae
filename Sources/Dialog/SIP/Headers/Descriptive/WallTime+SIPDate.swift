extension WallTime: SIPHeaderValue {
    /// Reads `Sat, 13 Nov 2010 23:29:00 GMT`. The day of the week is not checked against the date.
    ///
    /// - Source: RFC 3261 §20.17, §25.1 `SIP-date`.
    public init?(parsing bytes: Span<UInt8>) {
        let words = (String(parsing: bytes) ?? "").split(separator: " ").map(String.init)
        guard words.count == 6, words[0].utf8.last == UInt8(ascii: ","), words[5] == "GMT",
            Self.weekdays.contains(String(words[0].dropLast())), let month = Self.months.firstIndex(of: words[2]),
            words[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let day = Int(words[1]),
            let time = WallTime(iso8601: "\(words[3])-\(Self.twoDigits(month + 1))-\(Self.twoDigits(day))T\(words[4])Z")
        else { return nil }
        self = time
    }

    /// Writes `Sat, 13 Nov 2010 23:29:00 GMT`; what is below a second is cut off.
    public func write(to output: inout [UInt8]) { output.append(text: self.sipDate) }

    /// `Sat, 13 Nov 2010 23:29:00 GMT`: the form of Date. A date outside of the years 0 to 9999 has none; the beginning
    /// of 1970 stands for it.
    public var sipDate: String {
        let text = self.iso8601
        func part(_ start: Int, _ count: Int) -> Substring { text.dropFirst(start).prefix(count) }
        guard text.utf8.count == 20, let month = Int(part(5, 2)), (1...12).contains(month) else {
            return WallTime(milliseconds: 0).sipDate
        }
        // The first of January 1970 was a Thursday.
        let weekday = (self.milliseconds.floorDivided(by: 86_400_000) + 4).remainder(flooring: 7)
        return
            "\(Self.weekdays[Int(weekday)]), \(part(8, 2)) \(Self.months[month - 1]) \(part(0, 4)) \(part(11, 8)) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

extension Int64 {
    /// The quotient rounded down.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What is left of a division that is rounded down: never negative.
    fileprivate func remainder(flooring divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
