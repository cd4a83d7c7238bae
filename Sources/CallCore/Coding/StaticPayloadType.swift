/// What a payload type means that no session description explains.
///
/// - Source: RFC 3551 §6, tables 4 and 5.
public struct StaticPayloadType: Hashable, Sendable {
    /// What a payload is of.
    public enum Kind: Hashable, Sendable {
        /// Sound.
        case audio
        /// Pictures.
        case video
        /// Both in one stream.
        case audioAndVideo
    }

    /// The number in the packets.
    public var number: UInt8
    /// The encoding's name, for example `PCMU`.
    public var name: String
    /// What it is of.
    public var kind: Kind
    /// How many ticks a second timestamps count. That of G.722 is 8 000, although it samples twice as often.
    ///
    /// - Unit: Hz.
    public var clockRate: Int
    /// How many channels of sound; nil where the payload says, or where it is no sound.
    public var channels: Int?

    /// The assignment of a payload type; nil where it is reserved, unassigned or dynamic.
    public init?(_ number: UInt8) {
        guard number < Self.byNumber.count, let found = Self.byNumber[Int(number)] else { return nil }
        self = found
    }

    /// Whether a session description may give the number any meaning.
    public static func isDynamic(_ number: UInt8) -> Bool { (96...127).contains(number) }

    /// Every assignment, by number.
    public static let all: [StaticPayloadType] = [
        audio(0, "PCMU"), audio(3, "GSM"), audio(4, "G723"), audio(5, "DVI4"), audio(6, "DVI4", 16_000),
        audio(7, "LPC"), audio(8, "PCMA"), audio(9, "G722"), audio(10, "L16", 44_100, 2), audio(11, "L16", 44_100),
        audio(12, "QCELP"), audio(13, "CN"), audio(14, "MPA", 90_000, nil), audio(15, "G728"),
        audio(16, "DVI4", 11_025), audio(17, "DVI4", 22_050), audio(18, "G729"),
        video(25, "CelB"), video(26, "JPEG"), video(28, "nv"), video(31, "H261"), video(32, "MPV"),
        StaticPayloadType(number: 33, name: "MP2T", kind: .audioAndVideo, clockRate: 90_000, channels: nil),
        video(34, "H263"),
    ]

    private static let byNumber: [StaticPayloadType?] = {
        var types: [StaticPayloadType?] = Array(repeating: nil, count: 35)
        for type in Self.all { types[Int(type.number)] = type }
        return types
    }()

    private init(number: UInt8, name: String, kind: Kind, clockRate: Int, channels: Int?) {
        (self.number, self.name, self.kind) = (number, name, kind)
        (self.clockRate, self.channels) = (clockRate, channels)
    }

    private static func audio(_ number: UInt8, _ name: String, _ rate: Int = 8_000, _ channels: Int? = 1) -> Self {
        StaticPayloadType(number: number, name: name, kind: .audio, clockRate: rate, channels: channels)
    }

    private static func video(_ number: UInt8, _ name: String) -> Self {
        StaticPayloadType(number: number, name: name, kind: .video, clockRate: 90_000, channels: nil)
    }
}
