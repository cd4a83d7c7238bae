/// The outline of a waveform: the lowest and the highest sample of each interval, of 100 ms at first. Where there would be
/// more than 1 800 intervals, of three minutes, each two become one; so an outline is never longer than a screen is wide,
/// and never takes more than 3 600 bytes.
public struct WaveformPeaks: Sendable {
    /// - Unit: samples.
    public private(set) var interval = 800
    private var points: [Int8] = []
    private var open = (low: Int16.max, high: Int16.min, count: 0)

    private static let limit = 1_800

    /// Nothing was heard yet.
    public init() {}

    /// Lowest, highest, lowest, highest …: the upper eight bits of the samples, rounded away from zero. The last interval may
    /// be a shorter one.
    public var values: [Int8] {
        guard self.open.count > 0 else { return self.points }
        return self.points + [Self.point(self.open.low), Self.point(self.open.high)]
    }

    /// Takes samples, which do not reach over the end of an interval: any row of them within 20 ms.
    mutating func take(_ low: Int16, _ high: Int16, _ count: Int) {
        self.open = (min(self.open.low, low), max(self.open.high, high), self.open.count + count)
        guard self.open.count >= self.interval else { return }
        if self.points.count == 2 * Self.limit { self.halve() }
        guard self.open.count >= self.interval else { return }
        self.points.append(Self.point(self.open.low))
        self.points.append(Self.point(self.open.high))
        self.open = (.max, .min, 0)
    }

    private mutating func halve() {
        self.points = stride(from: 0, to: self.points.count, by: 4).flatMap { place in
            [
                min(self.points[place], self.points[place + 2]),
                max(self.points[place + 1], self.points[place + 3]),
            ]
        }
        self.interval *= 2
    }

    private static func point(_ sample: Int16) -> Int8 {
        Int8(clamping: sample < 0 ? Int(sample) >> 8 : (Int(sample) + 255) >> 8)
    }
}
