extension TMessage {
    /// Reads one whole frame, length field included.
    init(parsingFrame bytes: Span<UInt8>) throws(TParseError) {
        var cursor = TCursor(end: bytes.count)
        let length = try cursor.integer(UInt32.self, in: bytes)
        guard Int(length) == cursor.remaining else { throw TParseError(.length, at: 0) }
        guard try cursor.integer(UInt8.self, in: bytes) == TFrame.version else {
            throw TParseError(.version, at: TFrame.lengthByteCount)
        }
        _ = try cursor.integer(UInt8.self, in: bytes)
        self.init(TMessageType(rawValue: try cursor.integer(UInt16.self, in: bytes)))
        // An attribute takes seven bytes at least; what a peer sends does not decide how much is kept for it.
        self.entries.reserveCapacity(min(cursor.remaining / 7, 24))
        while cursor.remaining > 0 {
            let code = try cursor.integer(UInt16.self, in: bytes)
            let tag = try cursor.tag(in: bytes)
            let count = Int(try cursor.integer(UInt32.self, in: bytes))
            let value = try cursor.value(tag, byteCount: count, depth: 0, in: bytes)
            self.entries.append(Entry(code: code, value: value))
        }
    }
}

/// Walks through a frame; every step is checked. Offsets count from the frame's first byte.
private struct TCursor {
    var position = 0
    var end: Int

    init(end: Int) { self.end = end }

    var remaining: Int { self.end - self.position }

    /// The next big-endian integer.
    mutating func integer<Value: FixedWidthInteger>(_: Value.Type, in bytes: Span<UInt8>) throws(TParseError) -> Value {
        let count = Value.bitWidth / 8
        guard self.remaining >= count else { throw TParseError(.truncated, at: self.position) }
        var value: Value = 0
        for index in self.position..<self.position + count {
            value = value << 8 | Value(truncatingIfNeeded: bytes[index])
        }
        self.position += count
        return value
    }

    mutating func tag(in bytes: Span<UInt8>) throws(TParseError) -> TFrame.Tag {
        let offset = self.position
        guard let tag = TFrame.Tag(rawValue: try self.integer(UInt8.self, in: bytes)) else {
            throw TParseError(.value, at: offset)
        }
        return tag
    }

    /// Two bytes, or the mark and four.
    mutating func length(in bytes: Span<UInt8>) throws(TParseError) -> Int {
        let short = try self.integer(UInt16.self, in: bytes)
        return short == TFrame.longLength ? Int(try self.integer(UInt32.self, in: bytes)) : Int(short)
    }

    mutating func value(
        _ tag: TFrame.Tag, byteCount: Int, depth: Int, in bytes: Span<UInt8>
    ) throws(TParseError) -> TValue {
        guard byteCount <= self.remaining else { throw TParseError(.truncated, at: self.position) }
        switch tag {
        case .string:
            return .string(self.text(byteCount, in: bytes))
        case .binary:
            return .binary(self.array(byteCount, in: bytes))
        case .integer where byteCount == 4:
            return .integer(Int(try self.integer(Int32.self, in: bytes)))
        case .integer where byteCount == 8:
            return .integer(Int(try self.integer(Int64.self, in: bytes)))
        case .identity where byteCount == 8:
            return .identity(try self.integer(UInt64.self, in: bytes))
        case .integer, .identity:
            throw TParseError(.value, at: self.position)
        case .list:
            var inner = TCursor(end: self.position + byteCount)
            inner.position = self.position
            self.position += byteCount
            return .list(try inner.list(depth: depth + 1, in: bytes))
        }
    }

    private mutating func list(depth: Int, in bytes: Span<UInt8>) throws(TParseError) -> KVList {
        guard depth <= TFrame.maximumDepth else { throw TParseError(.depth, at: self.position) }
        var list = KVList()
        let count = try self.length(in: bytes)
        // The count is a claim of the peer, but a pair takes five bytes at least.
        list.pairs.reserveCapacity(min(count, self.remaining / 5))
        for _ in 0..<count {
            let offset = self.position
            let tag = try self.tag(in: bytes)
            let keyByteCount = try self.length(in: bytes)
            guard keyByteCount <= self.remaining else { throw TParseError(.truncated, at: self.position) }
            let key = self.text(keyByteCount, in: bytes)
            let byteCount = try self.length(in: bytes)
            switch try self.value(tag, byteCount: byteCount, depth: depth, in: bytes) {
            case .string(let text): list.pairs.append(KVList.Pair(key, .string(text)))
            case .integer(let number): list.pairs.append(KVList.Pair(key, .integer(number)))
            case .binary(let bytes): list.pairs.append(KVList.Pair(key, .binary(bytes)))
            case .list(let inner): list.pairs.append(KVList.Pair(key, .list(inner)))
            case .identity: throw TParseError(.value, at: offset)
            }
        }
        guard self.remaining == 0 else { throw TParseError(.value, at: self.position) }
        return list
    }

    /// The caller has checked that so many bytes are left.
    private mutating func array(_ count: Int, in bytes: Span<UInt8>) -> [UInt8] {
        let part = bytes.extracting(self.position..<self.position + count)
        self.position += count
        // One bulk copy: byte by byte through OutputSpan doubles its cost.
        return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Text in whatever encoding: what is no UTF-8 is replaced by U+FFFD.
    private mutating func text(_ count: Int, in bytes: Span<UInt8>) -> String {
        let part = bytes.extracting(self.position..<self.position + count)
        guard let text = try? UTF8Span(validating: part) else {
            return String(decoding: self.array(count, in: bytes), as: UTF8.self)
        }
        self.position += count
        return String(copying: text)
    }
}
