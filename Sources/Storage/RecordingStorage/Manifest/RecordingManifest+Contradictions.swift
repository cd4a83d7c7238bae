internal import CallCore

extension RecordingManifest {
    /// Where the manifest contradicts itself, a sentence each: what a node that is right never writes.
    public var contradictions: [String] {
        var found: [String] = []
        let verdict = self.evidence.verdict.summary
        if verdict != self.verdict {
            found.append("The verdict is stated as '\(self.verdict)', but the evidence says '\(verdict)'.")
        }
        // One that could hold no more is shorter, and that is told as a cut.
        for file in self.files
        where file.duration > self.duration || file.duration < self.duration && self.evidence.cuts.isEmpty {
            found.append("\(file.name) is not as long as the recording.")
        }
        for file in self.files where file.sha256.count != 32 {
            found.append("The SHA-256 of \(file.name) has not 32 bytes.")
        }
        if self.evidence.journal.sha256.count != 32 {
            found.append("The SHA-256 of the journal's records has not 32 bytes.")
        }
        var end = Duration.zero
        for pause in self.evidence.pauses {
            if pause.span.start < end || pause.span.end < pause.span.start || pause.span.end > self.duration {
                found.append("A pause lies outside the recording or in another pause.")
            }
            end = pause.span.end
        }
        for stream in self.evidence.streams { found += stream.contradictions }
        return found
    }
}

extension RecordingEvidence.Stream {
    fileprivate var contradictions: [String] {
        var found: [String] = []
        let counts = self.counts
        for run in self.runs {
            // Late packets may have numbers from before the run, which nobody expects.
            let accounted = run.received + run.lost
            if !(accounted...accounted + run.late).contains(run.last - run.first + 1) {
                found.append(
                    "The packets \(run.first) to \(run.last) from \(counts.dn) cannot be \(run.received) received, "
                        + "\(run.lost) lost and \(run.late) late.")
            }
        }
        func sum(_ count: KeyPath<RecordingEvidence.Run, Int>) -> Int {
            self.runs.reduce(0) { $0 + $1[keyPath: count] }
        }
        // Packets that came in order, but after their place in the sound, are late in the sum and not in their run.
        let listed = [sum(\.received) + sum(\.late), sum(\.lost), sum(\.duplicate)]
        let stated = [counts.received + counts.late, counts.lost, counts.duplicate]
        let isWhole = self.runCount == self.runs.count
        if isWhole ? listed != stated : zip(listed, stated).contains(where: { $0 > $1 }) {
            found.append("The runs of packets from \(counts.dn) do not make the counts that are stated.")
        }
        return found
    }
}
