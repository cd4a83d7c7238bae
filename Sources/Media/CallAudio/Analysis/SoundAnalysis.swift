/// What can be said of a call's sound without listening to it: who talks when and how loud, and the outline of each
/// channel's waveform.
///
/// Channels are looked at in frames of 20 ms. Integers only, so the same samples give the same, however they are cut.
public struct SoundAnalysis: Sendable {
    /// What is known of one channel.
    public struct Channel: Sendable {
        /// Frames in which the channel talks.
        public fileprivate(set) var talk = 0
        /// Frames of those in which another channel talks, too.
        public fileprivate(set) var crossTalk = 0
        /// The outline of what was said.
        public fileprivate(set) var peaks = WaveformPeaks()

        fileprivate var voice = VoiceDetector()
        /// The frame that has begun.
        fileprivate var squares: Int64 = 0
        fileprivate var count = 0
        /// Whether the channel talks, in each frame that another channel has not reached.
        fileprivate var talks: [Bool] = []

        /// How loud the channel is while it talks: a square wave that fills the format has 0. Nil where it never does.
        ///
        /// - Unit: tenths of dBov.
        public var level: Int? { self.voice.meanSquare.map { Decibels.tenths(ofMeanSquare: $0) } }
    }

    /// - Unit: samples of a frame.
    public static let frame = 160

    /// The channels, in order.
    public private(set) var channels: [Channel]
    /// Frames that every channel has.
    public private(set) var frames = 0
    /// Frames in which nobody talks.
    public private(set) var silence = 0

    /// Nothing was heard yet.
    public init(channels: Int) { self.channels = Array(repeating: Channel(), count: max(channels, 0)) }

    /// Takes what one channel says next; the others follow, or have been told already.
    ///
    /// - Complexity: O(n); allocates nothing in steady state.
    public mutating func hear(_ samples: Span<Int16>, channel: Int) {
        guard self.channels.indices.contains(channel) else { return }
        self.channels[channel].hear(samples)
        self.settle()
    }

    /// Compares frames that every channel has reached.
    private mutating func settle() {
        var ready = Int.max
        for index in self.channels.indices { ready = min(ready, self.channels[index].talks.count) }
        guard ready > 0 else { return }
        for frame in 0..<ready {
            var talking = 0
            for index in self.channels.indices where self.channels[index].talks[frame] {
                self.channels[index].talk += 1
                talking += 1
            }
            if talking == 0 { self.silence += 1 }
            guard talking > 1 else { continue }
            for index in self.channels.indices where self.channels[index].talks[frame] {
                self.channels[index].crossTalk += 1
            }
        }
        for index in self.channels.indices { self.channels[index].talks.removeFirst(ready) }
        self.frames += ready
    }
}

extension SoundAnalysis.Channel {
    fileprivate mutating func hear(_ samples: Span<Int16>) {
        var place = 0
        while place < samples.count {
            let count = min(SoundAnalysis.frame - self.count, samples.count - place)
            let part = samples.extracting(place..<place + count)
            var squares: Int64 = 0
            var (low, high) = (Int16.max, Int16.min)
            for index in part.indices {
                let sample = part[index]
                squares &+= Int64(Int32(sample) &* Int32(sample))
                low = min(low, sample)
                high = max(high, sample)
            }
            self.squares &+= squares
            self.count += count
            self.peaks.take(low, high, count)
            place += count
            guard self.count == SoundAnalysis.frame else { continue }
            self.talks.append(self.voice.hear(meanSquare: self.squares / Int64(SoundAnalysis.frame)))
            (self.squares, self.count) = (0, 0)
        }
    }
}
