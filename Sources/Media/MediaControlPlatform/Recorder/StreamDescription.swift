/// How a channel's packets are to be read: the payload of a `streamJoined` record.
///
/// Two bytes a payload type: its number, then the codec's, which is the static payload type of RFC 3551 or, for events, 101.
/// Where the codec is 255, its name follows: the clock rate in four bytes, the channels in one, the name's length in one,
/// the name.
struct StreamDescription: Hashable, Sendable {
    var payloads: [LegPayload]

    private static let named: UInt8 = 255

    init(payloads: [LegPayload]) { self.payloads = payloads }

    /// The bytes that stand in the journal.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        for payload in self.payloads {
            guard case .encoded(let encoding) = payload.codec else {
                bytes += [payload.payloadType, Self.number(of: payload.codec)]
                continue
            }
            // A name that does not fit would not be the format's.
            guard encoding.name.utf8.count <= 255 else { continue }
            bytes += [payload.payloadType, Self.named]
            let rate = UInt32(clamping: encoding.clockRate)
            for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: rate >> shift)) }
            bytes += [UInt8(clamping: encoding.channels), UInt8(encoding.name.utf8.count)]
            bytes += encoding.name.utf8
        }
        return bytes
    }

    /// Reads what ``encoded()`` wrote; codecs that are not known are left out, and so is what does not end.
    init(parsing bytes: Span<UInt8>) {
        self.payloads = []
        var place = 0
        while place + 1 < bytes.count {
            let (payloadType, number) = (bytes[place], bytes[place + 1])
            place += 2
            guard number == Self.named else {
                if let codec = Self.codec(number) { self.payloads.append(LegPayload(payloadType, codec)) }
                continue
            }
            guard place + 6 <= bytes.count else { return }
            let rate = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            let (channels, count) = (Int(bytes[place + 4]), Int(bytes[place + 5]))
            place += 6
            guard place + count <= bytes.count else { return }
            let name = (place..<place + count).map { bytes[$0] }
            place += count
            guard let text = String(validating: name, as: UTF8.self) else { continue }
            let encoding = AudioEncoding(text, clockRate: rate, channels: channels)
            self.payloads.append(LegPayload(payloadType, .encoded(encoding)))
        }
    }

    private static func number(of codec: LegCodec) -> UInt8 {
        switch codec {
        case .muLaw: 0
        case .aLaw: 8
        case .comfortNoise: 13
        case .telephoneEvent: 101
        case .encoded: Self.named
        }
    }

    private static func codec(_ number: UInt8) -> LegCodec? {
        switch number {
        case 0: .muLaw
        case 8: .aLaw
        case 13: .comfortNoise
        case 101: .telephoneEvent
        default: nil
        }
    }
}
