/// The header fields of a message in order, and beside them their kinds: one byte a field, eight in a word, so that
/// the fields of a name are found without a look at the others.
struct SIPFieldList: Sendable {
    typealias Field = SIPMessage.Field

    private var fields: [Field]
    private var kinds = Kinds()

    init(_ fields: [Field] = []) {
        self.fields = fields
        self.noteKinds()
    }

    mutating func reserveCapacity(_ count: Int) { self.fields.reserveCapacity(count) }

    /// The first field of a kind from a position on.
    @inline(__always)
    func firstIndex(of kind: SIPHeaderKind, from start: Int) -> Int? {
        let count = self.fields.count
        var index = start
        if index < Kinds.count {
            let places = self.kinds.places(of: kind) >> UInt32(truncatingIfNeeded: index)
            if places != 0 {
                // Behind the last field, all kinds are 0.
                let found = index &+ places.trailingZeroBitCount
                return found < count ? found : nil
            }
            index = Kinds.count
        }
        while index < count {
            if self.fields[index].kind == kind { return index }
            index &+= 1
        }
        return nil
    }

    mutating func append(_ field: Field) {
        self.kinds.set(field.kind, at: self.fields.count)
        self.fields.append(field)
    }

    mutating func insert(_ field: Field, at index: Int) {
        self.fields.insert(field, at: index)
        self.noteKinds()
    }

    mutating func remove(at index: Int) {
        self.fields.remove(at: index)
        self.noteKinds()
    }

    mutating func removeAll(where isGone: (Field) -> Bool) {
        self.fields.removeAll(where: isGone)
        self.noteKinds()
    }

    private mutating func noteKinds() {
        self.kinds = Kinds()
        for index in 0..<Swift.min(self.fields.count, Kinds.count) {
            self.kinds.set(self.fields[index].kind, at: index)
        }
    }
}

extension SIPFieldList {
    /// The kinds of the first 32 fields; more are rare, and are looked at one by one. Four words by name, since an
    /// array of them would be copied for each look at one.
    private struct Kinds: Sendable {
        static let count = 32

        private var first: UInt64 = 0
        private var second: UInt64 = 0
        private var third: UInt64 = 0
        private var fourth: UInt64 = 0

        /// A bit for each field of a kind, the first one lowest.
        @inline(__always)
        func places(of kind: SIPHeaderKind) -> UInt32 {
            let pattern = UInt64(kind.rawValue) &* 0x0101_0101_0101_0101
            return Self.bits(self.first, pattern) | Self.bits(self.second, pattern) << 8
                | Self.bits(self.third, pattern) << 16 | Self.bits(self.fourth, pattern) << 24
        }

        @inline(__always)
        private static func bits(_ word: UInt64, _ pattern: UInt64) -> UInt32 {
            // The product gathers the lowest bits of eight bytes in the highest byte.
            UInt32(truncatingIfNeeded: ((word.everyByte(equalTo: pattern) >> 7) &* 0x0102_0408_1020_4080) >> 56)
        }

        /// Notes the kind of a field; only of the first ones.
        @inline(__always)
        mutating func set(_ kind: SIPHeaderKind, at index: Int) {
            guard index < Self.count else { return }
            let shift = UInt64(truncatingIfNeeded: index & 7) &* 8
            let (kind, others) = (UInt64(kind.rawValue) << shift, ~(UInt64(0xFF) << shift))
            switch index >> 3 {
            case 0: self.first = self.first & others | kind
            case 1: self.second = self.second & others | kind
            case 2: self.third = self.third & others | kind
            default: self.fourth = self.fourth & others | kind
            }
        }
    }
}

extension SIPFieldList: RandomAccessCollection {
    var startIndex: Int { 0 }
    var endIndex: Int { self.fields.count }

    subscript(index: Int) -> Field {
        @inline(__always) get { self.fields[index] }
        set {
            self.fields[index] = newValue
            self.kinds.set(newValue.kind, at: index)
        }
    }
}
