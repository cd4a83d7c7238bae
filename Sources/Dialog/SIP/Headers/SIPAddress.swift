public import CallCore

/// Who a message is from or for: a name for people, a URI, and parameters.
///
/// - Source: RFC 3261 §20.10, §25.1 `name-addr`, `addr-spec`.
public struct SIPAddress: Sendable {
    private let buffer: [UInt8]
    private var places: SIPAddressPlaces

    private init(_ buffer: [UInt8], _ places: SIPAddressPlaces) { (self.buffer, self.places) = (buffer, places) }

    /// Describes somebody.
    public init(_ uri: SIPURI, displayName: String? = nil, tag: String? = nil) {
        var parameters = SIPParameters()
        if let tag { parameters["tag"] = tag }
        self.init(Parts(displayName: displayName, uri: uri, parameters: parameters))
    }

    /// Reads `"Name" <sip:…>;parameters`.
    ///
    /// - Returns: nil where `text` is anything else.
    public init?(_ text: some StringProtocol) { self.init(parsing: WireText(text)) }

    /// The tag of a From or To: one half of a dialog's name.
    public var tag: String? {
        get { self.parameters["tag"] }
        set { self.parameters["tag"] = newValue }
    }

    /// Whether this is the `*` of a Contact that takes back every registration.
    ///
    /// - Source: RFC 3261 §10.2.2.
    public var isWildcard: Bool { self.places.isWildcard }

    /// The Contact `*`.
    public static let wildcard = SIPAddress(SIPURI(scheme: "", host: "*"))
}

extension SIPAddress {
    /// The name for people, without quotes.
    public var displayName: String? {
        get {
            guard !self.places.displayName.isAbsent else { return nil }
            let (bytes, range) = (self.buffer.span, self.places.displayName.range)
            let isQuoted = !range.isEmpty && bytes[range.lowerBound] == UInt8(ascii: "\"")
            return isQuoted ? bytes.unquoted(range) : bytes.string(range)
        }
        set { self.change { $0.displayName = newValue } }
    }

    /// Where they are reached.
    public var uri: SIPURI {
        get { SIPURI(self.buffer, self.places.uri) }
        set { self.change { $0.uri = newValue } }
    }

    /// The parameters of the header value (not those of the URI).
    public var parameters: SIPParameters {
        get { SIPParameters(self.buffer, self.places.parameters, isCanonical: self.places.areParametersCanonical) }
        set { self.change { $0.parameters = newValue } }
    }
}

extension SIPAddress: SIPHeaderValue, CustomStringConvertible {
    /// Reads an address that fills the span.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads an address that fills the text.
    public init?(parsing text: borrowing WireText) {
        self.init(text.buffer, SIPAddressPlaces())
        let bytes = text.buffer.span
        guard self.places.take(bytes, in: bytes.trimmed(text.range)) else { return nil }
        if self.places.isWildcard { self = .wildcard }
    }

    /// Writes the address; the URI always in brackets.
    public func write(to output: inout [UInt8]) {
        if self.places.isCanonical {
            output.append(self.buffer, self.places.text.range)
        } else {
            _ = Parts(self).write(to: &output)
        }
    }

    /// The address as on the wire.
    public var description: String { self.written }
}

extension SIPAddress: Hashable {
    /// Equal where they are written alike.
    public static func == (left: SIPAddress, right: SIPAddress) -> Bool {
        guard left.places.isCanonical, right.places.isCanonical else { return left.written == right.written }
        return left.canonicalText == right.canonicalText
    }

    /// Hashes the address as it is written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.places.isCanonical ? self.canonicalText : WireText(self.written))
    }

    private var canonicalText: WireText { WireText(self.buffer, in: self.places.text.range) }
}

extension SIPAddress {
    /// An address taken apart, to be put together again.
    fileprivate struct Parts {
        var displayName: String?
        var uri: SIPURI
        var parameters: SIPParameters
    }

    private init(_ parts: Parts) {
        var buffer: [UInt8] = []
        let places = parts.write(to: &buffer)
        self.init(buffer, places)
    }

    private mutating func change(_ change: (inout Parts) -> Void) {
        var parts = Parts(self)
        change(&parts)
        self = SIPAddress(parts)
    }
}

extension SIPAddress.Parts {
    init(_ address: SIPAddress) {
        self.init(displayName: address.displayName, uri: address.uri, parameters: address.parameters)
    }

    /// Writes the address.
    ///
    /// - Returns: where its parts stand.
    func write(to output: inout [UInt8]) -> SIPAddressPlaces {
        var places = SIPAddressPlaces()
        places.isWildcard = self.uri.isWildcard
        guard !places.isWildcard else {
            places.uri = self.uri.append(to: &output)
            places.text = places.uri.host
            return places
        }
        let start = output.count
        if let displayName = self.displayName, !displayName.isEmpty {
            output.append(quoted: displayName)
            places.displayName = SIPPlace(start..<output.count)
            output.append(UInt8(ascii: " "))
        }
        output.append(UInt8(ascii: "<"))
        places.uri = self.uri.append(to: &output)
        output.append(UInt8(ascii: ">"))
        places.parameters = self.parameters.append(to: &output)
        places.text = SIPPlace(start..<output.count)
        return places
    }
}
