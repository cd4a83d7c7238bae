import RTP
import Testing

@Suite struct `Payloads` {
    /// - Source: RFC 3389 §3.1, §3.2.
    @Test func `comfort noise is a level and a spectrum`() throws {
        let noise = try ComfortNoise(parsing: [0x80 | 45, 0, 127, 254, 255].span)
        #expect(noise == ComfortNoise(level: 45, spectrum: [0, 127, 254, 255]))
        #expect(noise.encoded() == [45, 0, 127, 254, 255])
        let extreme = 258.0 * 127 / 32_768
        #expect(noise.reflectionCoefficients == [-extreme, 0, extreme, 0])
        #expect(noise.reflectionCoefficients.allSatisfy { $0 > -1 && $0 < 1 })
    }

    @Test func `comfort noise without a spectrum is white, and without a level none`() throws {
        #expect(try ComfortNoise(parsing: [127].span) == ComfortNoise(level: 127))
        #expect(throws: RTPError(.truncated, offset: 0)) {
            let nothing: [UInt8] = []
            _ = try ComfortNoise(parsing: nothing.span)
        }
    }

    /// - Source: RFC 3551 §6, tables 4 and 5.
    @Test(
        arguments: [
            (0, "PCMU", 8_000, 1), (3, "GSM", 8_000, 1), (6, "DVI4", 16_000, 1), (8, "PCMA", 8_000, 1),
            (9, "G722", 8_000, 1), (10, "L16", 44_100, 2), (11, "L16", 44_100, 1), (13, "CN", 8_000, 1),
            (14, "MPA", 90_000, nil), (17, "DVI4", 22_050, 1), (18, "G729", 8_000, 1), (26, "JPEG", 90_000, nil),
            (33, "MP2T", 90_000, nil), (34, "H263", 90_000, nil),
        ] as [(UInt8, String, Int, Int?)])
    func `a payload type of the profile has its meaning without a description`(
        number: UInt8, name: String, clockRate: Int, channels: Int?
    ) throws {
        let type = try #require(StaticPayloadType(number))
        #expect((type.name, type.clockRate) == (name, clockRate))
        #expect(type.channels == channels)
    }

    @Test func `what is reserved, unassigned or dynamic means nothing by itself`() {
        for number in [1, 2, 19, 20, 23, 24, 27, 29, 30, 35, 72, 95, 96, 127] as [UInt8] {
            #expect(StaticPayloadType(number) == nil)
        }
        #expect((0...127).filter { StaticPayloadType($0) != nil }.count == StaticPayloadType.all.count)
        #expect(StaticPayloadType.isDynamic(96) && StaticPayloadType.isDynamic(127) && !StaticPayloadType.isDynamic(95))
    }
}
