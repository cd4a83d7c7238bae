import CallCore
import Testing

@testable import MediaControlPlatform

@Suite struct StreamDescriptionTests {
    private static let payloads = [
        LegPayload(0, .muLaw), LegPayload(8, .aLaw), LegPayload(13, .comfortNoise), LegPayload(101, .telephoneEvent),
        LegPayload(9, .encoded(AudioEncoding("G722"))),
        LegPayload(111, .encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2))),
        LegPayload(127, .encoded(AudioEncoding("", clockRate: 4_294_967_295, channels: 255))),
    ]

    @Test func `a description is read as it was written`() {
        let bytes = StreamDescription(payloads: Self.payloads).encoded()
        #expect(StreamDescription(parsing: bytes.span).payloads == Self.payloads)
    }

    @Test func `what a journal of before has is still read`() {
        let bytes: [UInt8] = [0, 0, 97, 8, 13, 13, 101, 101]
        let expected = [
            LegPayload(0, .muLaw), LegPayload(97, .aLaw), LegPayload(13, .comfortNoise),
            LegPayload(101, .telephoneEvent),
        ]
        #expect(StreamDescription(parsing: bytes.span).payloads == expected)
        #expect(StreamDescription(payloads: expected).encoded() == bytes)
    }

    @Test func `a codec beside G.711 is named with its clock`() {
        let bytes = StreamDescription(
            payloads: [LegPayload(111, .encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2)))]
        ).encoded()
        #expect(bytes == [111, 255, 0, 0, 0xBB, 0x80, 2, 4] + Array("opus".utf8))
    }

    @Test func `what was cut, or is not known, is left out`() {
        let bytes = StreamDescription(payloads: Self.payloads).encoded()
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            #expect(Self.payloads.starts(with: StreamDescription(parsing: cut.span).payloads))
        }
        let unknown: [UInt8] = [3, 3, 0, 0]
        #expect(StreamDescription(parsing: unknown.span).payloads == [LegPayload(0, .muLaw)])
    }

    @Test func `bytes that are no description never trap`() {
        var tokens = TokenGenerator(seed: 5)
        for _ in 0..<2_000 {
            var bytes = StreamDescription(payloads: Self.payloads).encoded()
            for _ in 0..<4 {
                bytes[Int(tokens.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: tokens.next())
            }
            _ = StreamDescription(parsing: bytes.span)
        }
    }
}
