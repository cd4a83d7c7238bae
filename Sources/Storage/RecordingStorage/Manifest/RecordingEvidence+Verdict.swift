extension RecordingEvidence {
    /// What follows from the evidence. The only place where it is decided what is an exception:
    ///
    /// | evidence | the verdict's summary |
    /// |---|---|
    /// | everything that was ordered to be recorded is there; pauses are ordered too | `complete` |
    /// | packets are missing, and their numbers show which | `complete except 3 lost packets` |
    /// | a cut, a party of whom nothing came, packets that cannot be read, a sender that counts more than is accounted for | `partial: …` |
    public var verdict: Verdict {
        var exceptions = self.cuts
        for stream in self.streams {
            let dn = stream.counts.dn
            if stream.counts.received == 0 { exceptions.append("nothing was received from \(dn)") }
            if stream.unreadable > 0 {
                exceptions.append("\(stream.unreadable) packets from \(dn) could not be read")
            }
            if let unseen = stream.sender?.unseen, unseen > 0 {
                exceptions.append("\(dn) counts \(unseen) packets more than came or are known to be lost")
            }
        }
        return Verdict(streams: self.streams.map(\.counts), pauses: self.pauses.map(\.span), exceptions: exceptions)
    }
}
