import CallAudio
import CallCore
import RTP
import SDP
import Testing

@testable import CallRecordingTesting

@Suite struct PhoneMediaTests {
    private static let start = MonotonicTime(nanoseconds: 5_000_000_000)
    private static let speech: [UInt8] = (0..<400).map { UInt8($0 % 200) }
    private var media = PhoneMedia(playing: Self.speech, seed: 3)

    @Test mutating func `nothing is said before the beginning`() {
        #expect(self.media.packet(at: Self.start) == nil)
        #expect(self.media.nextPacket == nil)
    }

    @Test mutating func `every 20 ms a packet is due, with the next samples, then silence`() throws {
        self.begin(.pcmu)
        var payloads: [UInt8] = []
        for index in 0..<4 {
            let now = Self.start + .milliseconds(20 * index)
            let packet = try self.packet(at: now)
            #expect(packet.peer == .loopback(4_000))
            #expect(self.media.packet(at: now) == nil)
            let header = try RTPHeader(parsing: packet.datagram.span)
            payloads += packet.datagram[header.payloadRange]
        }
        #expect(payloads == Self.speech + Array(repeating: 0xFF, count: 240))
        #expect(self.media.counts.packetsSent == 4)
        #expect(self.media.counts.bytesSent == 4 * 172)
    }

    @Test mutating func `packets count up, and the first carries the marker`() throws {
        self.begin(.pcmu)
        let one = try self.packet(at: Self.start)
        let two = try self.packet(at: Self.start + .milliseconds(20))
        let (first, second) = (try RTPHeader(parsing: one.datagram.span), try RTPHeader(parsing: two.datagram.span))
        #expect(first.marker && !second.marker)
        #expect(second.sequenceNumber == first.sequenceNumber &+ 1)
        #expect(second.timestamp == first.timestamp &+ 160)
        #expect(second.ssrc == first.ssrc)
    }

    @Test mutating func `A-law is said where the peer wants it`() throws {
        self.begin(.pcma)
        let packet = try self.packet(at: Self.start)
        let header = try RTPHeader(parsing: packet.datagram.span)
        #expect(header.payloadType == 8)
        #expect(packet.datagram[header.payloadRange].first == G711.muLaw.transcode(Self.speech[0]))
    }

    @Test mutating func `time goes on while there is nowhere to send`() throws {
        self.begin(.pcmu)
        self.media.follow(nil)
        #expect(self.media.packet(at: Self.start) == nil)
        self.media.follow(AudioTarget(endpoint: .loopback(4_002), codecs: [.pcmu]))
        let packet = try self.packet(at: Self.start + .milliseconds(20))
        let header = try RTPHeader(parsing: packet.datagram.span)
        #expect(packet.datagram[header.payloadRange].first == Self.speech[160])
        #expect(packet.peer == .loopback(4_002))
    }

    @Test mutating func `what is heard is laid out in time, with silence where nothing came`() {
        for (sequence, millisecond) in [(0, 0), (1, 20), (3, 60)] {
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: UInt16(sequence), timestamp: UInt32(sequence * 160), ssrc: 1)
            let datagram = header.encoded(payload: Array(repeating: UInt8(sequence + 1), count: 160).span)
            self.media.receive(
                datagram.span,
                MediaArrival(
                    port: 0, isControl: false, source: .loopback(9), time: Self.start + .milliseconds(millisecond)))
        }
        let track = self.media.heardSamples()
        #expect(track.count == 640)
        #expect([0, 160, 320, 480].map { track[$0] } == [1, 2, 0xFF, 4])
        #expect(self.media.counts.packetsReceived == 3)
        #expect(self.media.heard.map(\.time) == [0, 20, 60].map { Self.start + .milliseconds($0) })
    }

    @Test mutating func `what is no RTP is counted and passed over`() {
        let datagram: [UInt8] = [1, 2, 3]
        self.media.receive(
            datagram.span, MediaArrival(port: 0, isControl: false, source: .loopback(9), time: Self.start))
        #expect(self.media.counts.packetsRefused == 1)
        #expect(self.media.heard.isEmpty)
    }

    private mutating func packet(at now: MonotonicTime) throws -> (datagram: [UInt8], peer: Endpoint) {
        let packet = self.media.packet(at: now)
        return try #require(packet)
    }

    private mutating func begin(_ codec: AudioCodec) {
        self.media.begin(at: Self.start)
        self.media.follow(AudioTarget(endpoint: .loopback(4_000), codecs: [codec]))
    }
}
