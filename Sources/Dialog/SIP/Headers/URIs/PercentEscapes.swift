// `%` and two hexadecimal digits, as URIs write what they cannot hold.

extension [UInt8] {
    /// The bytes with every escape replaced by what it stands for; a `%` that begins none stays as it is.
    func percentDecoded() -> [UInt8] {
        guard self.contains(UInt8(ascii: "%")) else { return self }
        var output: [UInt8] = []
        output.reserveCapacity(self.count)
        var index = 0
        while index < self.count {
            if self[index] == UInt8(ascii: "%"), index + 2 < self.count, let high = self[index + 1].hexadecimalValue,
                let low = self[index + 2].hexadecimalValue
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(self[index])
                index += 1
            }
        }
        return output
    }

    /// Appends text with an escape for each byte that may not stand as it is.
    mutating func append(escaping text: String, unless isAllowed: (UInt8) -> Bool) {
        for byte in text.utf8 {
            guard !isAllowed(byte) else {
                self.append(byte)
                continue
            }
            self.append(UInt8(ascii: "%"))
            self.append(Self.digits[Int(byte >> 4)])
            self.append(Self.digits[Int(byte & 0xF)])
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
    /// What a hexadecimal digit counts; nil where it is none.
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    /// A character that stands for itself everywhere in a URI. - Source: RFC 3261 §25.1 `unreserved`.
    var isUnreserved: Bool { self.isAlphanumeric || "-_.!~*'()".utf8.contains(self) }
}
