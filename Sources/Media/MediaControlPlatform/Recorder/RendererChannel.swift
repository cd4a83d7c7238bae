import CallAudio
import RTP
import RecordingStorage

/// One party's channel while its recording is rendered: reads the packets, counts them, and lines up the sound.
struct RendererChannel: Sendable {
    let dn: String
    private(set) var timeline: Timeline

    private let formats: [any AudioPayloadFormat]
    /// By payload type.
    private var readings = [Reading?](repeating: nil, count: 128)
    private var codecs = [LegCodec?](repeating: nil, count: 128)
    /// The payload type of the last sound; nil where its meaning may have changed.
    private var spoken: UInt8?
    private var tracker = SequenceTracker()
    /// The numbers of the stream before the present one, whose last packets may have been overtaken by it.
    private var former: (tracker: SequenceTracker, since: Int64)?
    /// What is added to numbers, so that those of a later stream are higher.
    private var epoch = 0
    /// What is known of the packets before the present run of numbers.
    private var closed = StreamEvidence()
    /// Whether it is known which law the party speaks.
    private(set) var isLawKnown = false

    /// What is made of packets of one payload type.
    private enum Reading {
        case law(G711)
        case decoder(Int, ticksPerSample: Int64)
        case noise
        case keys
        /// Sound of a codec that this node does not have.
        case unknown
    }

    /// - Parameters:
    ///   - formats: decode what is not G.711.
    ///   - makesUp: whether lost sound, and silence that is described, are made up; silence otherwise.
    init(dn: String, formats: [any AudioPayloadFormat] = [], makesUp: Bool = false) {
        (self.dn, self.formats) = (dn, formats)
        self.timeline = Timeline(law: .muLaw, formats: formats, makesUp: makesUp)
    }

    /// Takes how packets are to be read from now on.
    mutating func describe(_ stream: StreamDescription) {
        self.spoken = nil
        for index in self.readings.indices { (self.readings[index], self.codecs[index]) = (nil, nil) }
        for payload in stream.payloads where payload.payloadType < 128 {
            self.readings[Int(payload.payloadType)] = self.reading(of: payload.codec)
            self.codecs[Int(payload.payloadType)] = payload.codec
        }
        guard let law = stream.payloads.lazy.compactMap(\.codec.law).first else { return }
        self.timeline.expect(law)
        self.isLawKnown = true
    }

    private func reading(of codec: LegCodec) -> Reading {
        switch codec {
        case .muLaw: return .law(.muLaw)
        case .aLaw: return .law(.aLaw)
        case .comfortNoise: return .noise
        case .telephoneEvent: return .keys
        case .encoded(let encoding):
            let name = encoding.name.lowercased()
            guard let format = self.formats.firstIndex(where: { $0.encodingName.lowercased() == name }) else {
                return .unknown
            }
            return .decoder(format, ticksPerSample: Int64(max(1, encoding.clockRate / 8_000)))
        }
    }

    /// Takes a packet.
    ///
    /// - Parameter arrival: in samples since the recording began.
    mutating func receive(_ datagram: Span<UInt8>, arrival: Int64) {
        guard let header = try? RTPHeader(parsing: datagram), let reading = self.readings[Int(header.payloadType)]
        else {
            self.closed.unreadable += 1
            return
        }
        let payload = datagram.extracting(header.payloadRange)
        var packet = StreamClock.Packet(timestamp: header.timestamp, count: Int64(payload.count), arrival: arrival)
        guard self.number(&packet, header) else { return }
        let coding: Timeline.Coding
        switch reading {
        case .law(let law): coding = .law(law)
        case .decoder(let format, let ticksPerSample):
            packet.ticksPerSample = ticksPerSample
            // A host's format may say anything; no packet is longer than a second.
            let count = self.formats[format].sampleCount(of: payload).map { Int64(min(max($0, 0), 8_000)) }
            packet.count = count ?? self.timeline.usualCount
            coding = .decoder(format)
        case .noise:
            guard !payload.isEmpty else { return }
            (packet.count, packet.isNoise) = (self.timeline.usualCount, true)
            coding = .noise(level: payload[0] & 0x7F)
        case .unknown:
            self.closed.unreadable += 1
            return
        // Keys that are pressed are not made audible.
        case .keys: return
        }
        if header.payloadType != self.spoken, !packet.isNoise, let codec = self.codecs[Int(header.payloadType)] {
            self.spoken = header.payloadType
            self.closed.note(codec, at: packet.own)
        }
        _ = self.timeline.place(payload, coding, packet)
    }

    /// Takes what was refused.
    mutating func note(_ refusals: StreamRefusals) { self.closed.refused += refusals }

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

    /// Takes out samples in the channel's own law. Not once its timeline is linear.
    mutating func take(_ count: Int, into codes: inout [UInt8]) { self.timeline.take(count, into: &codes) }

    /// Takes out linear samples.
    mutating func take(_ count: Int, into samples: inout [Int16]) { self.timeline.take(count, into: &samples) }

    /// What is known so far.
    var evidence: StreamEvidence {
        var evidence = self.closed
        if let run = self.former?.tracker.present { evidence.add(run) }
        if let run = self.tracker.present { evidence.add(run) }
        evidence.add(overdue: self.timeline.late)
        evidence.unreadable += self.timeline.undecodable
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
