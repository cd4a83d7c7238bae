/// The part of a body that a client asks for.
///
/// - Source: RFC 9110 §14.1.2, one range in `bytes`.
public enum ByteRange: Hashable, Sendable {
    /// `bytes=500-999`: both ends included.
    case span(first: Int64, last: Int64)
    /// `bytes=500-`: to the end.
    case from(Int64)
    /// `bytes=-500`: so many bytes at the end.
    case suffix(Int64)

    /// What such a range is of a body whose length is known.
    public enum Resolution: Hashable, Sendable {
        /// These bytes; never empty.
        case part(Range<Int64>)
        /// None: the answer is 416.
        case unsatisfiable
    }

    /// Reads a `Range` field.
    ///
    /// - Returns: nil where the field is to be ignored: another unit, several ranges, or no range at all. The client
    ///   then gets the whole body, as RFC 9110 §14.2 allows.
    public init?(_ field: some StringProtocol) {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let unit = parts.first, let set = parts.last,
            Self.trimmed(unit).lowercased() == "bytes"
        else { return nil }
        let ends = Self.trimmed(set).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let first = ends.first.map(Self.trimmed), let last = ends.last.map(Self.trimmed) else {
            return nil
        }
        switch (first.isEmpty, last.isEmpty) {
        case (true, true): return nil
        case (true, false):
            guard let count = Self.number(last) else { return nil }
            self = .suffix(count)
        case (false, true):
            guard let first = Self.number(first) else { return nil }
            self = .from(first)
        case (false, false):
            guard let first = Self.number(first), let last = Self.number(last), first <= last else { return nil }
            self = .span(first: first, last: last)
        }
    }

    /// Which bytes are meant of a body of `byteCount` bytes.
    ///
    /// - Source: RFC 9110 §14.1.2, §14.1.3.
    public func resolve(byteCount: Int64) -> Resolution {
        guard byteCount > 0 else { return .unsatisfiable }
        switch self {
        case .span(let first, let last):
            return first < byteCount ? .part(first..<(min(last, byteCount - 1) + 1)) : .unsatisfiable
        case .from(let first):
            return first < byteCount ? .part(first..<byteCount) : .unsatisfiable
        case .suffix(let count):
            return count > 0 ? .part(max(0, byteCount - count)..<byteCount) : .unsatisfiable
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// Digits only; a number that is too large for 64 bits is as good as the largest.
    private static func number(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text) ?? .max
    }
}
