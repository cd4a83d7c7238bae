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
        var position = range.lowerBound
        guard let payloadType = span.nextField(from: &position, to: range.upperBound),
            let number = span.number(payloadType, limit: 127)
        else { return nil }
        let encoding = span.trimmed(position..<range.upperBound)
        let nameEnd = span.end(of: encoding, before: UInt8(ascii: "/"))
        guard !encoding.isEmpty, nameEnd > encoding.lowerBound, nameEnd < encoding.upperBound else { return nil }
        let rest = nameEnd + 1..<encoding.upperBound
        let rateEnd = span.end(of: rest, before: UInt8(ascii: "/"))
        guard let clockRate = span.number(rest.lowerBound..<rateEnd, limit: 0x7FFF_FFFF), clockRate > 0
        else { return nil }
        self.init(
            payloadType: UInt8(truncatingIfNeeded: number), name: span.string(encoding.lowerBound..<nameEnd),
            clockRate: Int(clockRate))
        // Devices write all kinds of things after the second slash; what is no number says nothing.
        if rateEnd < rest.upperBound, let channels = span.number(rateEnd + 1..<rest.upperBound, limit: 255) {
            self.channels = max(1, Int(channels))
        }
    }

    /// The value of the attribute.
    public var description: String {
        "\(self.payloadType) \(self.name)/\(self.clockRate)" + (self.channels > 1 ? "/\(self.channels)" : "")
    }
}

extension RTPMap {
    /// What a payload type stands for where no `a=rtpmap` explains it.
    ///
    /// G.722 is sampled at 16 kHz, but its clock counts 8000 a second.
    ///
    /// - Source: RFC 3551 §4.5.2, §6, tables 4 and 5.
    public init?(assigned payloadType: UInt8) {
        switch payloadType {
        case 0: self.init(payloadType: 0, name: "PCMU", clockRate: 8_000)
        case 3: self.init(payloadType: 3, name: "GSM", clockRate: 8_000)
        case 4: self.init(payloadType: 4, name: "G723", clockRate: 8_000)
        case 5: self.init(payloadType: 5, name: "DVI4", clockRate: 8_000)
        case 6: self.init(payloadType: 6, name: "DVI4", clockRate: 16_000)
        case 7: self.init(payloadType: 7, name: "LPC", clockRate: 8_000)
        case 8: self.init(payloadType: 8, name: "PCMA", clockRate: 8_000)
        case 9: self.init(payloadType: 9, name: "G722", clockRate: 8_000)
        case 10: self.init(payloadType: 10, name: "L16", clockRate: 44_100, channels: 2)
        case 11: self.init(payloadType: 11, name: "L16", clockRate: 44_100)
        case 12: self.init(payloadType: 12, name: "QCELP", clockRate: 8_000)
        case 13: self.init(payloadType: 13, name: "CN", clockRate: 8_000)
        case 14: self.init(payloadType: 14, name: "MPA", clockRate: 90_000)
        case 15: self.init(payloadType: 15, name: "G728", clockRate: 8_000)
        case 16: self.init(payloadType: 16, name: "DVI4", clockRate: 11_025)
        case 17: self.init(payloadType: 17, name: "DVI4", clockRate: 22_050)
        case 18: self.init(payloadType: 18, name: "G729", clockRate: 8_000)
        case 25: self.init(payloadType: 25, name: "CelB", clockRate: 90_000)
        case 26: self.init(payloadType: 26, name: "JPEG", clockRate: 90_000)
        case 28: self.init(payloadType: 28, name: "nv", clockRate: 90_000)
        case 31: self.init(payloadType: 31, name: "H261", clockRate: 90_000)
        case 32: self.init(payloadType: 32, name: "MPV", clockRate: 90_000)
        case 33: self.init(payloadType: 33, name: "MP2T", clockRate: 90_000)
        case 34: self.init(payloadType: 34, name: "H263", clockRate: 90_000)
        default: return nil
        }
    }
}
