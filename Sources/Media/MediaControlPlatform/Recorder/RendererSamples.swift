import CallAudio

/// A block of every channel's samples, and the forms in which encoders want them. Kept from block to block, so that
/// rendering allocates nothing in steady state.
struct RendererSamples: Sendable {
    /// Each channel's samples in its own law; empty for one that is linear.
    private(set) var channels: [[UInt8]] = []
    private var laws: [G711] = []
    /// Which channels came linear.
    private var isLinear: [Bool] = []
    /// Each channel's samples, decoded.
    private var linear: [[Int16]] = []
    private var interleaved: [Int16] = []
    private var bytes: [UInt8] = []

    /// Takes the next samples out of channels.
    mutating func load(_ count: Int, of channels: inout [RendererChannel]) {
        while self.channels.count < channels.count { self.channels.append([]) }
        self.channels.removeLast(self.channels.count - channels.count)
        while self.linear.count < channels.count { self.linear.append([]) }
        self.laws.removeAll(keepingCapacity: true)
        self.isLinear.removeAll(keepingCapacity: true)
        for index in channels.indices {
            self.channels[index].removeAll(keepingCapacity: true)
            self.laws.append(channels[index].timeline.law)
            self.isLinear.append(channels[index].timeline.isLinear)
            self.linear[index].removeAll(keepingCapacity: true)
            if self.isLinear[index] {
                channels[index].take(count, into: &self.linear[index])
            } else {
                channels[index].take(count, into: &self.channels[index])
                let codes = self.channels[index]
                self.laws[index].decode(codes.span, into: &self.linear[index])
            }
        }
    }

    /// Samples of each channel.
    var count: Int { self.linear.first?.count ?? 0 }

    /// Tells an analysis what the channels say.
    func tell(_ analysis: inout SoundAnalysis) {
        for index in self.channels.indices {
            let samples = self.linear[index]
            analysis.hear(samples.span, channel: index)
        }
    }

    /// Lends the samples in a form.
    ///
    /// - Throws: `.unsupported` where this form cannot be made of them.
    mutating func lend(
        as format: AudioFormat, _ body: (Span<UInt8>) throws(AudioError) -> Void
    ) throws(AudioError) {
        guard format.sampleRate == 8_000, format.channels == self.channels.count || format.channels == 1 else {
            throw AudioError(
                .unsupported,
                "\(self.channels.count) channels at 8000 Hz cannot be made into \(format.channels) at "
                    + "\(format.sampleRate) Hz")
        }
        if let law = G711(format.samples) {
            guard format.channels == self.channels.count else {
                throw AudioError(.unsupported, "channels are mixed as linear samples only")
            }
            self.interleave(in: law)
            try body(self.bytes.span)
        } else {
            if format.channels == self.channels.count { self.interleave() } else { self.mix() }
            // Safe: an Int16 is any two bytes, in the machine's order, and the span ends with this call.
            let bytes = unsafe self.interleaved.span.bytes
            try body(Span<UInt8>(_bytes: bytes))
        }
    }

    private mutating func interleave(in law: G711) {
        self.bytes.removeAll(keepingCapacity: true)
        for index in self.channels.indices where self.isLinear[index] {
            self.channels[index].removeAll(keepingCapacity: true)
            for sample in self.linear[index] { self.channels[index].append(law.encode(sample)) }
        }
        let count = self.channels.first?.count ?? 0
        for index in self.channels.indices where self.laws[index] != law && !self.isLinear[index] {
            var span = self.channels[index].mutableSpan
            self.laws[index].transcode(&span)
            self.laws[index] = law
        }
        if self.channels.count == 2 {
            let (left, right) = (self.channels[0], self.channels[1])
            self.bytes.append(addingCapacity: 2 * count) { output in
                for index in 0..<min(left.count, right.count) {
                    output.append(left[index])
                    output.append(right[index])
                }
            }
            return
        }
        for index in 0..<count {
            for channel in self.channels { self.bytes.append(channel[index]) }
        }
    }

    private mutating func interleave() {
        let count = self.linear.first?.count ?? 0
        self.interleaved.removeAll(keepingCapacity: true)
        if self.channels.count == 2 {
            let (left, right) = (self.linear[0], self.linear[1])
            self.interleaved.append(addingCapacity: 2 * count) { output in
                for index in 0..<min(left.count, right.count) {
                    output.append(left[index])
                    output.append(right[index])
                }
            }
            return
        }
        for index in 0..<count {
            for channel in self.channels.indices { self.interleaved.append(self.linear[channel][index]) }
        }
    }

    /// Adds the channels up; what is too loud is cut.
    private mutating func mix() {
        self.interleaved.removeAll(keepingCapacity: true)
        for index in 0..<(self.linear.first?.count ?? 0) {
            var sum = 0
            for channel in self.channels.indices { sum += Int(self.linear[channel][index]) }
            self.interleaved.append(Int16(clamping: sum))
        }
    }
}
