import RTP
import Testing

@Suite struct `Reception statistics` {
    @Test func `losses are told since the last report and since the beginning`() throws {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        for number in 1...10 as ClosedRange<UInt16> where number != 4 && number != 5 {
            _ = tracker.receive(number, ssrc: 3)
        }
        let firstReport = statistics.report(on: tracker, at: .zero)
        let first = try #require(firstReport)
        #expect(first.ssrc == 3)
        #expect(first.fractionLost == 51)
        #expect(first.cumulativeLost == 2)
        #expect(first.highestSequenceNumber == 10)
        _ = tracker.receive(11, ssrc: 3)
        let secondReport = statistics.report(on: tracker, at: .zero)
        let second = try #require(secondReport)
        #expect(second.fractionLost == 0)
        #expect(second.cumulativeLost == 2)
    }

    @Test func `packets that come as they were sent have no jitter`() {
        var statistics = ReceptionStatistics()
        for packet in 0..<100 {
            statistics.receive(
                timestamp: UInt32.max - 500 &+ UInt32(packet * 160), at: .zero + .milliseconds(20 * packet))
        }
        #expect(statistics.jitter == 0)
    }

    @Test func `jitter comes near the mean difference of arrivals`() {
        var statistics = ReceptionStatistics()
        for packet in 0..<400 {
            let delay = packet % 2 == 0 ? 0 : 10
            statistics.receive(timestamp: UInt32(packet * 160), at: .zero + .milliseconds(20 * packet + delay))
        }
        #expect((75...80).contains(statistics.jitter))
    }

    @Test func `before the first packet there is nothing to report`() {
        var statistics = ReceptionStatistics()
        let report = statistics.report(on: SequenceTracker(), at: .zero)
        #expect(report == nil)
    }

    @Test func `one packet is no stream yet, and is not reported on`() {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        _ = tracker.receive(1, ssrc: 3)
        let report = statistics.report(on: tracker, at: .zero)
        #expect(report == nil)
    }

    @Test func `a report is about the source of the moment, and counts its wraps from its own beginning`() throws {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        for number in [1, 2, 9] as [UInt16] { _ = tracker.receive(number, ssrc: 3) }
        _ = statistics.report(on: tracker, at: .zero)
        for number in [65_534, 65_535, 0, 2] as [UInt16] { _ = tracker.receive(number, ssrc: 4) }
        let made = statistics.report(on: tracker, at: .zero)
        let report = try #require(made)
        #expect(report.ssrc == 4)
        #expect(report.highestSequenceNumber == 0x1_0002)
        #expect(report.cumulativeLost == 1)
        #expect(report.fractionLost == 51)
    }

    @Test func `packets that came twice make the loss negative, and no part of it`() throws {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        for number in [1, 2, 2, 2] as [UInt16] { _ = tracker.receive(number, ssrc: 3) }
        let made = statistics.report(on: tracker, at: .zero)
        let report = try #require(made)
        #expect(report.cumulativeLost == -2)
        #expect(report.fractionLost == 0)
    }

    @Test(arguments: [400_000, -400_000])
    func `a jump of timestamps is told, and is no jitter`(jump: Int) {
        var statistics = ReceptionStatistics()
        var jumps: [Int?] = []
        for packet in 0..<6 {
            let timestamp = UInt32(truncatingIfNeeded: packet * 160 + (packet < 3 ? 0 : jump))
            jumps.append(statistics.receive(timestamp: timestamp, at: .zero + .milliseconds(20 * packet)))
        }
        #expect(jumps == [nil, nil, nil, jump, nil, nil])
        #expect(statistics.jitter == 0)
    }

    @Test func `silence that is not sent is no jump`() {
        var statistics = ReceptionStatistics()
        let first = statistics.receive(timestamp: 0, at: .zero)
        let second = statistics.receive(timestamp: 480_000, at: .zero + .seconds(60))
        #expect(first == nil && second == nil)
    }

    @Test func `the last sender's report is named, with how long ago it came`() throws {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        for number in [1, 2] as [UInt16] { _ = tracker.receive(number, ssrc: 3) }
        let report = RTCPSenderReport(
            ssrc: 3, ntpTime: 0xB44D_B705_2000_0000, rtpTimestamp: 0, packetCount: 2, octetCount: 320)
        statistics.receive(report, at: .zero + .seconds(10))
        let made = statistics.report(on: tracker, at: .zero + .milliseconds(15_250))
        let block = try #require(made)
        // The figures of RFC 3550 §6.4.1, figure 2.
        #expect(block.lastSenderReport == 0xB705_2000)
        #expect(block.delaySinceLastSenderReport == 0x0005_4000)
        #expect(block.roundTrip(at: 0xB44D_B710_8000_0000) == .milliseconds(6_125))
    }
}
