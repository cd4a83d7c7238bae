/// The pattern by which recordings are named: `[TServer] recording-filename`.
///
/// The name is user data `GSIP_REC_FN`, the recorder's parameter `id`, and the beginning of the file's name. So every
/// character that is none of `A-Z a-z 0-9 - . _ ~` is percent-encoded, in what is filled in and in the pattern itself.
///
/// - Source: RFC 3986 §2.1, §2.3; observed, `GSIP_REC_FN` of SIP Server 8.1.
public struct RecordingName: Hashable, Sendable {
    /// The longest name, so that the file's name fits everywhere.
    ///
    /// - Unit: bytes.
    public static let longest = 200

    /// What a pattern can hold between dollar signs.
    public enum Key: String, Hashable, Sendable, CaseIterable {
        /// The CallUUID.
        case uuid = "UUID"
        /// Who calls.
        case ani = "ANI"
        /// Who was called.
        case dnis = "DNIS"
        /// The number of the recorded party.
        case agentDN = "AGENTDN"
        /// The agent who works there.
        case agentID = "AGENTID"
        /// The day on which the recording begins, UTC: `2015-10-16`.
        case date = "DATE"
        /// The time at which it begins, UTC: `14-26-23`.
        case time = "TIME"
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case key(Key)
    }

    private let pieces: [Piece]

    /// Reads a pattern, for example `$UUID$_$DATE$_$TIME$`.
    ///
    /// - Throws: where it is empty, has a dollar sign too few, or a key that does not exist.
    public init(template: String) throws(ConfigurationError) {
        guard !template.isEmpty else { throw ConfigurationError("recording-filename is empty") }
        var pieces: [Piece] = []
        let fields = template.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count % 2 == 1 else {
            throw ConfigurationError("recording-filename '\(template)': a dollar sign has no partner")
        }
        for (index, field) in fields.enumerated() {
            if index % 2 == 0 {
                if !field.isEmpty { pieces.append(.text(String(field))) }
            } else if let key = Key(rawValue: field.uppercased()) {
                pieces.append(.key(key))
            } else {
                let keys = Key.allCases.map { "$\($0.rawValue)$" }.joined(separator: " ")
                throw ConfigurationError("recording-filename '\(template)': $\(field)$ is none of \(keys)")
            }
        }
        self.pieces = pieces
    }

    /// The name of one recording.
    ///
    /// - Parameter start: when the recording begins.
    public func name(
        of call: CallSnapshot, recorded party: DN, agent: AgentID? = nil, start: WallTime
    ) -> String {
        let stamp = start.fileStamp.split(separator: "_")
        var name = ""
        for piece in self.pieces {
            switch piece {
            case .text(let text): name += Self.escaped(text)
            case .key(.uuid): name += Self.escaped(call.callUUID.rawValue)
            case .key(.ani): name += Self.escaped(call.ani.rawValue)
            case .key(.dnis): name += Self.escaped(call.dnis.rawValue)
            case .key(.agentDN): name += Self.escaped(party.rawValue)
            case .key(.agentID): name += Self.escaped(agent?.rawValue ?? "")
            case .key(.date): name += stamp.first ?? ""
            case .key(.time): name += stamp.last ?? ""
            }
        }
        // A name that begins with a dot is hidden, or leads out of its folder.
        if name.first == "." { name = "%2E" + name.dropFirst() }
        return String(name.prefix(Self.longest))
    }

    /// Whether a name that somebody asked for can be used as it stands.
    public static func isValid(_ name: String) -> Bool {
        (1...Self.longest).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
            && name.utf8.allSatisfy { Self.isUnreserved($0) || $0 == UInt8(ascii: "%") }
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            if Self.isUnreserved(byte) {
                result.append(Character(Unicode.Scalar(byte)))
            } else {
                result += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return result
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
