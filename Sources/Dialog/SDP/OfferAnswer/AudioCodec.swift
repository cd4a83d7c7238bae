/// One way of coding audio in RTP, as offer and answer name it.
///
/// - Source: RFC 3551 §6; RFC 4733 §7 for telephone events.
public struct AudioCodec: Hashable, Sendable, CustomStringConvertible {
    /// The encoding's name, for example `PCMU`.
    public var name: String
    /// The number in the packets of whoever receives it.
    public var payloadType: UInt8
    /// - Unit: Hz.
    public var clockRate: Int
    /// How many channels.
    public var channels: Int
    /// What `a=fmtp` says.
    public var formatParameters: String?

    /// Describes a codec.
    public init(
        _ name: String, payloadType: UInt8, clockRate: Int = 8_000, channels: Int = 1, formatParameters: String? = nil
    ) {
        (self.name, self.payloadType, self.clockRate) = (name, payloadType, clockRate)
        (self.channels, self.formatParameters) = (channels, formatParameters)
    }

    /// ITU-T G.711 µ-law, payload type 0.
    public static let pcmu = AudioCodec("PCMU", payloadType: 0)

    /// ITU-T G.711 A-law, payload type 8.
    public static let pcma = AudioCodec("PCMA", payloadType: 8)

    /// Keys pressed, sent as events; the payload type is dynamic.
    public static func telephoneEvent(_ payloadType: UInt8 = 101) -> AudioCodec {
        AudioCodec("telephone-event", payloadType: payloadType, formatParameters: "0-15")
    }

    /// Whether it carries keys and no speech.
    public var isTelephoneEvent: Bool { self.isNamed("telephone-event") }

    /// Whether it carries speech: neither telephone events nor comfort noise.
    public var isSpeech: Bool { !self.isTelephoneEvent && !self.isNamed("CN") }

    /// Whether the encoding has a name, in any case of the letters.
    private func isNamed(_ name: String) -> Bool {
        let own = self.name.utf8Span.span
        return own.equalsIgnoringCase(0..<own.count, name)
    }

    /// Whether both are the same encoding, whatever their payload types.
    public func isSameEncoding(as other: AudioCodec) -> Bool {
        self.clockRate == other.clockRate && self.channels == other.channels && self.isNamed(other.name)
    }

    /// Name, rate and payload type.
    public var description: String { "\(self.name)/\(self.clockRate) (\(self.payloadType))" }
}
