extension SIPHeaderKind {
    /// Recognises a name in any case, long or compact.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        self = .other
        guard !range.isEmpty, range.count < Self.byLength.count else { return }
        let first = bytes[range.lowerBound].lowercased
        for candidate in Self.byLength[range.count]
        where candidate.first == first && bytes.equalsIgnoringCase(range, candidate.name) {
            self = candidate.kind
            return
        }
    }

    private static let byLength: [[(kind: SIPHeaderKind, first: UInt8, name: [UInt8])]] = {
        var table: [[(kind: SIPHeaderKind, first: UInt8, name: [UInt8])]] = Array(repeating: [], count: 25)
        for kind in Self.allCases where kind != .other {
            let name = Array(kind.name.lowercased().utf8)
            table[name.count].append((kind, name.first ?? 0, name))
            if let letter = kind.compactName { table[1].append((kind, letter, [letter])) }
        }
        return table
    }()
}
