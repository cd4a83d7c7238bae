import Foundation

/// What one run has shown.
struct Measurement {
    var calls: Int
    var seconds: Int
    var relay: Bool
    var format: CallsToFiles.Format
    var recorded: Outcome?
    /// The reference's own count, where it has recorded as well.
    var reference: Outcome?
    /// - Unit: seconds of CPU of the reference.
    var alone = 0.0
    /// - Unit: bytes.
    var memoryPerCall = 0

    var cpu: Double { self.recorded?.usage.total ?? 0 }
    var ratio: Double { self.alone > 0 ? self.cpu / self.alone : 0 }

    /// - Parameter cpu: seconds of all calls.
    /// - Returns: milliseconds of CPU of a minute of a call.
    func milliseconds(_ cpu: Double) -> Double { cpu * 60_000 / Double(self.calls * self.seconds) }

    /// Why the run says nothing; nil where it does.
    var flaw: String? {
        guard let recorded else { return "nothing was recorded" }
        if let reference, reference.received != reference.sender.sent {
            return "the reference has \(reference.received) of \(reference.sender.sent) packets"
        }
        if recorded.received != recorded.sender.sent {
            // After half a second a packet's place has been written, and it is counted as late.
            let stalled = recorded.sender.lateness > 400 ? ", as the sender stood still for a while" : ""
            return "\(recorded.received) of \(recorded.sender.sent) packets were recorded\(stalled)"
        }
        if recorded.sender.sent < 2 * self.calls * self.seconds * 50 { return "the sender has sent too little" }
        // 16 kbit/s, or two bytes for each of 8 000 samples: the files say whether all the sound is in them.
        let expected = self.calls * self.seconds * (self.format == .mp3 ? 2_000 : 16_000)
        if recorded.fileBytes < expected {
            return "the files have \(recorded.fileBytes) bytes, \(expected) are the least"
        }
        return nil
    }
}

/// Runs, one a line, and their medians.
struct Table {
    let reference: CallsToFiles.Reference
    private var valid: [Measurement] = []
    private(set) var hasInvalidRuns = false

    init(reference: CallsToFiles.Reference) {
        self.reference = reference
        print(
            "run  CPU s (kernel)  \(reference.rawValue) CPU s  ratio  packets sent = recorded  sender late ms  relayed after ms"
        )
    }

    mutating func add(_ run: Measurement, as number: Int) {
        let recorded = run.recorded
        let delays = recorded.map { $0.sender.heard > 0 ? $0.sender.delays : [] } ?? []
        print(
            String(
                format: "%3d %7.2f  (%4.2f) %16.2f %6.3f %24d %15.0f  ", number, run.cpu, recorded?.usage.kernel ?? 0,
                run.alone, run.ratio, recorded?.received ?? 0, recorded?.sender.lateness ?? 0)
                + delays.map { String(format: "%.2f", $0) }.joined(separator: " "))
        guard let flaw = run.flaw else { return self.valid.append(run) }
        print("!!! RUN \(number) DOES NOT COUNT: \(flaw)")
        self.hasInvalidRuns = true
    }

    func printMedians() {
        guard !self.valid.isEmpty else { return print("!!! NO RUN COUNTS") }
        self.printMedian("ms of CPU a call-minute", "%.1f", self.valid.map { $0.milliseconds($0.cpu) })
        self.printMedian(
            "of that the kernel", "%.1f", self.valid.map { $0.milliseconds($0.recorded?.usage.kernel ?? 0) })
        self.printMedian("calls a core", "%.0f", self.valid.map { 60_000 / $0.milliseconds($0.cpu) })
        if self.reference != .none {
            self.printMedian(
                "\(self.reference.rawValue), ms of CPU a call-minute", "%.1f",
                self.valid.map { $0.milliseconds($0.alone) })
            self.printMedian("ratio to \(self.reference.rawValue)", "%.3f", self.valid.map(\.ratio))
        }
        self.printDelays("relayed", self.valid.compactMap(\.recorded))
        self.printDelays("relayed by \(self.reference.rawValue)", self.valid.compactMap(\.reference))
        // Later runs find the memory of the first, so that the first says what a call takes.
        print("kB of memory a call: \(self.valid[0].memoryPerCall / 1_000)")
    }

    private func printDelays(_ name: String, _ outcomes: [Outcome]) {
        let heard = outcomes.map(\.sender).filter { $0.heard > 0 }
        guard !heard.isEmpty else { return }
        for (index, share) in ["half", "99 %", "all"].enumerated() {
            self.printMedian("\(name), \(share) within ms", "%.2f", heard.map { $0.delays[index] })
        }
        self.printMedian(
            "\(name), packets heard of those sent, %", "%.2f", heard.map { 100 * Double($0.heard) / Double($0.sent) })
    }

    private func printMedian(_ name: String, _ format: String, _ numbers: [Double]) {
        let sorted = numbers.sorted()
        let line = String(
            format: "median \(format), least \(format), most \(format)", sorted[sorted.count / 2], sorted[0],
            sorted[sorted.count - 1])
        print("\(name): \(line)")
    }
}
