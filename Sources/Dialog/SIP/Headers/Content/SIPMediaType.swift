public import CallCore

/// What kind of thing a body is, or which kinds somebody takes: `type/subtype;parameters`.
///
/// Type and subtype are compared in any case.
///
/// - Source: RFC 3261 §20.1, §20.15, §25.1 `media-type`, `media-range`.
public struct SIPMediaType: Sendable {
    private let buffer: [UInt8]
    private let typePlace: SIPPlace
    private let subtypePlace: SIPPlace
    /// With their first semicolon.
    private let parametersPlace: SIPPlace
    private let areParametersCanonical: Bool

    /// Describes a kind.
    public init(_ type: String, _ subtype: String, _ parameters: SIPParameters = SIPParameters()) {
        var buffer: [UInt8] = []
        self.typePlace = buffer.append(part: type)
        self.subtypePlace = buffer.append(part: subtype)
        self.parametersPlace = parameters.append(to: &buffer)
        self.areParametersCanonical = true
        self.buffer = buffer
    }

    /// For example `application`; `*` for any.
    public var type: String {
        get { self.buffer.span.string(self.typePlace.range) }
        set { self = SIPMediaType(newValue, self.subtype, self.parameters) }
    }

    /// For example `sdp`; `*` for any.
    public var subtype: String {
        get { self.buffer.span.string(self.subtypePlace.range) }
        set { self = SIPMediaType(self.type, newValue, self.parameters) }
    }

    /// For example `boundary`, or `q` in Accept.
    public var parameters: SIPParameters {
        get { SIPParameters(self.buffer, self.parametersPlace, isCanonical: self.areParametersCanonical) }
        set { self = SIPMediaType(self.type, self.subtype, newValue) }
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
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads `type/subtype` and parameters; blanks round the slash are allowed.
    public init?(parsing text: borrowing WireText) {
        let bytes = text.buffer.span
        var scanner = SIPValueScanner(bytes, in: text.range)
        guard let type = scanner.token(bytes) else { return nil }
        scanner.skipSpace(bytes)
        guard scanner.skip("/", bytes) else { return nil }
        scanner.skipSpace(bytes)
        guard let subtype = scanner.token(bytes), let areParametersCanonical = scanner.checkParameters(bytes)
        else { return nil }
        (self.typePlace, self.subtypePlace) = (SIPPlace(type), SIPPlace(subtype))
        (self.parametersPlace, self.areParametersCanonical) = (SIPPlace(scanner.rest), areParametersCanonical)
        self.buffer = text.buffer
    }

    /// Writes `type/subtype` and parameters.
    public func write(to output: inout [UInt8]) {
        output.append(self.buffer, self.typePlace.range)
        output.append(UInt8(ascii: "/"))
        output.append(self.buffer, self.subtypePlace.range)
        self.parameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
