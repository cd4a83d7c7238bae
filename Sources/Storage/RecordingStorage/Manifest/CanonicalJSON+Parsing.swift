extension CanonicalJSON {
    /// Nothing is read that is nested deeper.
    static let maximumDepth = 16
    /// Nothing longer is read: a manifest has a few kilobytes.
    ///
    /// - Unit: bytes.
    public static let maximumByteCount = 4_194_304

    /// Reads exactly one value, written in the one way that ``encoded()`` writes it.
    ///
    /// - Throws: `.corrupt` where it is written in another way, or is no JSON, or has more than a manifest has.
    public init(parsing bytes: [UInt8]) throws(StorageError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw StorageError(
                .corrupt, "\(bytes.count) bytes are more than the \(Self.maximumByteCount) that a manifest may have")
        }
        var reader = Reader(bytes: bytes)
        self = try reader.value(depth: 0)
        guard reader.offset == bytes.count else { throw reader.error("the end") }
        // There is one way to write each value, so that nothing can be changed in it without changing what is signed.
        guard self.encoded() == bytes else {
            throw StorageError(.corrupt, "the JSON is not written in the one way that can be signed (RFC 8785)")
        }
    }

    /// A member of an object; nil where there is none, or this is none.
    subscript(name: String) -> CanonicalJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        func error(_ expected: String) -> StorageError {
            StorageError(.corrupt, "at byte \(self.offset) of the JSON there should be \(expected)")
        }

        private func peek() -> UInt8? { self.offset < self.bytes.count ? self.bytes[self.offset] : nil }

        private mutating func take(_ character: Unicode.Scalar) throws(StorageError) {
            guard self.peek() == UInt8(ascii: character) else { throw self.error("'\(character)'") }
            self.offset += 1
        }

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard self.peek() == UInt8(ascii: character) else { return false }
            self.offset += 1
            return true
        }

        mutating func value(depth: Int) throws(StorageError) -> CanonicalJSON {
            guard depth < CanonicalJSON.maximumDepth else { throw self.error("less nesting") }
            switch self.peek() {
            case UInt8(ascii: "{"): return try self.object(depth: depth)
            case UInt8(ascii: "["): return try self.array(depth: depth)
            case UInt8(ascii: "\""): return .string(try self.string())
            case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try self.boolean())
            default: return .integer(try self.integer())
            }
        }

        private mutating func object(depth: Int) throws(StorageError) -> CanonicalJSON {
            try self.take("{")
            var members: [String: CanonicalJSON] = [:]
            if self.skip("}") { return .object(members) }
            repeat {
                let name = try self.string()
                guard members[name] == nil else { throw self.error("no second \(name)") }
                try self.take(":")
                members[name] = try self.value(depth: depth + 1)
            } while self.skip(",")
            try self.take("}")
            return .object(members)
        }

        private mutating func array(depth: Int) throws(StorageError) -> CanonicalJSON {
            try self.take("[")
            var values: [CanonicalJSON] = []
            if self.skip("]") { return .array(values) }
            repeat { values.append(try self.value(depth: depth + 1)) } while self.skip(",")
            try self.take("]")
            return .array(values)
        }

        private mutating func boolean() throws(StorageError) -> Bool {
            for (word, value) in [("true", true), ("false", false)] {
                guard self.bytes[self.offset...].starts(with: word.utf8) else { continue }
                self.offset += word.utf8.count
                return value
            }
            throw self.error("true or false")
        }

        private mutating func integer() throws(StorageError) -> Int64 {
            let digits = self.bytes[self.offset...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
            guard digits.count <= 17, let number = Int64(String(decoding: digits, as: UTF8.self)),
                CanonicalJSON.integers.contains(number)
            else { throw self.error("a value") }
            self.offset += digits.count
            return number
        }

        private mutating func string() throws(StorageError) -> String {
            try self.take("\"")
            var text: [UInt8] = []
            while let byte = self.peek(), byte != UInt8(ascii: "\"") {
                guard byte >= 0x20 else { throw self.error("no control character") }
                self.offset += 1
                text.append(byte == UInt8(ascii: "\\") ? try self.escaped() : byte)
            }
            try self.take("\"")
            guard let string = String(validating: text, as: UTF8.self) else { throw self.error("UTF-8") }
            return string
        }

        /// What follows a backslash; only control characters are written as numbers.
        private mutating func escaped() throws(StorageError) -> UInt8 {
            let next = self.peek()
            self.offset += 1
            switch next {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return next ?? 0
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "u"):
                let digits = String(decoding: self.bytes[self.offset...].prefix(4), as: UTF8.self)
                guard digits.utf8.count == 4, let number = UInt8(digits, radix: 16), number < 0x20 else {
                    throw self.error("four digits of a control character")
                }
                self.offset += 4
                return number
            default: throw self.error("an escape")
            }
        }
    }
}
