/// The times of RTCP: seconds since 1900 in the upper 32 bits, their fraction in the lower.
///
/// - Source: RFC 3550 §4.
public enum NTPTime {
    /// The middle 32 bits, by which a report names the sender's report that it answers. `LSR`.
    public static func middle(of time: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: time >> 16) }

    /// A duration in the unit of `DLSR`; the nearest that 32 bits hold.
    ///
    /// - Unit: 65 536ths of a second.
    public static func units(of duration: Duration) -> UInt32 {
        let nanoseconds = Int128(max(0, duration.nanoseconds))
        return UInt32(clamping: (nanoseconds << 16 + 500_000_000) / 1_000_000_000)
    }

    /// A duration of so many 65 536ths of a second.
    public static func duration(ofUnits units: UInt32) -> Duration {
        .nanoseconds((Int64(units) * 1_000_000_000) >> 16)
    }

    /// - Unit: seconds from the beginning of 1900 until that of 1970.
    static let secondsUntil1970: Int64 = 2_208_988_800
    /// - Unit: seconds after which the upper 32 bits begin anew, first on 2036-02-07.
    static let era: Int64 = 1 << 32
}

extension WallTime {
    /// The date that an NTP time means. Times whose first bit is 0 are those after the wrap of 2036.
    ///
    /// - Source: RFC 3550 §4; RFC 4330 §3 for the wrap.
    public init(ntpTime: UInt64) {
        let seconds = Int64(ntpTime >> 32) + (ntpTime >> 63 == 0 ? NTPTime.era : 0)
        let fraction = (ntpTime & 0xFFFF_FFFF) * 1_000
        // To the nearest millisecond, so that a date survives both ways.
        let milliseconds = Int64((fraction + 0x8000_0000) >> 32)
        self.init(milliseconds: (seconds - NTPTime.secondsUntil1970) * 1_000 + milliseconds)
    }

    /// The date as an NTP time, its seconds wrapped as often as need be.
    public var ntpTime: UInt64 {
        let (seconds, rest) = self.milliseconds.quotientAndRemainder(dividingBy: 1_000)
        // The remainder has the sign of the date; before 1970 the fraction counts from the second before.
        let whole = seconds &- (rest < 0 ? 1 : 0) &+ NTPTime.secondsUntil1970
        let fraction = UInt64(rest < 0 ? rest + 1_000 : rest) << 32 / 1_000
        return UInt64(UInt32(truncatingIfNeeded: whole)) << 32 | fraction
    }
}

extension RTCPReportBlock {
    /// How long a packet travels to the reporter and back, as this report tells its receiver.
    ///
    /// - Parameter arrival: when the report came, on the clock of the sender's reports that it answers.
    /// - Returns: nil where it answers none, or where clocks make it less than nothing.
    /// - Source: RFC 3550 §6.4.1, figure 2.
    public func roundTrip(at arrival: UInt64) -> Duration? {
        guard self.lastSenderReport != 0 else { return nil }
        let units = NTPTime.middle(of: arrival) &- self.lastSenderReport &- self.delaySinceLastSenderReport
        return units < 0x8000_0000 ? NTPTime.duration(ofUnits: units) : nil
    }
}
