import CallAudio
import RTP
import RecordingStorage

/// One party's channel while its recording is rendered: reads the packets, counts them, and lines up the sound.
struct RendererChannel: Sendable {
    let dn: String
    private(set) var timeline = Timeline(law: .muLaw)

    private var codecs = [LegCodec?](repeating: nil, count: 128)
    private var tracker = SequenceTracker()
    /// The numbers of the stream before the present one, whose last packets may have been overtaken by it.
    private var former: (tracker: SequenceTracker, since: Int64)?
    /// What is added to numbers, so that those of a later stream are higher.
    private var epoch = 0
    /// What is known of the packets before the present run of numbers.
    private var closed = StreamEvidence()
    /// Whether it is known which law the party speaks.
    private(set) var isLawKnown = false

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
            self.closed.unreadable += 1
            return
        }
        let count = Int64(header.payloadRange.count)
        var packet = StreamClock.Packet(timestamp: header.timestamp, count: count, arrival: arrival)
        guard self.number(&packet, header) else { return }
        // Comfort noise is silence, which is there already; keys that are pressed are not made audible.
        guard let law = codec.law else { return }
        self.closed.note(codec, at: packet.own)
        _ = self.timeline.place(datagram.extracting(header.payloadRange), law, packet)
    }

    /// Takes a packet's number.
    ///
    /// - Returns: whether the packet is wanted.
    private mutating func number(_ packet: inout StreamClock.Packet, _ header: RTPHeader) -> Bool {
        if self.tracker.ssrc != nil, !self.tracker.follows(header.sequenceNumber, ssrc: header.ssrc) {
            if let former = self.former, packet.arrival - former.since < StreamClock.window,
                former.tracker.follows(header.sequenceNumber, ssrc: header.ssrc)
            {
                packet.missing = nil
                switch self.former?.tracker.receive(header.sequenceNumber, ssrc: header.ssrc) {
                case .next(let number, _), .reordered(let number): packet.sequence = self.epoch - Self.numbers + number
                default: return false
                }
                return true
            }
            self.closeFormer()
            self.former = (self.tracker, packet.arrival)
            self.tracker = SequenceTracker()
            self.epoch += Self.numbers
        }
        switch self.tracker.receive(header.sequenceNumber, ssrc: header.ssrc) {
        case .restarted(let number, let beginning):
            if beginning != .first, let run = self.tracker.previous { self.closed.add(run) }
            (packet.sequence, packet.isRestart) = (self.epoch + number, true)
        case .next(let number, let missing): (packet.sequence, packet.missing) = (self.epoch + number, missing)
        case .reordered(let number): (packet.sequence, packet.missing) = (self.epoch + number, nil)
        case .late, .duplicate: return false
        }
        return true
    }

    /// More than any stream has.
    private static let numbers = 1 << 40

    private mutating func closeFormer() {
        if let run = self.former?.tracker.present { self.closed.add(run) }
        self.former = nil
    }

    /// Nothing comes from here until ``resume(at:)``.
    mutating func pause(at position: Int64) {
        self.timeline.pause(at: position)
        // What is not recorded is not lost: numbers are followed anew.
        self.closeFormer()
        if let run = self.tracker.present { self.closed.add(run) }
        self.tracker = SequenceTracker()
        self.epoch += Self.numbers
    }

    /// Packets come again.
    mutating func resume(at position: Int64) { self.timeline.resume(at: position) }

    /// Takes out samples in the channel's own law.
    mutating func take(_ count: Int, into samples: inout [UInt8]) { self.timeline.take(count, into: &samples) }

    /// What is known so far.
    var evidence: StreamEvidence {
        var evidence = self.closed
        if let run = self.former?.tracker.present { evidence.add(run) }
        if let run = self.tracker.present { evidence.add(run) }
        evidence.add(overdue: self.timeline.late)
        evidence.gaps = self.timeline.gaps
        return evidence
    }

    /// What arrived so far.
    func stream(channel: Int) -> Verdict.Stream {
        let evidence = self.evidence
        return Verdict.Stream(
            dn: self.dn, channel: channel, received: evidence.received, lost: evidence.lost, late: evidence.late,
            duplicate: evidence.duplicate)
    }
}
