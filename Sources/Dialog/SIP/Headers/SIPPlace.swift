/// Where a part of a value stands in the bytes that it was read from; half the size of a `Range<Int>`.
struct SIPPlace: Sendable {
    private var start: UInt32
    private var end: UInt32

    @inline(__always)
    init(_ range: Range<Int>) {
        (self.start, self.end) = (
            UInt32(truncatingIfNeeded: range.lowerBound), UInt32(truncatingIfNeeded: range.upperBound)
        )
    }

    /// Of a part that is not there.
    static var absent: Self { Self() }

    private init() { (self.start, self.end) = (1, 0) }

    /// Whether the part is not there, which is not the same as an empty one.
    @inline(__always)
    var isAbsent: Bool { self.start > self.end }

    @inline(__always)
    var isEmpty: Bool { self.start >= self.end }

    /// The range; an empty one where the part is not there.
    @inline(__always)
    var range: Range<Int> {
        let end = Int(self.end)
        return min(Int(self.start), end)..<end
    }

    /// The same part of bytes that begin elsewhere; an empty one is empty anywhere.
    func moved(by distance: Int) -> Self {
        guard !self.isAbsent else { return self }
        let range = self.range
        return Self(range.isEmpty ? 0..<0 : (range.lowerBound + distance)..<(range.upperBound + distance))
    }
}
