private import FoundationEssentials

/// Values to JSON and back: what the web interfaces and the job records on disk have in common.
public enum JSONCoding {
    /// The largest body that is read.
    ///
    /// - Unit: bytes.
    public static let byteLimit = 8 << 20

    /// Writes a value as JSON; the names in an object are in alphabetical order, so the same value is the same bytes.
    ///
    /// Values that JSON has no form for, which are infinite numbers only, become `null`.
    public static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let written = try? encoder.encode(value) else { return Array("null".utf8) }
        return Array(written)
    }

    /// Reads a value. Whatever the bytes are, this returns or throws.
    ///
    /// - Throws: where the bytes are no JSON, or not that of such a value.
    public static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8]
    ) throws(RecordingAPIError) -> Value {
        guard bytes.count <= self.byteLimit else {
            throw RecordingAPIError(.malformed, "the body has \(bytes.count) bytes, more than \(self.byteLimit)")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw self.explain(error)
        }
    }

    private static func explain(_ error: any Error) -> RecordingAPIError {
        switch error {
        case let error as RecordingAPIError:
            error
        case DecodingError.keyNotFound(let key, let context):
            RecordingAPIError(.missing, "\(self.place(context.codingPath + [key])) is missing")
        case DecodingError.valueNotFound(_, let context):
            RecordingAPIError(.missing, "\(self.place(context.codingPath)) is null")
        case DecodingError.typeMismatch(_, let context):
            RecordingAPIError(.invalid, "\(self.place(context.codingPath)) is of the wrong kind")
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            RecordingAPIError(.invalid, "\(self.place(context.codingPath)): \(context.debugDescription)")
        default:
            RecordingAPIError(.malformed, "the body is no JSON that could be read")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path.prefix(16) {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue.prefix(64)
            }
        }
        return text.isEmpty ? "the body" : text
    }
}
