/// Puts in the end tags that a document lacks.
///
/// RFC 5707 itself has layouts with `<region …>` and no end, and a `join` that ends with the document. Only inner
/// elements are mended, and only where there is no doubt: a document that breaks off stays broken, and so does one in
/// which an order would come to lie within another.
///
/// - Source: RFC 5707 §8.7.2, §8.7.3, §12.1, §12.4.
struct MSMLMending {
    /// Elements that hold no others: without an end tag, they end at once.
    private static let empty: Set<String> = [
        "region", "root", "asn", "n-loudest", "gain", "clamp", "agc", "gate", "relay", "visual", "audio", "video",
        "var",
        "tone1", "tone2", "send", "exit", "disconnect", "destroyconference", "dialogend", "audit", "monitor",
    ]

    private static let depthLimit = XMLLimits().depth

    private struct Open {
        let name: ArraySlice<UInt8>
        /// Where the `>` of the start tag is.
        let end: Int
        /// Whether an order begins in it that may not belong there.
        var holdsOrder = false

        var text: String { String(decoding: name, as: UTF8.self) }
    }

    private let bytes: [UInt8]
    private var place = 0
    private var open: [Open] = []
    /// What has to be put in, and before which byte.
    private var additions: [(place: Int, bytes: [UInt8])] = []

    private init(_ document: Span<UInt8>) {
        self.bytes = document.indices.map { document[$0] }
    }

    /// The document with its end tags; nil where none was missing, or where what was meant cannot be told.
    static func mended(_ document: Span<UInt8>) -> [UInt8]? {
        var mending = MSMLMending(document)
        guard mending.readTags(), mending.open.isEmpty, !mending.additions.isEmpty else { return nil }
        mending.additions.sort { $0.place < $1.place }
        var (result, done): ([UInt8], Int) = ([], 0)
        for addition in mending.additions {
            result += mending.bytes[done..<addition.place] + addition.bytes
            done = addition.place
        }
        return result + mending.bytes[done...]
    }

    /// - Returns: whether every end tag has a start tag.
    private mutating func readTags() -> Bool {
        while let tag = self.next(UInt8(ascii: "<")) {
            let inside = self.bytes[(tag + 1)...]
            if inside.starts(with: Array("!--".utf8)) {
                guard self.skip(past: "-->") else { return false }
            } else if inside.starts(with: Array("![CDATA[".utf8)) {
                guard self.skip(past: "]]>") else { return false }
            } else if inside.first == UInt8(ascii: "?") {
                guard self.skip(past: "?>") else { return false }
            } else if inside.first == UInt8(ascii: "/") {
                guard let end = self.next(UInt8(ascii: ">")) else { return false }
                guard self.close(Self.name(in: self.bytes[(tag + 2)..<end]), at: tag) else { return false }
            } else {
                guard let end = self.tagEnd(from: tag + 1) else { return false }
                self.start(Self.name(in: self.bytes[(tag + 1)..<end]), end: end)
                guard self.open.count <= Self.depthLimit else { return false }
            }
        }
        return true
    }

    private mutating func start(_ name: ArraySlice<UInt8>, end: Int) {
        let tag = Open(name: name, end: end)
        if let last = self.open.indices.last, MSMLRequest.orders.contains(tag.text) {
            self.open[last].holdsOrder = true
        }
        if self.bytes[end - 1] != UInt8(ascii: "/") { self.open.append(tag) }
    }

    /// - Returns: whether an element of this name is open, and those within it can be closed.
    private mutating func close(_ name: ArraySlice<UInt8>, at tag: Int) -> Bool {
        guard self.open.contains(where: { $0.name == name }) else { return false }
        while let last = self.open.popLast(), last.name != name {
            if Self.empty.contains(last.text) {
                self.additions.append((last.end, [UInt8(ascii: "/")]))
            } else {
                guard !last.holdsOrder else { return false }
                self.additions.append((tag, Array("</".utf8) + last.name + Array(">".utf8)))
            }
        }
        return true
    }

    /// The place of the next byte of a value, behind which reading goes on.
    private mutating func next(_ byte: UInt8) -> Int? {
        guard let found = self.bytes[self.place...].firstIndex(of: byte) else { return nil }
        self.place = found + 1
        return found
    }

    private mutating func skip(past end: String) -> Bool {
        let end = Array(end.utf8)
        while self.place + end.count <= self.bytes.count {
            if self.bytes[self.place...].starts(with: end) {
                self.place += end.count
                return true
            }
            self.place += 1
        }
        return false
    }

    /// Where a start tag ends; a `>` between quotes does not end it.
    private mutating func tagEnd(from start: Int) -> Int? {
        var quote: UInt8?
        for index in start..<self.bytes.count {
            let byte = self.bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "<") {
                return nil
            } else if byte == UInt8(ascii: ">") {
                self.place = index + 1
                return index
            }
        }
        return nil
    }

    private static func name(in tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    }
}
