/// Measures of the binary form. The form itself, byte by byte: `Documentation/Protocols/TLib.md`.
public enum TFrame {
    /// The longest frame that is read, its length field included.
    public static let maximumByteCount = 1 << 20
    /// The version of the form that is spoken here, the fifth byte of each frame.
    public static let version: UInt8 = 1

    static let lengthByteCount = 4
    static let headerByteCount = 8
    static let maximumDepth = 16
    /// In a two-byte length: a four-byte length follows.
    static let longLength: UInt16 = 0xFFFF

    /// The first byte of a value says its form.
    enum Tag: UInt8 {
        case string, integer, binary, list, identity
    }
}

extension TMessage {
    /// The binary form, length field first.
    ///
    /// A frame longer than ``TFrame/maximumByteCount`` is refused by whoever reads it.
    public func encodedFrame() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        bytes.append(bigEndian: 0 as UInt32)
        bytes.append(TFrame.version)
        bytes.append(0)
        bytes.append(bigEndian: self.type.rawValue)
        for entry in self.entries {
            bytes.append(bigEndian: entry.code)
            bytes.append(entry.value.tag.rawValue)
            let start = bytes.count
            bytes.append(bigEndian: 0 as UInt32)
            bytes.append(entry.value)
            bytes.put(bigEndian: UInt32(clamping: bytes.count - start - 4), at: start)
        }
        bytes.put(bigEndian: UInt32(clamping: bytes.count - TFrame.lengthByteCount), at: 0)
        return bytes
    }
}

extension KVList {
    /// The binary form of the pairs alone, whose length and first bytes logs show.
    ///
    /// - Source: observed, URS request log 2014: `[14] 00 01 01 00..` for one pair of a three-letter key and a number.
    func packed() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(self)
        return bytes
    }
}

extension TValue {
    fileprivate var tag: TFrame.Tag {
        switch self {
        case .string: .string
        case .integer: .integer
        case .binary: .binary
        case .list: .list
        case .identity: .identity
        }
    }
}

extension KVList.Value {
    fileprivate var tag: TFrame.Tag {
        switch self {
        case .string: .string
        case .integer: .integer
        case .binary: .binary
        case .list: .list
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ value: TValue) {
        switch value {
        case .string(let text): self += text.utf8
        case .integer(let number): self.append(integer: number)
        case .binary(let bytes): self += bytes
        case .list(let list): self.append(list)
        case .identity(let bits): self.append(bigEndian: bits)
        }
    }

    fileprivate mutating func append(_ list: KVList) {
        self.append(length: list.pairs.count)
        for pair in list.pairs {
            self.append(pair.value.tag.rawValue)
            self.append(length: pair.key.utf8.count)
            self += pair.key.utf8
            let start = self.count
            self.append(bigEndian: 0 as UInt16)
            switch pair.value {
            case .string(let text): self += text.utf8
            case .integer(let number): self.append(integer: number)
            case .binary(let bytes): self += bytes
            case .list(let inner): self.append(inner)
            }
            let length = self.count - start - 2
            if length < Int(TFrame.longLength) {
                self.put(bigEndian: UInt16(length), at: start)
            } else {
                self.put(bigEndian: TFrame.longLength, at: start)
                self.insert(contentsOf: repeatElement(0, count: 4), at: start + 2)
                self.put(bigEndian: UInt32(clamping: length), at: start + 2)
            }
        }
    }

    /// Four bytes, or eight where the number does not fit.
    private mutating func append(integer: Int) {
        if let short = Int32(exactly: integer) {
            self.append(bigEndian: short)
        } else {
            self.append(bigEndian: Int64(integer))
        }
    }

    /// Two bytes, or the mark and four.
    private mutating func append(length: Int) {
        if length < Int(TFrame.longLength) {
            self.append(bigEndian: UInt16(length))
        } else {
            self.append(bigEndian: TFrame.longLength)
            self.append(bigEndian: UInt32(clamping: length))
        }
    }

    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            self.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Writes over bytes that stand already.
    fileprivate mutating func put<Value: FixedWidthInteger>(bigEndian value: Value, at start: Int) {
        let count = Value.bitWidth / 8
        for index in 0..<count {
            self[start + index] = UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - index)))
        }
    }
}
