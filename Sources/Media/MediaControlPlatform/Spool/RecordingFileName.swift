public import CallCore

/// Names the files of recordings.
///
/// `<id>-<GVP session id>-<8-digit sequence>` where SIP Server gave the recording an id, otherwise
/// `callrec.<GVP session id>.<yyMMddHHmmss>`; the format adds its extension.
///
/// - Source: GIR API, `mediaFiles[].mediaId`.
public enum RecordingFileName {
    /// The name without an extension; it is a name in every store: no separators, no control characters, at most 200 bytes.
    ///
    /// - Parameters:
    ///   - id: what SIP Server called the recording, from a peer: what no file name can hold becomes `_`.
    ///   - session: the GVP session id.
    ///   - sequence: counts the files of the session, from 1.
    ///   - start: when the recording starts.
    public static func name(id: String?, session: GVPSessionID, sequence: Int, start: WallTime) -> String {
        let number = String(max(0, sequence))
        let padded = String(repeating: "0", count: max(0, 8 - number.count)) + number
        if let id = id.map(Self.safe), !id.isEmpty { return "\(id)-\(session)-\(padded)" }
        let digits = start.fileStamp.filter(\.isNumber).dropFirst(2)
        let name = "callrec.\(session).\(digits)"
        // Two recordings may start in one second; the plain form has no place for their number.
        return sequence > 1 ? "\(name)-\(padded)" : name
    }

    private static func safe(_ id: String) -> String {
        var name = ""
        for scalar in id.unicodeScalars.prefix(160) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "@", "+", "=", "$": name.unicodeScalars.append(scalar)
            case ".": name += name.isEmpty ? "_" : "."
            default: name += "_"
            }
        }
        return name
    }
}
