extension JournalReader {
    /// A segment without the records of some recordings: what a storage hands over where a segment stays for the sake of
    /// others. Bytes that are no record stay, so that damage is still told.
    public static func segment(_ segment: [UInt8], without recordings: Set<RecordingNumber>) -> [UInt8] {
        guard !recordings.isEmpty else { return segment }
        var kept: [UInt8] = []
        var start = 0
        var reader = JournalReader()
        while let record = reader.next(in: segment.span) {
            guard recordings.contains(record.recording) else { continue }
            kept += segment[start..<record.frame.lowerBound]
            start = record.frame.upperBound
        }
        return start == 0 ? segment : kept + segment[start...]
    }
}
