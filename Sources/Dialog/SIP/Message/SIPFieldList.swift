/// The header fields of a message in order, and beside them their kinds: one byte a field, eight in a word, so that
/// the fields of a name are found without a look at the others.
struct SIPFieldList: Sendable, SIPFieldSink {
    typealias Field = SIPMessage.Field

    private var fields: [Field]
    private var kinds = Kinds()

    init(_ fields: [Field] = []) {
        self.fields = fields
        self.noteKinds()
    }

    /// No fields, but room for some.
    init(capacity: Int) {
        self.fields = []
        self.fields.reserveCapacity(capacity)
    }

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

    @inline(__always)
    mutating func append(_ field: Field) {
        self.kinds.set(field.kind, at: self.fields.count)
        self.fields.append(field)
    }

    @inline(__always)
    mutating func append(_ kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>) {
        self.append(Field(kind: kind, name: name, value: value))
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
    /// The kinds of the first 32 fields; more are rare, and are looked at one by one.
    private struct Kinds: Sendable {
        static let count = 32

        private var bytes = InlineArray<32, UInt8>(repeating: 0)

        /// A bit for each field of a kind, the first one lowest.
        @inline(__always)
        func places(of kind: SIPHeaderKind) -> UInt32 {
            let kinds = self.bytes.span
            let (low, high) = (
                kinds.block(at: 0).equal(to: kind.rawValue), kinds.block(at: 16).equal(to: kind.rawValue)
            )
            return UInt32(truncatingIfNeeded: low.bits | high.bits << 16)
        }

        /// Notes the kind of a field; only of the first ones.
        @inline(__always)
        mutating func set(_ kind: SIPHeaderKind, at index: Int) {
            if index < Self.count { self.bytes[index] = kind.rawValue }
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
