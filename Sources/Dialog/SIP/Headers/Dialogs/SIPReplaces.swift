/// The dialog that a new INVITE takes the place of.
///
/// - Source: RFC 3891 §6.1.
public struct SIPReplaces: Hashable, Sendable {
    /// The name of the call.
    public var callID: String
    /// The tag of the receiver of this header: local to it.
    public var toTag: String
    /// The tag of the other side.
    public var fromTag: String
    /// Whether only a dialog that nobody has answered yet may be replaced.
    public var isEarlyOnly: Bool
    /// Parameters that this module does not know.
    public var otherParameters: SIPParameters

    /// Names a dialog.
    public init(callID: String, toTag: String, fromTag: String, isEarlyOnly: Bool = false) {
        (self.callID, self.toTag, self.fromTag, self.isEarlyOnly) = (callID, toTag, fromTag, isEarlyOnly)
        self.otherParameters = SIPParameters()
    }
}

extension SIPReplaces: SIPHeaderValue, CustomStringConvertible {
    /// Reads `call-id;to-tag=…;from-tag=…;early-only`; there must be one tag of each kind.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard
            let callID = scanner.run(bytes, while: { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ";") }),
            let parameters = scanner.parameters(bytes)
        else { return nil }
        func values(_ name: String) -> [String] {
            parameters.elements.filter { $0.name.equalsIgnoringCase(name) }.compactMap(\.rawValue)
        }
        let (toTags, fromTags) = (values("to-tag"), values("from-tag"))
        guard let toTag = toTags.first, let fromTag = fromTags.first, toTags.count == 1, fromTags.count == 1,
            !toTag.isEmpty, !fromTag.isEmpty
        else { return nil }
        self.init(
            callID: bytes.string(callID), toTag: toTag, fromTag: fromTag,
            isEarlyOnly: parameters["early-only"] != nil)
        self.otherParameters = parameters
        for known in ["to-tag", "from-tag", "early-only"] { self.otherParameters[known] = nil }
    }

    /// Writes the call's name and the tags.
    public func write(to output: inout [UInt8]) {
        output.append(text: "\(self.callID);to-tag=\(self.toTag);from-tag=\(self.fromTag)")
        if self.isEarlyOnly { output.append(text: ";early-only") }
        self.otherParameters.write(to: &output)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
