extension SIPParameters {
    /// A parameter that is a decimal number, for example `cause` or `expires`.
    ///
    /// - Returns: nil where it is absent, or anything else.
    public func number(_ name: String) -> Int? {
        guard let value = self[name] else { return nil }
        let bytes = Array(value.utf8)
        return bytes.span.number(0..<bytes.count, limit: 0xFFFF_FFFF)
    }

    /// Sets a parameter that is a decimal number; nil removes it.
    public mutating func setNumber(_ name: String, to value: Int?) { self[name] = value.map(String.init) }

    /// Sets a parameter whose value the grammar wants in quotes, even where it needs none; nil removes it.
    public mutating func setQuoted(_ name: String, to value: String?) {
        guard let value else { return self[name] = nil }
        var quoted: [UInt8] = []
        quoted.append(quoted: value)
        let raw = String(decoding: quoted, as: UTF8.self)
        if let index = self.elements.firstIndex(where: { $0.name.equalsIgnoringCase(name) }) {
            self.elements[index].rawValue = raw
        } else {
            self.elements.append(Element(name: name, rawValue: raw))
        }
    }

    /// How much something is wanted beside others, 0…1 in steps of a thousandth; nil where nothing is said, which
    /// counts as 1, or where it is no such number.
    ///
    /// - Source: RFC 3261 §25.1 `qvalue`.
    public var q: Double? {
        get { self["q"].flatMap { Self.quality(Array($0.utf8)) } }
        set { self["q"] = newValue.map { Self.text(quality: $0) } }
    }

    private static func quality(_ digits: [UInt8]) -> Double? {
        guard let whole = digits.first, whole == 0x30 || whole == 0x31, digits.count <= 5 else { return nil }
        guard digits.count == 1 || digits[1] == UInt8(ascii: ".") else { return nil }
        var thousandths = Int(whole - 0x30) * 1_000
        var scale = 100
        for digit in digits.dropFirst(2) {
            guard (0x30...0x39).contains(digit) else { return nil }
            thousandths += Int(digit - 0x30) * scale
            scale /= 10
        }
        return thousandths <= 1_000 ? Double(thousandths) / 1_000 : nil
    }

    private static func text(quality: Double) -> String {
        let thousandths = Int((min(1, max(0, quality.isNaN ? 0 : quality)) * 1_000).rounded())
        guard thousandths < 1_000 else { return "1" }
        var digits = String(thousandths + 1_000).dropFirst()
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return "0." + digits
    }
}
