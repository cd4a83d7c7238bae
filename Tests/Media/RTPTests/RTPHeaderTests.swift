import RTP
import Testing

@Suite struct `RTP headers` {
    @Test func `the fixed header is read, and the payload is what follows it`() throws {
        let datagram: [UInt8] = [0x80, 0x88, 0x12, 0x34, 0, 0, 0x01, 0x40, 0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3]
        let header = try RTPHeader(parsing: datagram.span)
        #expect(header.payloadType == 8)
        #expect(header.marker)
        #expect(header.sequenceNumber == 0x1234)
        #expect(header.timestamp == 320)
        #expect(header.ssrc == 0xDEAD_BEEF)
        #expect(header.payloadRange == 12..<15)
    }

    @Test func `contributing sources, extension and padding are no payload`() throws {
        let datagram: [UInt8] =
            [0xB2, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3] + [0, 0, 0, 7, 0, 0, 0, 8]
            + [0xBE, 0xDE, 0, 1, 9, 9, 9, 9] + [0xAA, 0xBB] + [0, 2]
        let header = try RTPHeader(parsing: datagram.span)
        #expect(header.contributingSourceCount == 2)
        #expect(header.contributingSource(0, in: datagram.span) == 7)
        #expect(header.contributingSource(1, in: datagram.span) == 8)
        #expect(header.contributingSource(2, in: datagram.span) == nil)
        #expect(header.contributingSource(-1, in: datagram.span) == nil)
        #expect(header.extensionRange == 20..<28)
        #expect(header.payloadRange == 28..<30)
    }

    @Test func `padding may leave no payload at all`() throws {
        let datagram: [UInt8] = [0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]
        #expect(try RTPHeader(parsing: datagram.span).payloadRange == 12..<12)
    }

    @Test(
        arguments: [
            ([], RTPError(.truncated, offset: 0)),
            ([0x80, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0], RTPError(.truncated, offset: 11)),
            ([0x40, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3], RTPError(.version, offset: 0)),
            ([0x81, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 4], RTPError(.truncated, offset: 13)),
            ([0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0], RTPError(.truncated, offset: 15)),
            ([0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0xFF, 0xFF], RTPError(.truncated, offset: 16)),
            ([0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3], RTPError(.padding, offset: 11)),
            ([0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0], RTPError(.padding, offset: 12)),
            ([0xA0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 3], RTPError(.padding, offset: 13)),
        ] as [([UInt8], RTPError)])
    func `what is no RTP is refused, with the place`(datagram: [UInt8], error: RTPError) {
        #expect(throws: error) { _ = try RTPHeader(parsing: datagram.span) }
    }

    @Test func `a packet that was written is read again`() throws {
        let header = RTPHeader(payloadType: 101, marker: true, sequenceNumber: 65_535, timestamp: .max, ssrc: 1)
        let packet = header.encoded(payload: [5, 6, 7].span)
        #expect(packet.count == 15)
        let read = try RTPHeader(parsing: packet.span)
        #expect(read.payloadType == 101)
        #expect(read.marker)
        #expect(read.sequenceNumber == 65_535)
        #expect(read.timestamp == .max)
        #expect(read.ssrc == 1)
        #expect(Array(packet[read.payloadRange]) == [5, 6, 7])
    }

    @Test func `a relay writes over what is its own and leaves the rest`() throws {
        var packet: [UInt8] = [0x90, 0x80, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0xBE, 0xDE, 0, 0, 42]
        let header = RTPHeader(payloadType: 8, sequenceNumber: 0x0102, timestamp: 0x0304_0506, ssrc: 0x0708_090A)
        var span = packet.mutableSpan
        let written = header.rewrite(&span)
        #expect(written)
        #expect(packet == [0x90, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xBE, 0xDE, 0, 0, 42])
    }

    @Test func `what is too short to be written over is left alone`() {
        var packet: [UInt8] = [0x80, 0, 0]
        var span = packet.mutableSpan
        let written = RTPHeader(payloadType: 8, sequenceNumber: 1, timestamp: 1, ssrc: 1).rewrite(&span)
        #expect(!written)
        #expect(packet == [0x80, 0, 0])
    }

    @Test func `no bytes whatever trap, and the payload is always inside the datagram`() {
        var tokens = TokenGenerator(seed: 3_550)
        for _ in 0..<20_000 {
            var datagram = (0..<Int.random(in: 0...60, using: &tokens)).map { _ in
                UInt8.random(in: 0...255, using: &tokens)
            }
            if let first = datagram.first { datagram[0] = 0x80 | first & 0x3F }
            guard let header = try? RTPHeader(parsing: datagram.span) else { continue }
            #expect(header.payloadRange.upperBound <= datagram.count)
        }
    }
}
