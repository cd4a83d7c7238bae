/// A date and time for people: milliseconds since 1970-01-01 00:00 UTC.
public struct WallTime: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    public var milliseconds: Int64

    /// A date so many milliseconds after the beginning of 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// What the date is at `moment`, where the clock began at `epoch`.
    public init(epoch: WallTime, moment: MonotonicTime) {
        self.milliseconds = epoch.milliseconds + moment.nanoseconds / 1_000_000
    }

    /// Earlier and later.
    public static func < (left: WallTime, right: WallTime) -> Bool { left.milliseconds < right.milliseconds }

    /// The date `duration` later.
    public static func + (time: WallTime, duration: Duration) -> WallTime {
        WallTime(milliseconds: time.milliseconds + duration.milliseconds)
    }

    /// The form of ``iso8601``.
    public var description: String { self.iso8601 }
}

extension WallTime {
    /// `2015-09-10T16:58:22Z`: the form of MSML parameters and of the media server's metadata.
    public var iso8601: String {
        let (year, month, day, hour, minute, second, _) = self.civil
        return "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(hour)):\(pad(minute)):\(pad(second))Z"
    }

    /// `2015-09-10T16:58:22.000+0000`: the form of the web services.
    ///
    /// - Source: GIR API, `recording.startTime`.
    public var iso8601Milliseconds: String {
        let (year, month, day, hour, minute, second, milliseconds) = self.civil
        return "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(hour)):\(pad(minute)):\(pad(second))"
            + ".\(pad(milliseconds, 3))+0000"
    }

    /// `2015-09-10_16-58-22`: the form of file names.
    public var fileStamp: String {
        let (year, month, day, hour, minute, second, _) = self.civil
        return "\(pad(year, 4))-\(pad(month))-\(pad(day))_\(pad(hour))-\(pad(minute))-\(pad(second))"
    }

    /// `16:58:22.000`: the time of day, UTC.
    public var timeOfDay: String {
        let (_, _, _, hour, minute, second, milliseconds) = self.civil
        return "\(pad(hour)):\(pad(minute)):\(pad(second)).\(pad(milliseconds, 3))"
    }

    /// Reads either ISO form: a fraction of a second is optional, the zone is `Z`, `+hhmm` or `+hh:mm`.
    ///
    /// - Returns: nil where `text` is anything else or no such date exists.
    public init?(iso8601 text: some StringProtocol) {
        var rest = text.utf8[...]
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for byte in rest.prefix(digits) {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            rest = rest.dropFirst(digits)
            return value
        }
        func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("T"),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var milliseconds = 0
        if skip(".") {
            var scale = 100
            var digits = 0
            while let byte = rest.first, (48...57).contains(byte) {
                milliseconds += Int(byte - 48) * scale
                scale /= 10
                digits += 1
                rest = rest.dropFirst()
            }
            guard digits > 0 else { return nil }
        }
        var offset = 0
        if !skip("Z") {
            let west = rest.first == UInt8(ascii: "-")
            guard skip("+") || skip("-"), let hours = number(2) else { return nil }
            _ = skip(":")
            guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
            offset = (hours * 60 + minutes) * (west ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset * 60)
        self.milliseconds = seconds * 1_000 + Int64(milliseconds)
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar, counted from March so that the leap day is last.
    private static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era) * 146_097 + Int64(dayOfEra) - 719_468
    }

    private var civil: (Int, Int, Int, Int, Int, Int, Int) {
        let day = self.milliseconds.floorDivided(by: 86_400_000)
        let inDay = Int(self.milliseconds - day * 86_400_000)
        let shifted = day + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        return (
            year, month, dayOfYear - (153 * march + 2) / 5 + 1,
            inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1_000 % 60, inDay % 1_000
        )
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

private func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
