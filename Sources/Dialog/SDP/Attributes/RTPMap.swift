internal import CallCore

/// One `a=rtpmap` line.
///
/// - Source: RFC 8866 §6.6.
public struct RTPMap: Hashable, Sendable, CustomStringConvertible {
    /// The number in the packets.
    public var payloadType: UInt8
    /// The encoding's name, for example `PCMU`; case does not matter.
    public var name: String
    /// - Unit: Hz.
    public var clockRate: Int
    /// How many channels; 1 where nothing is said.
    public var channels: Int

    /// Maps a payload type.
    public init(payloadType: UInt8, name: String, clockRate: Int, channels: Int = 1) {
        (self.payloadType, self.name) = (payloadType, name)
        (self.clockRate, self.channels) = (clockRate, channels)
    }

    /// Reads the value of the attribute; nil where a part is missing or a number is none.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        guard let places = RTPMapPlaces(span, range) else { return nil }
        self.init(
            payloadType: places.payloadType, name: span.string(places.name), clockRate: places.clockRate,
            channels: places.channels)
    }

    /// The value of the attribute.
    public var description: String {
        "\(self.payloadType) \(self.name)/\(self.clockRate)" + (self.channels > 1 ? "/\(self.channels)" : "")
    }
}

extension RTPMap {
    /// What a payload type stands for where no `a=rtpmap` explains it.
    ///
    /// - Source: RFC 3551 §6, tables 4 and 5.
    public init?(assigned payloadType: UInt8) {
        guard let type = StaticPayloadType(payloadType) else { return nil }
        self.init(
            payloadType: payloadType, name: type.name, clockRate: type.clockRate, channels: type.channels ?? 1)
    }
}

/// An `a=rtpmap` line whose name is still a place: most names are compared, not kept.
struct RTPMapPlaces {
    var payloadType: UInt8
    var name: Range<Int>
    var clockRate: Int
    var channels = 1

    /// Reads the value of the attribute; nil where a part is missing or a number is none.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        guard let payloadType = span.nextField(from: &position, to: range.upperBound),
            let number = span.number(payloadType, limit: 127)
        else { return nil }
        let encoding = span.trimmed(position..<range.upperBound)
        let nameEnd = span.end(of: encoding, before: UInt8(ascii: "/"))
        guard nameEnd > encoding.lowerBound, nameEnd < encoding.upperBound else { return nil }
        let rest = nameEnd + 1..<encoding.upperBound
        let rateEnd = span.end(of: rest, before: UInt8(ascii: "/"))
        guard let clockRate = span.number(rest.lowerBound..<rateEnd, limit: 0x7FFF_FFFF), clockRate > 0
        else { return nil }
        (self.payloadType, self.name) = (UInt8(truncatingIfNeeded: number), encoding.lowerBound..<nameEnd)
        self.clockRate = Int(clockRate)
        // Devices write all kinds of things after the second slash; what is no number says nothing.
        if rateEnd < rest.upperBound, let channels = span.number(rateEnd + 1..<rest.upperBound, limit: 255) {
            self.channels = max(1, Int(channels))
        }
    }
}
