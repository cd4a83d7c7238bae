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
    public var isTelephoneEvent: Bool { self.name.lowercased() == "telephone-event" }

    /// Whether it carries speech: neither telephone events nor comfort noise.
    public var isSpeech: Bool { !self.isTelephoneEvent && self.name.uppercased() != "CN" }

    /// Whether both are the same encoding, whatever their payload types.
    public func isSameEncoding(as other: AudioCodec) -> Bool {
        self.name.lowercased() == other.name.lowercased() && self.clockRate == other.clockRate
            && self.channels == other.channels
    }

    /// Name, rate and payload type.
    public var description: String { "\(self.name)/\(self.clockRate) (\(self.payloadType))" }
}

extension MediaDescription {
    /// The codecs, in the order of ``formats``; a payload type that nothing explains is left out.
    ///
    /// - Source: RFC 3264 §5.1; RFC 3551 §6 for types that need no `a=rtpmap`.
    public var codecs: [AudioCodec] {
        let maps = self.rtpMaps
        return self.formats.compactMap { format in
            guard let payloadType = UInt8(format), payloadType < 128 else { return nil }
            let map = maps.first { $0.payloadType == payloadType } ?? Self.assigned(payloadType)
            return map.map { map in
                AudioCodec(
                    map.name, payloadType: payloadType, clockRate: map.clockRate, channels: map.channels,
                    formatParameters: self.formatParameters(of: format))
            }
        }
    }

    private static func assigned(_ payloadType: UInt8) -> RTPMap? {
        let name: String
        switch payloadType {
        case 0: name = "PCMU"
        case 3: name = "GSM"
        case 4: name = "G723"
        case 7: name = "LPC"
        case 8: name = "PCMA"
        case 9: name = "G722"
        case 13: name = "CN"
        case 15: name = "G728"
        case 18: name = "G729"
        default: return nil
        }
        return RTPMap(payloadType: payloadType, name: name, clockRate: 8_000)
    }

    /// Describes audio with the lines that each codec needs.
    static func audio(
        port: UInt16, protocol: String = "RTP/AVP", codecs: [AudioCodec], direction: MediaDirection,
        packetTime: Duration?
    ) -> MediaDescription {
        var lines: [SDPLine] = []
        for codec in codecs {
            let map = RTPMap(
                payloadType: codec.payloadType, name: codec.name, clockRate: codec.clockRate, channels: codec.channels)
            lines.append(.attribute("rtpmap", map.description))
            if let parameters = codec.formatParameters {
                lines.append(.attribute("fmtp", "\(codec.payloadType) \(parameters)"))
            }
        }
        if let packetTime { lines.append(.attribute("ptime", "\(packetTime.milliseconds)")) }
        lines.append(.attribute(direction.rawValue))
        return MediaDescription(
            media: "audio", port: port, protocol: `protocol`, formats: codecs.map { "\($0.payloadType)" }, lines: lines)
    }
}
