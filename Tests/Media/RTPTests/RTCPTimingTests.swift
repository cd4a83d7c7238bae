import RTP
import Testing

@Suite struct `RTCP timing` {
    /// Values by hand from the C of RFC 3550 appendix A.7, for a bandwidth of 400 bytes a second and reports of 120.
    @Test(
        arguments: [
            // Two in a call, both sending: the minimum, and half of it at first.
            (2, 2, true, false, 5.0), (2, 2, true, true, 2.5),
            // 100 members, 10 senders: a sender shares a quarter with 9, a receiver three quarters with 89.
            (100, 10, true, false, 12.0), (100, 10, false, false, 36.0),
            // More than a quarter sends: all share everything alike.
            (100, 30, true, false, 30.0), (100, 30, false, false, 30.0),
        ] as [(Int, Int, Bool, Bool, Double)])
    func `the interval shares the bandwidth`(
        members: Int, senders: Int, hasSent: Bool, isInitial: Bool, seconds: Double
    ) {
        let interval = RTCPInterval(
            members: members, senders: senders, bandwidth: 400, hasSent: hasSent, averageByteCount: 120,
            isInitial: isInitial)
        #expect(interval.deterministic == .seconds(seconds))
    }

    @Test func `chance makes it half to one and a half times as long, on the compensated average`() {
        let interval = RTCPInterval(
            members: 2, senders: 2, bandwidth: 400, hasSent: true, averageByteCount: 120, isInitial: false)
        var tokens = TokenGenerator(seed: 7)
        var sum = 0.0
        for _ in 0..<10_000 {
            let seconds = interval.next(using: &tokens) / .seconds(1)
            #expect((2.5 / 1.218_28...7.5 / 1.218_28).contains(seconds))
            sum += seconds
        }
        #expect(abs(sum / 10_000 - 5 / 1.218_28) < 0.05)
    }

    @Test(arguments: [(0, 0, 0.0), (-5, 9, -1.0), (.max, 1, 1e-300), (3, .max, .nan), (2, 2, .infinity)])
    func `sessions that cannot be have an interval all the same`(members: Int, senders: Int, bandwidth: Double) {
        let interval = RTCPInterval(
            members: members, senders: senders, bandwidth: bandwidth, hasSent: false, averageByteCount: 120,
            isInitial: false)
        #expect((.seconds(5) ... .seconds(86_400)).contains(interval.deterministic))
    }

    @Test func `the average size follows by sixteenths`() {
        #expect(RTCPInterval.average(160, with: 320) == 170)
    }

    /// - Source: RFC 3550 §6.4.1, figure 2: 10 Nov 1995 11:33:25.125 UTC and 36.5 s.
    @Test func `dates are NTP times and back`() {
        #expect(WallTime(ntpTime: 0xB44D_B705_2000_0000) == WallTime(iso8601: "1995-11-10T11:33:25.125Z"))
        #expect(WallTime(iso8601: "1995-11-10T11:33:36.500Z")?.ntpTime == 0xB44D_B710_8000_0000)
    }

    @Test func `seconds wrap in 2036, and the first bit says on which side a time is`() {
        #expect(WallTime(ntpTime: 0) == WallTime(iso8601: "2036-02-07T06:28:16Z"))
        #expect(WallTime(iso8601: "2036-02-07T06:28:16Z")?.ntpTime == 0)
        #expect(WallTime(ntpTime: 0x8000_0000_0000_0000) == WallTime(iso8601: "1968-01-20T03:14:08Z"))
    }

    @Test func `every millisecond survives both ways`() {
        var tokens = TokenGenerator(seed: 1_305)
        for _ in 0..<20_000 {
            // 1970 to 2100.
            let time = WallTime(milliseconds: Int64.random(in: 0...4_102_444_800_000, using: &tokens))
            #expect(WallTime(ntpTime: time.ntpTime) == time)
        }
        for end in [Int64.min, .max] { _ = WallTime(milliseconds: end).ntpTime }
    }

    @Test func `durations are 65 536ths of a second, within what 32 bits hold`() {
        #expect(NTPTime.units(of: .milliseconds(5_250)) == 0x0005_4000)
        #expect(NTPTime.duration(ofUnits: 0x0005_4000) == .milliseconds(5_250))
        #expect(NTPTime.units(of: .seconds(-1)) == 0)
        #expect(NTPTime.units(of: .seconds(1 << 40)) == .max)
    }

    @Test func `a report that answers none has no round trip, and clocks that disagree make none either`() {
        #expect(RTCPReportBlock(ssrc: 1, highestSequenceNumber: 1).roundTrip(at: 1 << 40) == nil)
        let early = RTCPReportBlock(ssrc: 1, highestSequenceNumber: 1, lastSenderReport: 0x2_0000)
        #expect(early.roundTrip(at: 0x1_0000 << 16) == nil)
    }
}
