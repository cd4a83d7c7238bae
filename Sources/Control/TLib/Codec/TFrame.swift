/// Measures of the binary form. The form itself, byte by byte: `Documentation/Protocols/TLib.md`.
public enum TFrame {
    /// The longest frame that is read, its length field included.
    public static let maximumByteCount = 1 << 20

    static let lengthByteCount = 4
    static let headerByteCount = 8
    static let version: UInt8 = 1
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
        var body: [UInt8] = [TFrame.version, 0]
        body.append(bigEndian: self.type.rawValue)
        for entry in self.entries {
            let (tag, value) = entry.value.encoded
            body.append(bigEndian: entry.code)
            body.append(tag.rawValue)
            body.append(bigEndian: UInt32(clamping: value.count))
            body += value
        }
        var frame: [UInt8] = []
        frame.reserveCapacity(TFrame.lengthByteCount + body.count)
        frame.append(bigEndian: UInt32(clamping: body.count))
        return frame + body
    }
}

extension TValue {
    fileprivate var encoded: (TFrame.Tag, [UInt8]) {
        switch self {
        case .string(let text): return (.string, Array(text.utf8))
        case .integer(let number): return (.integer, number.encodedInteger)
        case .binary(let bytes): return (.binary, bytes)
        case .list(let list): return (.list, list.packed())
        case .identity(let bits):
            var bytes: [UInt8] = []
            bytes.append(bigEndian: bits)
            return (.identity, bytes)
        }
    }
}

extension KVList {
    /// The binary form of the pairs alone, whose length and first bytes logs show.
    ///
    /// - Source: observed, URS request log 2014: `[14] 00 01 01 00..` for one pair of a three-letter key and a number.
    func packed() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(length: self.pairs.count)
        for pair in self.pairs {
            let (tag, value) = pair.value.encoded
            bytes.append(tag.rawValue)
            bytes.append(length: pair.key.utf8.count)
            bytes += pair.key.utf8
            bytes.append(length: value.count)
            bytes += value
        }
        return bytes
    }
}

extension KVList.Value {
    fileprivate var encoded: (TFrame.Tag, [UInt8]) {
        switch self {
        case .string(let text): (.string, Array(text.utf8))
        case .integer(let number): (.integer, number.encodedInteger)
        case .binary(let bytes): (.binary, bytes)
        case .list(let list): (.list, list.packed())
        }
    }
}

extension Int {
    /// Four bytes, or eight where the number does not fit.
    fileprivate var encodedInteger: [UInt8] {
        var bytes: [UInt8] = []
        if let short = Int32(exactly: self) {
            bytes.append(bigEndian: short)
        } else {
            bytes.append(bigEndian: Int64(self))
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            self.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Two bytes, or the mark and four.
    fileprivate mutating func append(length: Int) {
        if length < Int(TFrame.longLength) {
            self.append(bigEndian: UInt16(length))
        } else {
            self.append(bigEndian: TFrame.longLength)
            self.append(bigEndian: UInt32(clamping: length))
        }
    }
}
