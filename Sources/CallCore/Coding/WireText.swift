/// A piece of text of a message, held as a place in the message's bytes: it costs no copy, only a hold on them.
///
/// A parser hands these out where a `String` for each part of a message would be most of its work. Two are equal where
/// their bytes are, wherever these lie. The whole message stays in memory while a piece of it does; ``detached``
/// lets go of it.
///
/// The bytes need not be UTF-8, and are never changed. They are read in place, without a copy, through
/// `text.buffer.span.extracting(text.range)`.
public struct WireText: Sendable {
    /// The bytes that this is a piece of.
    public let buffer: [UInt8]
    @usableFromInline let start: UInt32
    @usableFromInline let end: UInt32

    /// A piece of `buffer`.
    ///
    /// - Parameter range: within `buffer`, and below 4 GiB.
    @inlinable
    public init(_ buffer: [UInt8], in range: Range<Int>) {
        self.buffer = buffer
        (self.start, self.end) = (
            UInt32(truncatingIfNeeded: range.lowerBound), UInt32(truncatingIfNeeded: range.upperBound)
        )
    }

    /// Nothing.
    @inlinable
    public init() { self.init([], in: 0..<0) }

    /// A copy of bytes.
    public init(copying bytes: Span<UInt8>) {
        // One bulk copy: byte by byte through OutputSpan doubles its cost.
        let copy = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
        self.init(copy, in: 0..<copy.count)
    }

    /// Text made here.
    public init(_ text: some StringProtocol) {
        let copy = Array(text.utf8)
        self.init(copy, in: 0..<copy.count)
    }

    /// Where it stands in ``buffer``.
    @inlinable
    public var range: Range<Int> { unsafe Range(uncheckedBounds: (Int(self.start), Int(self.end))) }

    /// - Unit: bytes.
    @inlinable
    public var count: Int { Int(self.end) - Int(self.start) }

    /// Whether there is nothing.
    @inlinable
    public var isEmpty: Bool { self.start == self.end }

    /// A piece of the same bytes.
    ///
    /// - Parameter range: within ``buffer``, not within this piece.
    @inlinable
    public func extracting(_ range: Range<Int>) -> WireText { WireText(self.buffer, in: range) }

    /// Appends the bytes, as they are.
    @inlinable
    public func write(to output: inout [UInt8]) { output += self.buffer[self.range] }

    /// The same text with bytes of its own, so that the message can be let go.
    public var detached: WireText {
        self.count == self.buffer.count ? self : WireText(copying: self.buffer.span.extracting(self.range))
    }

    /// The text; bytes that are no UTF-8 are replaced.
    public var string: String {
        let part = self.buffer.span.extracting(self.range)
        if let text = try? UTF8Span(validating: part) { return String(copying: text) }
        return String(decoding: self.buffer[self.range], as: UTF8.self)
    }
}

extension WireText: Hashable {
    /// Equal where the bytes are.
    public static func == (left: WireText, right: WireText) -> Bool {
        guard left.count == right.count else { return false }
        let (mine, its) = (left.buffer.span.extracting(left.range), right.buffer.span.extracting(right.range))
        for index in 0..<mine.count where mine[index] != its[index] { return false }
        return true
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        // A bulk of bytes, not one after another.
        unsafe self.buffer.withUnsafeBytes { bytes in
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[self.range]))
        }
        hasher.combine(self.count)
    }
}

extension WireText: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Text written in source.
    public init(stringLiteral text: String) { self.init(text) }

    /// The text.
    public var description: String { self.string }
}
