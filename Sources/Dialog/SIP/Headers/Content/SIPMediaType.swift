/// What kind of thing a body is, or which kinds somebody takes: `type/subtype;parameters`.
///
/// Type and subtype are compared in any case.
///
/// - Source: RFC 3261 §20.1, §20.15, §25.1 `media-type`, `media-range`.
public struct SIPMediaType: Sendable {
    /// For example `application`; `*` for any.
    public var type: String
    /// For example `sdp`; `*` for any.
    public var subtype: String
    /// For example `boundary`, or `q` in Accept.
    public var parameters: SIPParameters

    /// Describes a kind.
    public init(_ type: String, _ subtype: String, _ parameters: SIPParameters = SIPParameters()) {
        (self.type, self.subtype, self.parameters) = (type, subtype, parameters)
    }

    /// Reads `type/subtype;parameters`.
    ///
    /// - Returns: nil where `text` is anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(parsing: bytes.span)
    }

    /// `type/subtype` in lower case.
    public var essence: String { "\(self.type)/\(self.subtype)".lowercased() }

    /// Whether a body consists of parts.
    public var isMultipart: Bool { self.type.equalsIgnoringCase("multipart") }

    /// Whether this range takes in `kind`, whatever its parameters.
    ///
    /// - Source: RFC 3261 §20.1; RFC 2616 §14.1.
    public func includes(_ kind: SIPMediaType) -> Bool {
        (self.type == "*" || self.type.equalsIgnoringCase(kind.type))
            && (self.subtype == "*" || self.subtype.equalsIgnoringCase(kind.subtype))
    }
}

extension SIPMediaType: Hashable {
    /// Equal where the kinds are, in any case, and the parameters are written alike.
    public static func == (left: SIPMediaType, right: SIPMediaType) -> Bool {
        left.type.equalsIgnoringCase(right.type) && left.subtype.equalsIgnoringCase(right.subtype)
            && left.parameters == right.parameters
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.essence)
        hasher.combine(self.parameters)
    }
}

extension SIPMediaType: ExpressibleByStringLiteral {
    /// Reads what is written in source, for example `"application/sdp"`.
    public init(stringLiteral value: String) { self = SIPMediaType(value) ?? SIPMediaType(value, "*") }
}

extension SIPMediaType: SIPHeaderValue, CustomStringConvertible {
    /// Reads `type/subtype` and parameters; blanks round the slash are allowed.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let type = scanner.token(bytes) else { return nil }
        scanner.skipSpace(bytes)
        guard scanner.skip("/", bytes) else { return nil }
        scanner.skipSpace(bytes)
        guard let subtype = scanner.token(bytes), let parameters = scanner.parameters(bytes) else { return nil }
        (self.type, self.subtype, self.parameters) = (bytes.string(type), bytes.string(subtype), parameters)
    }

    /// Writes `type/subtype` and parameters.
    public func write(to output: inout [UInt8]) {
        output.append(text: "\(self.type)/\(self.subtype)")
        self.parameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
