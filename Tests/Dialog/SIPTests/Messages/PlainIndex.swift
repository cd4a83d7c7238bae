import SIP

/// The parts of a message found the plain way, byte after byte: what the quick index is held to.
struct PlainIndex: Equatable {
    var startLine: Range<Int>
    var names: [Range<Int>] = []
    var values: [Range<Int>] = []
    var body = 0..<0

    init(_ bytes: [UInt8]) throws(SIPParseError) {
        guard bytes.count <= 65_535 else { throw SIPParseError(.tooLarge, at: 65_535) }
        let first = bytes.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? bytes.count
        guard first < bytes.count else { throw SIPParseError(.empty, at: first) }
        var position = first
        guard let line = Self.line(bytes, &position) else { throw SIPParseError(.truncated, at: bytes.count) }
        try Self.check(startLine: bytes, line)
        self.startLine = line
        var length: Int?
        while true {
            let start = position
            guard var line = Self.line(bytes, &position) else { throw SIPParseError(.truncated, at: bytes.count) }
            if line.isEmpty { break }
            guard self.names.count < 200 else { throw SIPParseError(.tooManyFields, at: start) }
            while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
                guard let fold = Self.line(bytes, &position) else { break }
                line = line.lowerBound..<fold.upperBound
            }
            let (name, value) = try Self.field(bytes, line)
            self.names.append(name)
            self.values.append(value)
            if ["content-length", "l"].contains(Self.text(bytes, name).lowercased()) {
                length = try Self.length(Self.text(bytes, value), before: length, at: start)
            }
        }
        let count = length ?? (bytes.count - position)
        guard count <= bytes.count - position else { throw SIPParseError(.truncatedBody, at: bytes.count) }
        self.body = position..<(position + count)
    }

    /// What ``SIPMessageIndex`` says, in the same form.
    init(_ index: SIPMessageIndex) {
        self.startLine = index.startLine
        self.names = (0..<index.fieldCount).map { index.name(at: $0) }
        self.values = (0..<index.fieldCount).map { index.value(at: $0) }
        self.body = index.body
    }

    private static func line(_ bytes: [UInt8], _ position: inout Int) -> Range<Int>? {
        guard let feed = bytes[position...].firstIndex(of: 0x0A) else { return nil }
        let start = position
        position = feed + 1
        return start..<(feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed)
    }

    private static func field(
        _ bytes: [UInt8], _ line: Range<Int>
    ) throws(SIPParseError) -> (name: Range<Int>, value: Range<Int>) {
        let token = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~".utf8)
        let nameEnd = line.first { !token.contains(bytes[$0]) } ?? line.upperBound
        let colon = (nameEnd..<line.upperBound).first { !Self.isSpace(bytes[$0]) }
        guard nameEnd > line.lowerBound, let colon, bytes[colon] == UInt8(ascii: ":") else {
            throw SIPParseError(.badField, at: line.lowerBound)
        }
        return (line.lowerBound..<nameEnd, Self.trimmed(bytes, (colon + 1)..<line.upperBound))
    }

    private static func length(_ text: String, before: Int?, at place: Int) throws(SIPParseError) -> Int {
        let bytes = Array(text.prefix { $0 != ";" }.utf8)
        let digits = Self.text(bytes, Self.trimmed(bytes, 0..<bytes.count))
        let isNumber = digits.utf8.count <= 19 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let number = isNumber ? UInt32(digits) : nil
        guard let number, before == nil || before == Int(number) else {
            throw SIPParseError(.badContentLength, at: place)
        }
        return Int(number)
    }

    private static func check(startLine bytes: [UInt8], _ line: Range<Int>) throws(SIPParseError) {
        let token = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~".utf8)
        let words = Self.trimmed(bytes, line)
        guard let space = words.first(where: { bytes[$0] == 0x20 }) else {
            throw SIPParseError(.badStartLine, at: line.lowerBound)
        }
        if Self.text(bytes, words.lowerBound..<space).lowercased() == "sip/2.0" {
            let rest = Self.trimmed(bytes, space..<words.upperBound)
            let end = rest.first { bytes[$0] == 0x20 } ?? rest.upperBound
            let digits = bytes[rest.lowerBound..<end]
            guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let code = Int(Self.text(bytes, rest.lowerBound..<end)), (100...699).contains(code)
            else { throw SIPParseError(.badStartLine, at: rest.lowerBound) }
            return
        }
        guard space > words.lowerBound, bytes[words.lowerBound..<space].allSatisfy(token.contains) else {
            throw SIPParseError(.badStartLine, at: line.lowerBound)
        }
        let last = words.last { bytes[$0] == 0x20 } ?? space
        guard last > space, !Self.trimmed(bytes, space..<last).isEmpty else {
            throw SIPParseError(.badStartLine, at: space)
        }
        guard Self.text(bytes, (last + 1)..<words.upperBound).lowercased() == "sip/2.0" else {
            throw SIPParseError(.badVersion, at: last + 1)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

    private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        guard let start = range.first(where: { !Self.isSpace(bytes[$0]) }),
            let last = range.last(where: { !Self.isSpace(bytes[$0]) })
        else { return range.upperBound..<range.upperBound }
        return start..<(last + 1)
    }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
