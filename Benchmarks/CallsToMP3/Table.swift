import Foundation

/// What one run has shown.
struct Measurement {
    var calls: Int
    var seconds: Int
    var recorded: Recorder.Outcome
    /// - Unit: seconds of CPU of libmp3lame alone.
    var alone: Double
    /// - Unit: bytes.
    var memoryPerCall: Int

    var ratio: Double { self.recorded.usage.total / self.alone }
    var callsPerCore: Double { Double(self.calls * self.seconds) / self.recorded.usage.total }
    /// Recorded packets of those that were sent, 0 to 1.
    var share: Double { Double(self.recorded.received) / Double(max(self.recorded.sent, 1)) }

    /// Why the run says nothing; nil where it does.
    var flaw: String? {
        if self.share < 0.999 {
            // After half a second a packet's place has been written, and it is counted as late.
            let stalled = self.recorded.lateness > 400 ? ", as the sender stood still for a while" : ""
            return "only \(self.recorded.received) of \(self.recorded.sent) packets were recorded\(stalled)"
        }
        if self.recorded.sent < 2 * self.calls * self.seconds * 50 { return "the sender has sent too little" }
        // A constant bit rate of 16 kbit/s: the files say whether all the sound was encoded.
        let expected = self.calls * self.seconds * 2_000
        if self.recorded.fileBytes < expected {
            return "the files have \(self.recorded.fileBytes) bytes, \(expected) are the least"
        }
        return nil
    }
}

/// Runs, one a line, and their medians.
struct Table {
    private var valid: [Measurement] = []
    private(set) var hasInvalidRuns = false

    mutating func add(_ run: Measurement, as number: Int) {
        print(
            String(
                format: "%3d %15.2f   (%4.2f) %17.2f %7.3f %12.0f %11d (%6.2f %%) %12.0f", number,
                run.recorded.usage.total, run.recorded.usage.kernel, run.alone, run.ratio, run.callsPerCore,
                run.recorded.received, run.share * 100, run.recorded.lateness))
        guard let flaw = run.flaw else { return self.valid.append(run) }
        print("!!! RUN \(number) DOES NOT COUNT: \(flaw)")
        self.hasInvalidRuns = true
    }

    func printMedians() {
        guard !self.valid.isEmpty else { return print("!!! NO RUN COUNTS") }
        self.printMedian("ratio to libmp3lame alone", "%.3f", self.valid.map(\.ratio))
        self.printMedian("calls a core", "%.0f", self.valid.map(\.callsPerCore))
        self.printMedian("ms of CPU a call-minute", "%.1f", self.valid.map { 60_000 / $0.callsPerCore })
        self.printMedian(
            "of that libmp3lame alone", "%.1f",
            self.valid.map { $0.alone * 60_000 / Double($0.calls * $0.seconds) })
        self.printMedian(
            "of that the kernel", "%.1f",
            self.valid.map { $0.recorded.usage.kernel * 60_000 / Double($0.calls * $0.seconds) })
        // Later runs find the memory of the first, so that the first says what a call takes.
        print("kB of memory a call: \(self.valid[0].memoryPerCall / 1_000)")
    }

    private func printMedian(_ name: String, _ format: String, _ numbers: [Double]) {
        let sorted = numbers.sorted()
        let line = String(
            format: "median \(format), least \(format), most \(format)", sorted[sorted.count / 2], sorted[0],
            sorted[sorted.count - 1])
        print("\(name): \(line)")
    }
}
