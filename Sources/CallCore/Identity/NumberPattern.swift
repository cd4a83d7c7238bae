/// What a phone number is searched by: letters and digits count, `*` stands for any row of them, all else is ignored.
///
/// `+1 (416) 000*` finds `14160000001`. Capital and small letters are different.
///
/// - Source: GIR API, `callerPhoneNumber` and `dialedPhoneNumber` of a query.
public struct NumberPattern: Hashable, Sendable {
    /// The letters, digits and stars of the pattern.
    public let text: String

    /// Reads a pattern; any text is one.
    public init(_ text: some StringProtocol) {
        var kept = ""
        for scalar in text.unicodeScalars where scalar == "*" || Self.counts(scalar) {
            // A row of stars means what one star means; kept, it would only make the search slower.
            if scalar == "*", kept.unicodeScalars.last == "*" { continue }
            kept.unicodeScalars.append(scalar)
        }
        self.text = kept
    }

    /// The letters and digits of a number: what a pattern is compared with.
    public static func normalized(_ number: some StringProtocol) -> String {
        var kept = ""
        kept.unicodeScalars.append(contentsOf: number.unicodeScalars.filter(Self.counts))
        return kept
    }

    /// Whether a number is meant.
    ///
    /// - Complexity: O(length of the pattern × length of the number) at worst.
    public func matches(_ number: some StringProtocol) -> Bool {
        var pattern = self.text.unicodeScalars[...]
        var rest = Self.normalized(number).unicodeScalars[...]
        var retry: (pattern: Substring.UnicodeScalarView, rest: Substring.UnicodeScalarView)?
        while let next = rest.first {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                retry = (pattern, rest)
            } else if pattern.first == next {
                pattern = pattern.dropFirst()
                rest = rest.dropFirst()
            } else if let last = retry {
                pattern = last.pattern
                rest = last.rest.dropFirst()
                retry = (pattern, rest)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == "*" }
    }

    private static func counts(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? (48...57).contains(scalar.value) || (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
            : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
