import RTP
import Testing

@Suite struct RTCP {
    private static let block = RTCPReportBlock(
        ssrc: 0x0102_0304, fractionLost: 12, cumulativeLost: -3, highestSequenceNumber: 70_000, jitter: 33,
        lastSenderReport: 0x1122_3344, delaySinceLastSenderReport: 65_536)

    @Test(
        arguments: [
            [.receiverReport(RTCPReceiverReport(ssrc: 9, reports: []))],
            [
                .senderReport(
                    RTCPSenderReport(
                        ssrc: 7, ntpTime: 0x0123_4567_89AB_CDEF, rtpTimestamp: 8_000, packetCount: 50,
                        octetCount: 8_000,
                        reports: [block, block])),
                .sourceDescription([
                    RTCPSourceDescription(ssrc: 7, items: [.cname("7001@pbx"), .init(type: 2, text: "Ä")]),
                    RTCPSourceDescription(ssrc: 8, items: []),
                ]),
                .goodbye(sources: [7, 8], reason: "over"),
            ],
            [.receiverReport(RTCPReceiverReport(ssrc: 9, reports: [block])), .goodbye(sources: [9], reason: nil)],
            [.other(type: 207, count: 3, body: [0, 0, 0, 1, 65, 66, 67, 68])],
        ] as [[RTCPPacket]])
    func `what was written is read again`(packets: [RTCPPacket]) throws {
        let bytes = RTCPCompound(packets).encoded()
        #expect(bytes.count % 4 == 0)
        #expect(try RTCPCompound(parsing: bytes.span).packets == packets)
    }

    @Test func `a sender's report stands on the wire as the RFC draws it`() {
        let report = RTCPSenderReport(
            ssrc: 1, ntpTime: 0x0000_0002_0000_0003, rtpTimestamp: 4, packetCount: 5, octetCount: 6)
        #expect(
            RTCPCompound([.senderReport(report)]).encoded() == [
                0x80, 200, 0, 6, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6,
            ])
    }

    @Test func `a source description ends its items with a zero, even where they fill the word`() {
        let description = RTCPSourceDescription(ssrc: 1, items: [.cname("ab")])
        #expect(
            RTCPCompound([.sourceDescription([description])]).encoded() == [
                0x81, 202, 0, 3, 0, 0, 0, 1, 1, 2, 97, 98, 0, 0, 0, 0,
            ])
    }

    @Test func `padding of the last packet is left out`() throws {
        let bytes: [UInt8] = [0xA0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4]
        #expect(try RTCPCompound(parsing: bytes.span).packets == [.receiverReport(RTCPReceiverReport(ssrc: 1))])
    }

    @Test(
        arguments: [
            ([], RTPError(.truncated, offset: 0)),
            ([0x80, 201, 0], RTPError(.truncated, offset: 3)),
            ([0x40, 201, 0, 1, 0, 0, 0, 1], RTPError(.version, offset: 0)),
            ([0x80, 0, 0, 1, 0, 0, 0, 1], RTPError(.packetType, offset: 1)),
            ([0x80, 201, 0, 2, 0, 0, 0, 1], RTPError(.truncated, offset: 8)),
            ([0x81, 201, 0, 1, 0, 0, 0, 1], RTPError(.truncated, offset: 8)),
            ([0x80, 200, 0, 1, 0, 0, 0, 1], RTPError(.truncated, offset: 8)),
            ([0x81, 202, 0, 2, 0, 0, 0, 1, 1, 200, 0, 0], RTPError(.truncated, offset: 12)),
            ([0x81, 202, 0, 2, 0, 0, 0, 1, 1, 2, 65, 66], RTPError(.truncated, offset: 12)),
            ([0x82, 203, 0, 1, 0, 0, 0, 1], RTPError(.truncated, offset: 8)),
            ([0x81, 203, 0, 2, 0, 0, 0, 1, 9, 65, 66, 67], RTPError(.truncated, offset: 12)),
            ([0xA0, 201, 0, 1, 0, 0, 0, 9], RTPError(.padding, offset: 7)),
            ([0xA0, 201, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0x80, 201, 0, 1, 0, 0, 0, 2], RTPError(.padding, offset: 11)),
        ] as [([UInt8], RTPError)])
    func `what is no RTCP is refused, with the place`(datagram: [UInt8], error: RTPError) {
        #expect(throws: error) { _ = try RTCPCompound(parsing: datagram.span) }
    }

    @Test func `a text longer than the wire allows loses whole characters`() throws {
        let text = String(repeating: "ä", count: 200)
        let bytes = RTCPCompound([.goodbye(sources: [1], reason: text)]).encoded()
        let expected = String(repeating: "ä", count: 127)
        #expect(try RTCPCompound(parsing: bytes.span).packets == [.goodbye(sources: [1], reason: expected)])
    }

    @Test func `no bytes whatever trap`() {
        var tokens = TokenGenerator(seed: 3_551)
        var read = 0
        for _ in 0..<20_000 {
            var bytes = (0..<Int.random(in: 4...80, using: &tokens)).map { _ in UInt8.random(in: 0...40, using: &tokens)
            }
            bytes[0] = 0x80 | bytes[0] & 0x23
            bytes[1] = 200 + bytes[1] % 5
            bytes[2] = 0
            bytes[3] = UInt8(truncatingIfNeeded: bytes.count / 4 - 1)
            bytes.removeLast(bytes.count % 4)
            if (try? RTCPCompound(parsing: bytes.span)) != nil { read += 1 }
        }
        #expect(read > 0)
    }
}
