extension AudioFileFormat {
    /// Makes a whole file of what parties said, one channel each, where nothing has to be lined up any more.
    ///
    /// ```swift
    /// let mp3 = try MP3Format().file(of: [customer, agent], in: .muLaw)
    /// ```
    ///
    /// - Parameters:
    ///   - channels: samples at 8 000 Hz; silence follows those of a channel that is shorter than others.
    ///   - law: how all of them are coded.
    /// - Returns: the bytes of the file.
    /// - Throws: `.unsupported` where this format cannot hold such channels.
    public func file(of channels: [[UInt8]], in law: G711) throws(AudioError) -> [UInt8] {
        let format = self.samples(for: AudioFormat(law.samples, channels: channels.count))
        guard format.sampleRate == 8_000, format.channels == channels.count || format.channels == 1 else {
            throw AudioError(
                .unsupported,
                "\(channels.count) channels at 8000 Hz cannot be made into \(format.channels) at \(format.sampleRate) Hz"
            )
        }
        let encoder = try self.makeEncoder(for: format)
        let count = channels.lazy.map(\.count).max() ?? 0
        var file: [UInt8] = []
        var block = ChannelBlock(law: law, format: format)
        // A second at a time, as when a call is recorded.
        for start in stride(from: 0, to: count, by: 8_000) {
            block.load(channels, start..<min(start + 8_000, count))
            try block.lend { samples throws(AudioError) in try encoder.encode(samples, into: &file) }
        }
        let head = try encoder.finish(into: &file)
        file.replaceSubrange(0..<min(head.count, file.count), with: head)
        return file
    }
}

/// A piece of all channels, and what an encoder is given of it.
private struct ChannelBlock {
    let law: G711
    let format: AudioFormat
    private var codes: [[UInt8]] = []
    private var linear: [Int16] = []
    private var bytes: [UInt8] = []

    init(law: G711, format: AudioFormat) { (self.law, self.format) = (law, format) }

    mutating func load(_ channels: [[UInt8]], _ range: Range<Int>) {
        self.codes = channels.map { channel in
            var codes = Array(channel[range.clamped(to: channel.indices)])
            codes.append(contentsOf: repeatElement(self.law.silence, count: range.count - codes.count))
            return codes
        }
    }

    mutating func lend(_ body: (Span<UInt8>) throws(AudioError) -> Void) throws(AudioError) {
        guard let wanted = G711(self.format.samples) else {
            self.decode()
            // Safe: an Int16 is any two bytes, in the machine's order, and the span ends with this call.
            let bytes = unsafe self.linear.span.bytes
            return try body(Span<UInt8>(_bytes: bytes))
        }
        guard self.format.channels == self.codes.count else {
            throw AudioError(.unsupported, "channels are mixed as linear samples only")
        }
        self.bytes.removeAll(keepingCapacity: true)
        for index in 0..<(self.codes.first?.count ?? 0) {
            for channel in self.codes {
                self.bytes.append(wanted == self.law ? channel[index] : self.law.transcode(channel[index]))
            }
        }
        try body(self.bytes.span)
    }

    private mutating func decode() {
        let law = self.law
        self.linear.removeAll(keepingCapacity: true)
        if self.codes.count == 2, self.format.channels == 2 {
            let (left, right) = (self.codes[0], self.codes[1])
            self.linear.append(addingCapacity: left.count + right.count) { output in
                G711.decode(left: left.span, law, right: right.span, law, into: &output)
            }
            return
        }
        for index in 0..<(self.codes.first?.count ?? 0) {
            let samples = self.codes.lazy.map { law.decode($0[index]) }
            if self.format.channels == 1 {
                self.linear.append(Int16(clamping: samples.reduce(0) { $0 + Int($1) }))
            } else {
                self.linear.append(contentsOf: samples)
            }
        }
    }
}
