import CaptureJournal

extension RecordingTicket {
    /// No recording has more channels.
    static let maximumChannels = 16

    private static let version: UInt8 = 1

    /// The bytes that stand in the journal.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = [Self.version]
        bytes.append(number: self.number.rawValue)
        bytes.append(text: self.id)
        bytes.append(text: self.conference)
        bytes.append(number: UInt64(bitPattern: self.startTime.milliseconds))
        bytes.append(count: self.channels.count)
        for channel in self.channels {
            bytes.append(number: channel.leg.rawValue)
            bytes.append(text: channel.dn)
        }
        bytes.append(count: self.files.count)
        for file in self.files {
            bytes.append(text: file.name)
            bytes.append(text: file.mediaType)
        }
        bytes.append(count: self.parameters.count)
        // In order, so that the same ticket is the same bytes.
        for (name, value) in self.parameters.sorted(by: { $0.key < $1.key }) {
            bytes.append(text: name)
            bytes.append(text: value)
        }
        return bytes
    }

    /// Reads what ``encoded()`` wrote.
    ///
    /// - Returns: nil where the bytes are no ticket.
    init?(parsing bytes: [UInt8]) {
        var reader = TicketReader(bytes: bytes)
        guard reader.byte() == Self.version, let number = reader.number(), let id = reader.text(),
            let conference = reader.text(), let start = reader.number(), let channelCount = reader.count(),
            (1...Self.maximumChannels).contains(channelCount)
        else { return nil }
        var channels: [Channel] = []
        for _ in 0..<channelCount {
            guard let leg = reader.number(), let dn = reader.text() else { return nil }
            channels.append(Channel(leg: LegID(rawValue: leg), dn: dn))
        }
        guard let fileCount = reader.count() else { return nil }
        var files: [File] = []
        for _ in 0..<fileCount {
            guard let name = reader.text(), let mediaType = reader.text() else { return nil }
            files.append(File(name: name, mediaType: mediaType))
        }
        guard let parameterCount = reader.count() else { return nil }
        var parameters: [String: String] = [:]
        for _ in 0..<parameterCount {
            guard let name = reader.text(), let value = reader.text() else { return nil }
            parameters[name] = value
        }
        self.init(
            number: RecordingNumber(rawValue: number), id: id, conference: conference, channels: channels, files: files,
            startTime: WallTime(milliseconds: Int64(bitPattern: start)), parameters: parameters)
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: UInt64) {
        for shift in (0..<8).reversed() { self.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift))) }
    }

    fileprivate mutating func append(count: Int) {
        self.append(UInt8(truncatingIfNeeded: count >> 16))
        self.append(UInt8(truncatingIfNeeded: count >> 8))
        self.append(UInt8(truncatingIfNeeded: count))
    }

    fileprivate mutating func append(text: String) {
        self.append(count: text.utf8.count)
        self += text.utf8
    }
}

private struct TicketReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() -> UInt8? {
        guard self.offset < self.bytes.count else { return nil }
        defer { self.offset += 1 }
        return self.bytes[self.offset]
    }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        for _ in 0..<8 {
            guard let byte = self.byte() else { return nil }
            value = value << 8 | UInt64(byte)
        }
        return value
    }

    mutating func count() -> Int? {
        guard let high = self.byte(), let middle = self.byte(), let low = self.byte() else { return nil }
        return Int(high) << 16 | Int(middle) << 8 | Int(low)
    }

    mutating func text() -> String? {
        guard let count = self.count(), count <= self.bytes.count - self.offset else { return nil }
        defer { self.offset += count }
        return String(validating: self.bytes[self.offset..<self.offset + count], as: UTF8.self)
    }
}
