/// The `;name=value` parameters of a URI or a header value, in order.
///
/// Names are compared in any case. Values are kept as they stand on the wire, so what is carried on stays exact;
/// reading takes quotes off, and writing adds them where a value needs them. They are held as the text that came, and
/// looked through when one is asked for.
///
/// - Source: RFC 3261 §19.1.1, §25.1 `generic-param`.
public struct SIPParameters: Sendable, ExpressibleByDictionaryLiteral {
    /// One parameter.
    public struct Element: Hashable, Sendable {
        /// The name as written.
        public var name: String
        /// The value as written, with its quotes; nil where there is none.
        public var rawValue: String?

        /// Describes a parameter.
        public init(name: String, rawValue: String?) { (self.name, self.rawValue) = (name, rawValue) }
    }

    let buffer: [UInt8]
    let place: SIPPlace
    let separator: UInt8
    /// Whether the text is what we would write.
    let isCanonical: Bool

    init(_ buffer: [UInt8], _ place: SIPPlace, separator: UInt8 = UInt8(ascii: ";"), isCanonical: Bool) {
        (self.buffer, self.place) = (buffer, place)
        (self.separator, self.isCanonical) = (separator, isCanonical)
    }

    /// No parameters.
    public init() { self.init([], SIPPlace(0..<0), isCanonical: true) }

    /// Parameters in the order written; an empty value makes one without a value.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { self[name] = value }
    }

    /// The parameters in order.
    public var elements: [Element] {
        get {
            var elements: [Element] = []
            let bytes = self.buffer.span
            var scanner = self.scanner
            while scanner.next(bytes) {
                let value = scanner.value.map { bytes.string($0) }
                elements.append(Element(name: bytes.string(scanner.name), rawValue: value))
            }
            return elements
        }
        set { self = SIPParameters(newValue, separator: self.separator) }
    }

    /// Whether there is none.
    public var isEmpty: Bool {
        var scanner = self.scanner
        return self.place.isEmpty || !scanner.next(self.buffer.span)
    }

    /// The value of a parameter: nil where it is absent, "" where it has no value. Setting nil removes it.
    public subscript(name: String) -> String? {
        get {
            guard !self.place.isEmpty else { return nil }
            let bytes = self.buffer.span
            var scanner = self.scanner
            while scanner.next(bytes) {
                guard bytes.equalsIgnoringCase(scanner.name, name) else { continue }
                guard let value = scanner.value else { return "" }
                let isQuoted = !value.isEmpty && bytes[value.lowerBound] == UInt8(ascii: "\"")
                return isQuoted ? bytes.unquoted(value) : bytes.string(value)
            }
            return nil
        }
        set {
            var elements = self.elements
            let index = elements.firstIndex { $0.name.equalsIgnoringCase(name) }
            guard let newValue else {
                guard index != nil else { return }
                elements.removeAll { $0.name.equalsIgnoringCase(name) }
                self.elements = elements
                return
            }
            let raw = newValue.isEmpty ? nil : Self.written(newValue)
            if let index {
                elements[index].rawValue = raw
            } else {
                elements.append(Element(name: name, rawValue: raw))
            }
            self.elements = elements
        }
    }

    private static func written(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ";")
                && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
                && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "\\")
        }
        if isPlain { return value }
        var quoted: [UInt8] = []
        quoted.append(quoted: value)
        return String(decoding: quoted, as: UTF8.self)
    }
}

extension SIPParameters {
    /// Reads `;name=value` up to the end of the range, into bytes of its own.
    ///
    /// - Returns: nil where something stands between the parameters, or a quote stays open.
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>, separator: UInt8 = UInt8(ascii: ";")) {
        guard !range.isEmpty else {
            self.init([], SIPPlace(0..<0), separator: separator, isCanonical: true)
            return
        }
        guard let isCanonical = Self.check(bytes, range, separator: separator) else { return nil }
        let copy = bytes.array(range)
        self.init(copy, SIPPlace(0..<copy.count), separator: separator, isCanonical: isCanonical)
    }

    /// Reads `;name=value` up to the end of the range, and holds on to the bytes instead of copying them.
    ///
    /// - Returns: nil where something stands between the parameters, or a quote stays open.
    @inline(__always)
    init?(holding buffer: [UInt8], in range: Range<Int>) {
        guard !range.isEmpty else {
            self.init()
            return
        }
        guard let isCanonical = Self.check(buffer.span, range) else { return nil }
        self.init(buffer, SIPPlace(range), isCanonical: isCanonical)
    }

    /// Parameters as text. Each has its separator before it where that is `;`, otherwise only between two.
    init(_ elements: [Element], separator: UInt8) {
        var text: [UInt8] = []
        for element in elements {
            if separator == UInt8(ascii: ";") || !text.isEmpty { text.append(separator) }
            text.append(text: element.name)
            guard let value = element.rawValue else { continue }
            text.append(UInt8(ascii: "="))
            text.append(text: value)
        }
        self.init(text, SIPPlace(0..<text.count), separator: separator, isCanonical: true)
    }

    /// Looks at parameters that fill a range.
    ///
    /// - Returns: whether they are written as we would write them; nil where they are malformed.
    @inline(__always)
    static func check(_ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8 = UInt8(ascii: ";")) -> Bool? {
        if range.isEmpty || separator == UInt8(ascii: ";") && Self.areSimple(bytes, range) { return true }
        return Self.checkEach(bytes, range, separator: separator)
    }

    private static func checkEach(_ bytes: Span<UInt8>, _ range: Range<Int>, separator: UInt8) -> Bool? {
        var scanner = SIPParameterScanner(range, separator: separator)
        while scanner.next(bytes) {}
        guard !scanner.isMalformed else { return nil }
        let leading = bytes[range.lowerBound] == separator
        return scanner.isTight && leading == (separator == UInt8(ascii: ";"))
            && scanner.gapCount == (leading ? 1 : 0) && bytes[range.upperBound - 1] != separator
    }

    /// Whether a range holds well-formed parameters as we write them, without quotes: nearly all are such, and this is
    /// the quickest way to see it.
    private static func areSimple(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard bytes[range.lowerBound] == UInt8(ascii: ";"), bytes[range.upperBound &- 1] != UInt8(ascii: ";") else {
            return false
        }
        // Wrong are blanks, controls and quotes, and what stands behind a semicolon without a name between.
        var wrong: UInt64 = 0
        var isAfterSemicolon: UInt64 = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let inside = UInt64.firstBits(range.upperBound &- index)
            let semicolons = bytes.places(of: UInt8(ascii: ";"), at: index)
            let ends = semicolons | bytes.places(of: UInt8(ascii: "="), at: index)
            let forbidden = bytes.places(at: index) { $0.atMost(0x20).or($0.equal(to: UInt8(ascii: "\""))) }
            wrong |= ((semicolons &<< 1 | isAfterSemicolon) & ends | forbidden) & inside
            isAfterSemicolon = semicolons &>> 63
            index &+= 64
        }
        return wrong == 0
    }

    /// Writes the parameters, each with its leading `;`.
    func write(to output: inout [UInt8]) {
        if self.isCanonical, self.separator == UInt8(ascii: ";") {
            output.append(self.buffer, self.place.range)
        } else {
            output += SIPParameters(self.elements, separator: UInt8(ascii: ";")).buffer
        }
    }

    /// Writes the parameters with the separators that they have.
    ///
    /// - Returns: where they stand.
    func append(to output: inout [UInt8]) -> SIPPlace {
        let start = output.count
        if self.separator == UInt8(ascii: ";") {
            self.write(to: &output)
        } else {
            output += SIPParameters(self.elements, separator: self.separator).buffer
        }
        return SIPPlace(start..<output.count)
    }

    fileprivate var scanner: SIPParameterScanner {
        SIPParameterScanner(self.place.range, separator: self.separator)
    }
}

extension SIPParameters: Hashable {
    /// Equal where names and values are written alike, in the same order.
    public static func == (left: SIPParameters, right: SIPParameters) -> Bool {
        let (mine, its) = (left.buffer.span, right.buffer.span)
        var (first, second) = (left.scanner, right.scanner)
        while true {
            let (hasFirst, hasSecond) = (first.next(mine), second.next(its))
            guard hasFirst, hasSecond else { return hasFirst == hasSecond }
            guard mine.equals(first.name, its, second.name), (first.value == nil) == (second.value == nil),
                mine.equals(first.value ?? 0..<0, its, second.value ?? 0..<0)
            else { return false }
        }
    }

    /// Hashes names and values.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.elements) }
}

extension String {
    /// Equal but for the case of ASCII letters.
    func equalsIgnoringCase(_ other: String) -> Bool {
        self.utf8.count == other.utf8.count && self.utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }
}
