public import CallCore

/// The name of an extension of SIP. An open set; compared in any case.
///
/// - Source: RFC 3261 §19.2, §20.32.
public struct SIPOptionTag: RawRepresentable, Sendable, ExpressibleByStringLiteral {
    private var text: WireText

    /// The name on the wire.
    public var rawValue: String {
        get { self.text.string }
        set { self.text = WireText(newValue) }
    }

    /// Wraps a name.
    public init(rawValue: String) { self.text = WireText(rawValue) }

    /// Wraps a name written in source.
    public init(stringLiteral value: String) { self.text = WireText(value) }

    /// Reliable provisional responses, `100rel`. - Source: RFC 3262 §8.1.
    public static let reliableProvisional = SIPOptionTag(rawValue: "100rel")
    /// Session timers. - Source: RFC 4028 §13.
    public static let timer = SIPOptionTag(rawValue: "timer")
    /// Replacing a dialog. - Source: RFC 3891 §7.
    public static let replaces = SIPOptionTag(rawValue: "replaces")
    /// Joining a dialog. - Source: RFC 3911 §8.3.
    public static let join = SIPOptionTag(rawValue: "join")
    /// Registering through proxies. - Source: RFC 3327 §5.
    public static let path = SIPOptionTag(rawValue: "path")
    /// Connections that a client keeps open. - Source: RFC 5626 §11.
    public static let outbound = SIPOptionTag(rawValue: "outbound")
    /// Addresses of one device. - Source: RFC 5627 §10.
    public static let gruu = SIPOptionTag(rawValue: "gruu")
    /// Choosing a contact by what it can do. - Source: RFC 3840 §10.
    public static let callerPreferences = SIPOptionTag(rawValue: "pref")
    /// Leaving out a REFER's subscription. - Source: RFC 4488 §6.
    public static let noReferSub = SIPOptionTag(rawValue: "norefersub")
    /// Wishes for privacy. - Source: RFC 3323 §9.
    public static let privacy = SIPOptionTag(rawValue: "privacy")
    /// Telling which request a dialog belongs to. - Source: RFC 4538 §10.
    public static let targetDialog = SIPOptionTag(rawValue: "tdialog")
    /// An early end of one dialog of a forked INVITE. - Source: RFC 6228 §10.
    public static let earlyDialogTerminated = SIPOptionTag(rawValue: "199")
    /// What happened to a request on its way. - Source: RFC 7044 §14.
    public static let historyInfo = SIPOptionTag(rawValue: "histinfo")
    /// A recording session, from its client. - Source: RFC 7866 §12.1.
    public static let recordingServer = SIPOptionTag(rawValue: "siprec")
    /// A phone that is told that it is recorded. - Source: RFC 7866 §12.1.
    public static let recordAware = SIPOptionTag(rawValue: "record-aware")
}

extension SIPOptionTag: Hashable {
    /// Equal in any case.
    public static func == (left: SIPOptionTag, right: SIPOptionTag) -> Bool {
        left.rawValue.equalsIgnoringCase(right.rawValue)
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.rawValue.lowercased()) }
}

extension SIPOptionTag: SIPHeaderValue, CustomStringConvertible {
    /// Reads a token.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads a token.
    public init?(parsing text: borrowing WireText) {
        let bytes = text.buffer.span
        let range = bytes.trimmed(text.range)
        guard bytes.isToken(range) else { return nil }
        self.text = text.extracting(range)
    }

    /// Writes the name.
    public func write(to output: inout [UInt8]) { output.append(line: self.text) }

    /// The name on the wire.
    public var description: String { self.rawValue }
}
