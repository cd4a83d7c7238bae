extension SIPURI {
    /// The user without escapes, for example `alice@home` of `sip:alice%40home@example.com`. Setting it escapes what
    /// may not stand in a user part.
    ///
    /// - Source: RFC 3261 §19.1.2, §25.1 `user`.
    public var decodedUser: String? {
        get { self.user.map { String(decoding: Array($0.utf8).percentDecoded(), as: UTF8.self) } }
        set {
            self.user = newValue.map { text in
                var escaped: [UInt8] = []
                escaped.append(escaping: text) { $0.isUnreserved || "&=+$,;?/".utf8.contains($0) }
                return String(decoding: escaped, as: UTF8.self)
            }
        }
    }

    /// The header component without escapes, in order.
    ///
    /// - Source: RFC 3261 §19.1.1 "Headers".
    public var headerFields: [SIPHeaderField] {
        self.headers.elements.map { element in
            SIPHeaderField(Self.decoded(element.name), Self.decoded(element.rawValue ?? ""))
        }
    }

    /// A header that a request to this URI is to carry, for example Replaces in the URI of Refer-To.
    ///
    /// Setting it writes it with escapes; nil removes it.
    public subscript<Value>(header name: SIPHeaderName<Value>) -> Value? {
        get {
            let field = self.headerFields.first { SIPHeaderName<Value>($0.name).isSame(as: name) }
            guard let field else { return nil }
            let bytes = Array(field.value.utf8)
            return Value(parsing: bytes.span)
        }
        set {
            self.headers.elements.removeAll { SIPHeaderName<Value>(Self.decoded($0.name)).isSame(as: name) }
            guard let newValue else { return }
            var (escapedName, value): ([UInt8], [UInt8]) = ([], [])
            escapedName.append(escaping: name.name, unless: Self.isHeaderCharacter)
            value.append(escaping: newValue.written, unless: Self.isHeaderCharacter)
            self.headers.elements.append(
                SIPParameters.Element(
                    name: String(decoding: escapedName, as: UTF8.self), rawValue: String(decoding: value, as: UTF8.self)
                ))
        }
    }

    private static func decoded(_ text: String) -> String {
        String(decoding: Array(text.utf8).percentDecoded(), as: UTF8.self)
    }

    /// - Source: RFC 3261 §25.1 `hname`, `hvalue`.
    private static func isHeaderCharacter(_ byte: UInt8) -> Bool { byte.isUnreserved || "[]/?:+$".utf8.contains(byte) }
}

extension SIPHeaderName {
    /// Whether both name one header, in any case and in long or compact form.
    func isSame(as other: SIPHeaderName) -> Bool {
        self.kind == other.kind && (self.kind != .other || self.name.equalsIgnoringCase(other.name))
    }
}
