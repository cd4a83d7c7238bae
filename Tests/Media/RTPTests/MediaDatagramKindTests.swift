import RTP
import Testing

@Suite struct `Kinds of datagrams` {
    @Test(
        arguments: [
            (0x80, 0, .rtp), (0x80, 0x80 | 101, .rtp), (0x80, 0x80 | 63, .rtp), (0x80, 0x80 | 96, .rtp),
            (0x80, 64, .rtp), (0x80, 192, .rtcp), (0x81, 200, .rtcp), (0x80, 207, .rtcp), (0x80, 223, .rtcp),
            // STUN, DTLS, a TURN channel, version 3.
            (0x00, 1, .other), (0x16, 0xFE, .other), (0x40, 0, .other), (0xC0, 0, .other),
        ] as [(UInt8, UInt8, MediaDatagramKind)])
    func `RTP, RTCP and others at one port are told apart`(first: UInt8, second: UInt8, kind: MediaDatagramKind) {
        let datagram = [first, second] + [UInt8](repeating: 0, count: 10)
        #expect(MediaDatagramKind(of: datagram.span) == kind)
    }

    @Test func `a report of eight bytes is RTCP, and no media is shorter than twelve`() {
        #expect(MediaDatagramKind(of: [0x80, 201, 0, 1, 0, 0, 0, 1].span) == .rtcp)
        #expect(MediaDatagramKind(of: [0x80, 0, 0, 1, 0, 0, 0, 1].span) == .other)
        #expect(MediaDatagramKind(of: [0x80, 201, 0].span) == .other)
    }
}
