import CallAudio
import RTP
import RecordingStorage

/// One party's channel while its recording is rendered: reads the packets, counts them, and lines up the sound.
struct RendererChannel: Sendable {
    let dn: String
    private(set) var timeline = Timeline(law: .muLaw)

    private var codecs = [LegCodec?](repeating: nil, count: 128)
    private var tracker = SequenceTracker()
    /// Counts of the spans before the last pause.
    private var closed = (received: 0, lost: 0, late: 0, duplicate: 0)
    /// Packets that came in the right order, but after their place had been taken out.
    private var overdue = 0
    /// Packets that cannot be read.
    private(set) var unreadable = 0
    /// Whether it is known which law the party speaks.
    private(set) var isLawKnown = false
    /// Whose packets came before the pause that is just over.
    private var interrupted: UInt32?

    init(dn: String) { self.dn = dn }

    /// Takes how packets are to be read from now on.
    mutating func describe(_ stream: StreamDescription) {
        for index in self.codecs.indices { self.codecs[index] = nil }
        for payload in stream.payloads where payload.payloadType < 128 {
            self.codecs[Int(payload.payloadType)] = payload.codec
        }
        guard let law = stream.payloads.lazy.compactMap(\.codec.law).first else { return }
        self.timeline.expect(law)
        self.isLawKnown = true
    }

    /// Takes a packet.
    ///
    /// - Parameter arrival: in samples since the recording began.
    mutating func receive(_ datagram: Span<UInt8>, arrival: Int64) {
        guard let header = try? RTPHeader(parsing: datagram), let codec = self.codecs[Int(header.payloadType)] else {
            self.unreadable += 1
            return
        }
        var packet = Timeline.Packet(law: .muLaw, timestamp: header.timestamp, arrival: arrival)
        switch self.tracker.receive(header.sequenceNumber, ssrc: header.ssrc) {
        case .restarted:
            // After a pause the numbers are new to the tracker, but the sender has gone on all the time.
            packet.isRestart = header.ssrc != self.interrupted
            packet.isSuccessor = true
            self.interrupted = nil
        case .next(_, let missing): packet.isSuccessor = missing == 0
        case .reordered: packet.isNewest = false
        case .late, .duplicate: return
        }
        // Comfort noise is silence, which is there already; keys that are pressed are not made audible.
        guard let law = codec.law else { return }
        packet.law = law
        if self.timeline.place(datagram.extracting(header.payloadRange), packet) == .late { self.overdue += 1 }
    }

    /// Nothing comes from here until ``resume(at:)``.
    mutating func pause(at position: Int64) {
        self.timeline.pause(at: position)
        // What is not recorded is not lost: numbers are followed anew.
        self.closed.received += self.tracker.received
        self.closed.lost += self.tracker.lost
        self.closed.late += self.tracker.late
        self.closed.duplicate += self.tracker.duplicate
        self.interrupted = self.tracker.ssrc ?? self.interrupted
        self.tracker = SequenceTracker()
    }

    /// Packets come again.
    mutating func resume(at position: Int64) { self.timeline.resume(at: position) }

    /// Takes out samples in the channel's own law.
    mutating func take(_ count: Int, into samples: inout [UInt8]) { self.timeline.take(count, into: &samples) }

    /// What arrived so far.
    func stream(channel: Int) -> Verdict.Stream {
        Verdict.Stream(
            dn: self.dn, channel: channel, received: self.closed.received + self.tracker.received - self.overdue,
            lost: self.closed.lost + self.tracker.lost, late: self.closed.late + self.tracker.late + self.overdue,
            duplicate: self.closed.duplicate + self.tracker.duplicate)
    }
}
