import RecordingStorage

/// What a party was played and how far: the payload of a `prompted` record, written when it is over. It stands in the
/// party's channel; the record's time is that of the end.
struct PromptRecord: Hashable, Sendable {
    /// What it was for.
    enum Kind: UInt8, Hashable, Sendable {
        case beep = 0
        case announcement = 1
        case consent = 2
    }

    var kind: Kind
    var end: PromptEnd
    /// - Unit: samples between the first that was sent and the record.
    var elapsed: UInt32
    /// - Unit: samples that were sent.
    var played: UInt32
    /// - Unit: samples of the whole prompt.
    var whole: UInt32
    /// What it is called.
    var name: String

    /// The kind and the end, a byte each, three numbers of four bytes, most significant first, and the name in UTF-8.
    func encoded() -> [UInt8] {
        var bytes = [self.kind.rawValue, self.end.rawValue]
        for number in [self.elapsed, self.played, self.whole] {
            for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        return bytes + self.name.utf8.prefix(1_024)
    }

    init(kind: Kind, end: PromptEnd, elapsed: UInt32, played: UInt32, whole: UInt32, name: String) {
        (self.kind, self.end, self.elapsed, self.played) = (kind, end, elapsed, played)
        (self.whole, self.name) = (whole, name)
    }

    /// Reads what ``encoded()`` wrote; nil where the bytes are none.
    init?(parsing bytes: Span<UInt8>) {
        guard bytes.count >= 14, let kind = Kind(rawValue: bytes[0]), let end = PromptEnd(rawValue: bytes[1]) else {
            return nil
        }
        let numbers = (0..<3).map { place in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[2 + 4 * place + $1]) }
        }
        let name = (14..<bytes.count).map { bytes[$0] }
        self.init(
            kind: kind, end: end, elapsed: numbers[0], played: numbers[1], whole: numbers[2],
            name: String(decoding: name, as: UTF8.self))
    }
}

extension PromptRecord {
    /// What the metadata say of it.
    ///
    /// - Parameter position: of the record, in samples from the start of the recording.
    func played(by dn: String, channel: Int, until position: Int64) -> PlayedPrompt {
        let kind: PlayedPrompt.Kind =
            switch self.kind {
            case .beep: .beep
            case .announcement: .announcement
            case .consent: .consent
            }
        let interruption: String? =
            switch self.end {
            case .complete: nil
            case .longest: "its time was over"
            case .stopped: "it was stopped"
            case .held: "the party was put on hold"
            case .left: "the call or its recording ended"
            }
        func time(_ samples: Int64) -> Duration { .microseconds(125 * samples) }
        return PlayedPrompt(
            dn: dn, channel: channel, kind: kind, name: self.name,
            span: Mask(start: time(max(0, position - Int64(self.elapsed))), end: time(position)),
            played: time(Int64(self.played)), length: time(Int64(self.whole)), interruption: interruption)
    }
}

extension RecordingTicket {
    /// The parameter in which the ticket keeps the channels whose parties must hear that they are recorded; no peer sets it.
    static let consentParameter = "consent.channels"

    /// The channels whose parties must hear that they are recorded; nil where none must.
    var consentChannels: [Int]? {
        self.parameters[Self.consentParameter].map { text in
            text.split(separator: ",").compactMap { Int($0) }.filter(self.channels.indices.contains)
        }
    }
}
