extension SIPMessage {
    /// Begins a request. The fields are still to be set.
    public init(request method: SIPMethod, uri: SIPURI) {
        // An INVITE with its offer may fill a packet; a block of 1 KiB, which most others fit in, is had for less.
        self.init(capacity: method == .invite ? 1_500 : Self.smallCapacity)
        self.setRequestLine(method, uri)
    }

    /// Begins a response to a request that is not at hand. The fields are still to be set.
    public init(response status: SIPStatus) {
        self.init(capacity: Self.smallCapacity)
        self.setStatusLine(status)
    }

    /// Begins a response: Via, From, To, Call-ID and CSeq are those of the request, byte for byte.
    ///
    /// - Parameters:
    ///   - tag: the tag of To where the request had none; nil leaves it without.
    /// - Source: RFC 3261 §8.2.6.
    public init(response status: SIPStatus, to request: SIPMessage, tag: String? = nil) {
        self.init(response: status)
        for field in request.fieldIndex {
            switch field.kind {
            case .via, .from, .callID, .cseq: self.append(field, of: request)
            case .timestamp where status == .trying: self.append(field, of: request)
            case .to:
                guard let tag, var to = request[.to], to.tag == nil else {
                    self.append(field, of: request)
                    continue
                }
                to.tag = tag
                self[.to] = to
            default: continue
            }
        }
    }

    /// The message as it goes on the wire: unchanged, the very bytes that came. Otherwise Content-Length is there,
    /// and right.
    public func encoded() -> [UInt8] {
        if let range = self.unchanged { return range == self.bytes.indices ? self.bytes : self.bytes.span.array(range) }
        var output: [UInt8] = []
        // What stands together in the bytes is copied together.
        var lines = self.start.line
        for field in self.fieldIndex {
            if field.line.lowerBound == lines.upperBound + 2, self.hasLineEnd(at: lines.upperBound) {
                lines = lines.lowerBound..<field.line.upperBound
            } else {
                self.write(lines, to: &output)
                lines = field.line
            }
        }
        if self.fieldIndex.firstIndex(of: .contentLength, from: 0) == nil {
            self.write(lines, to: &output)
            output.append(text: "Content-Length: \(self.bodyRange.count)")
            output.appendLineEnd()
        } else if self.bodyRange.lowerBound == lines.upperBound + 4, self.hasLineEnd(at: lines.upperBound),
            self.hasLineEnd(at: lines.upperBound + 2)
        {
            let rest = lines.lowerBound..<self.bodyRange.upperBound
            if output.isEmpty { return rest == self.bytes.indices ? self.bytes : self.bytes.span.array(rest) }
            output.append(self.bytes, rest)
            return output
        } else {
            self.write(lines, to: &output)
        }
        output.appendLineEnd()
        output.append(self.bytes, self.bodyRange)
        return output
    }

    private func write(_ lines: Range<Int>, to output: inout [UInt8]) {
        if output.isEmpty { output.reserveCapacity(self.bytes.count + 2 * self.fieldIndex.count + 32) }
        output.append(self.bytes, lines)
        output.appendLineEnd()
    }

    private func hasLineEnd(at position: Int) -> Bool {
        position + 1 < self.bytes.count && self.bytes[position] == 0x0D && self.bytes[position + 1] == 0x0A
    }

    /// What is left of 1 KiB.
    private static let smallCapacity = 960

    /// Nothing yet: room for what is composed.
    ///
    /// - Parameter capacity: in bytes.
    private init(capacity: Int) {
        self.bytes = []
        self.bytes.reserveCapacity(capacity)
        self.start = Start(method: nil, status: nil, rest: 0..<0, line: 0..<0)
        self.fieldIndex = SIPFieldList(capacity: 24)
        self.bodyRange = 0..<0
        self.unchanged = nil
    }

    mutating func setRequestLine(_ method: SIPMethod, _ uri: SIPURI) {
        self.unchanged = nil
        let begin = self.bytes.count
        method.write(to: &self.bytes)
        self.bytes.append(0x20)
        let uriStart = self.bytes.count
        uri.write(to: &self.bytes)
        let uriEnd = self.bytes.count
        self.bytes.append(text: " SIP/2.0")
        self.start = Start(method: method, status: nil, rest: uriStart..<uriEnd, line: begin..<self.bytes.count)
        self.bytes.appendLineEnd()
    }

    private mutating func setStatusLine(_ status: SIPStatus) {
        let begin = self.bytes.count
        self.bytes.append(text: "SIP/2.0 \(status.code) ")
        let reason = self.bytes.count
        self.bytes.append(text: status.reasonPhrase)
        let end = self.bytes.count
        self.start = Start(method: nil, status: status, rest: reason..<end, line: begin..<end)
        self.bytes.appendLineEnd()
    }
}

extension [UInt8] {
    mutating func appendLineEnd() {
        self.append(0x0D)
        self.append(0x0A)
    }
}
