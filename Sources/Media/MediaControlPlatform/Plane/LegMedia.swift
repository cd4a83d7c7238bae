public import CallAudio
public import CallCore
public import RTP

/// Names one party's leg at this media server; never used twice.
public struct LegID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number itself.
    public var rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Orders by number.
    public static func < (left: LegID, right: LegID) -> Bool { left.rawValue < right.rawValue }

    /// The number, in decimal.
    public var description: String { String(self.rawValue) }
}

/// How a media server is to read the payload of a packet.
public enum LegCodec: Hashable, Sendable {
    /// ITU-T G.711 µ-law at 8 kHz. `PCMU`.
    case muLaw
    /// ITU-T G.711 A-law at 8 kHz. `PCMA`.
    case aLaw
    /// Silence, described instead of sent. `CN`.
    ///
    /// - Source: RFC 3389.
    case comfortNoise
    /// Keys pressed. `telephone-event`.
    ///
    /// - Source: RFC 4733.
    case telephoneEvent
    /// Sound that an `AudioPayloadFormat` decodes.
    case encoded(AudioEncoding)

    /// What its timestamps count.
    ///
    /// - Unit: Hz.
    public var clockRate: Int {
        guard case .encoded(let encoding) = self else { return 8_000 }
        return encoding.clockRate
    }
}

/// What an `AudioPayloadFormat` is called, in SDP and in the journal.
public struct AudioEncoding: Hashable, Sendable {
    /// As the format spells it.
    public var name: String
    /// What RTP timestamps count.
    ///
    /// - Unit: Hz.
    public var clockRate: Int
    /// Channels, as in `a=rtpmap`.
    public var channels: Int

    /// Describes an encoding.
    public init(_ name: String, clockRate: Int = 8_000, channels: Int = 1) {
        (self.name, self.clockRate, self.channels) = (name, clockRate, channels)
    }

    /// The encoding of a format.
    public init(_ format: any AudioPayloadFormat) {
        self.init(format.encodingName, clockRate: format.clockRate, channels: format.channels)
    }
}

/// One payload type that was agreed upon.
public struct LegPayload: Hashable, Sendable {
    /// The number in the packets, 0 to 127.
    public var payloadType: UInt8
    /// What such packets hold.
    public var codec: LegCodec

    /// Describes a payload type.
    public init(_ payloadType: UInt8, _ codec: LegCodec) { (self.payloadType, self.codec) = (payloadType, codec) }
}

/// What offer and answer have settled about a leg.
public struct LegMedia: Hashable, Sendable {
    /// Where the party wants its media, from its SDP; nil where it wants none (on hold, or no SDP yet).
    public var remote: Endpoint?
    /// What we may send, in the party's order of preference, by the numbers in its SDP.
    public var sent: [LegPayload]
    /// What the party may send, by the numbers in our SDP.
    public var received: [LegPayload]
    /// The keys that were agreed upon; nil where media goes unprotected.
    public var protection: MediaProtection?

    /// Describes a leg's media.
    ///
    /// - Parameter received: left out where the numbers are the same both ways, as they are for most.
    public init(
        remote: Endpoint?, sent: [LegPayload], received: [LegPayload]? = nil, protection: MediaProtection? = nil
    ) {
        (self.remote, self.sent, self.received) = (remote, sent, received ?? sent)
        self.protection = protection
    }
}
