/// Key-value pairs in order: user data, reasons, extensions. A key may stand more than once.
///
/// - Source: T-Library `TKVList`.
public struct KVList: Hashable, Sendable {
    /// What a key can stand for.
    public enum Value: Hashable, Sendable {
        /// Text.
        case string(String)
        /// A number.
        case integer(Int)
        /// Bytes.
        case binary([UInt8])
        /// Pairs of its own.
        case list(KVList)
    }

    /// One key and what it stands for.
    public struct Pair: Hashable, Sendable {
        /// The key, spelled as its sender spells it.
        public var key: String
        /// What it stands for.
        public var value: Value

        /// Pairs a key and a value.
        public init(_ key: String, _ value: Value) { (self.key, self.value) = (key, value) }
    }

    /// The pairs, in order.
    public var pairs: [Pair]

    /// Lists pairs.
    public init(_ pairs: [Pair] = []) { self.pairs = pairs }

    /// Whether there are no pairs.
    public var isEmpty: Bool { self.pairs.isEmpty }

    /// The first value of a key spelled exactly so. Setting replaces the first, or appends; nil removes all.
    public subscript(key: String) -> Value? {
        get { self.pairs.first { $0.key == key }?.value }
        set {
            guard let newValue else {
                self.pairs.removeAll { $0.key == key }
                return
            }
            if let index = self.pairs.firstIndex(where: { $0.key == key }) {
                self.pairs[index].value = newValue
            } else {
                self.pairs.append(Pair(key, newValue))
            }
        }
    }

    /// The first value of a key, however its letters are cased: senders write `Id` and `id`, `Dest` and `dest`.
    public func value(_ key: String) -> Value? {
        let wanted = key.lowercased()
        return self.pairs.first { $0.key.lowercased() == wanted }?.value
    }

    /// All values of a key, in order, however its letters are cased.
    public func values(_ key: String) -> [Value] {
        let wanted = key.lowercased()
        return self.pairs.compactMap { $0.key.lowercased() == wanted ? $0.value : nil }
    }

    /// The value at the end of a path through lists in lists: the first of each key, however its letters are cased.
    ///
    /// - Returns: nil where a step of the path is absent, or no list where the path goes on.
    public func value(at path: [String]) -> Value? {
        guard let key = path.first, let value = self.value(key) else { return nil }
        guard path.count > 1 else { return value }
        guard case .list(let inner) = value else { return nil }
        return inner.value(at: Array(path.dropFirst()))
    }

    /// The first text of a key, however its letters are cased; a number is given as its digits.
    public func string(_ key: String) -> String? {
        switch self.value(key) {
        case .string(let text): text
        case .integer(let number): String(number)
        case .binary, .list, nil: nil
        }
    }

    /// The first number of a key, however its letters are cased; digits in a text count as a number.
    public func integer(_ key: String) -> Int? {
        switch self.value(key) {
        case .integer(let number): number
        case .string(let text): Int(text)
        case .binary, .list, nil: nil
        }
    }
}

extension KVList: ExpressibleByDictionaryLiteral {
    /// Lists pairs written in source.
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements.map { Pair($0.0, $0.1) }) }
}

extension KVList.Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// Text written in source.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A number written in source.
    public init(integerLiteral value: Int) { self = .integer(value) }
}

extension KVList: TValueConvertible {
    /// Takes pairs.
    public init?(tValue: TValue) {
        guard case .list(let list) = tValue else { return nil }
        self = list
    }

    /// The pairs.
    public var tValue: TValue { .list(self) }
}
