import CaptureJournal
import RTP

/// One party's media at this server: its ports, what was agreed, and what has passed.
struct MediaLeg: Sendable {
    /// Where a recording takes this leg's packets.
    struct Tap: Hashable, Sendable {
        var recording: RecordingNumber
        var channel: Int
        /// When the recording began or was resumed: what arrived before is not for it, though it is drained later.
        var since: MonotonicTime
        /// Since when it may be seen which keys were pressed; nil where it may not.
        var keysSince: MonotonicTime?
    }

    /// How a packet goes on to this leg's party.
    struct Way: Hashable, Sendable {
        var codec: LegCodec
        var payloadType: UInt8
        /// The law that the samples are in, where the party only takes the other one.
        var transcodes: Bool
    }

    let id: LegID
    let port: any MediaPort
    /// Whether the leg has not been closed; a closed one keeps its place until another takes it.
    var isOpen = true
    var media: LegMedia?
    var conference: String?
    /// The legs that hear this one, by their places in the plane.
    var listeners: [Int] = []
    var taps: [Tap] = []
    /// What the party is played: the first now, the others afterwards.
    var prompts: [PromptPlayer] = []
    var outgoing: OutgoingStream
    var counts: LegCounts
    var nextControl: MonotonicTime
    /// - Unit: bytes of payload that were sent.
    var payloadSent = 0

    private var codecs = [LegCodec?](repeating: nil, count: 128)
    /// A few; looked through for each packet, which costs less than to hash.
    private var ways: [Way] = []
    private var tracker = SequenceTracker()
    private var statistics = ReceptionStatistics()
    private var latch = SourceLatch()
    private var lock = SSRCLock()
    /// What was not taken since the leg was opened.
    private(set) var refusals = StreamRefusals()
    /// What is captured only when it is known that it is the party's.
    private var doubtful: [Admitted] = []
    /// Whether the packet that was admitted last has shown that the doubtful ones are the party's.
    private var isConfirmed = false

    /// A packet whose capture waits.
    struct Admitted: Sendable {
        var datagram: [UInt8]
        var packet: RTPHeader
        var codec: LegCodec
        var time: MonotonicTime
    }

    /// No sender sends more in a tenth of a second.
    private static let doubtfulLimit = 32

    init(id: LegID, port: any MediaPort, outgoing: OutgoingStream, at now: MonotonicTime) {
        (self.id, self.port, self.outgoing) = (id, port, outgoing)
        self.counts = LegCounts(leg: id)
        self.nextControl = now
    }

    /// Takes what offer and answer have settled.
    ///
    /// - Throws: where the transport cannot protect media so. Then nothing is sent or taken: it would go unprotected.
    mutating func set(_ media: LegMedia) throws(TransportError) {
        do throws(TransportError) {
            try self.port.setProtection(media.protection)
        } catch {
            self.media = nil
            throw error
        }
        self.latch.agree(on: media.remote)
        self.media = media
        for index in self.codecs.indices { self.codecs[index] = nil }
        for payload in media.received where payload.payloadType < 128 {
            self.codecs[Int(payload.payloadType)] = payload.codec
        }
        // Of several payload types of one codec the first, which the party prefers, is found.
        self.ways = media.sent.filter { $0.payloadType < 128 }.map { payload in
            Way(codec: payload.codec, payloadType: payload.payloadType, transcodes: false)
        }
        self.bridge(.muLaw, .aLaw)
        self.bridge(.aLaw, .muLaw)
    }

    private mutating func bridge(_ codec: LegCodec, _ other: LegCodec) {
        guard self.way(for: codec) == nil, let way = self.way(for: other), !way.transcodes else { return }
        self.ways.append(Way(codec: codec, payloadType: way.payloadType, transcodes: true))
    }

    /// What a packet of the party holds; nil where no such payload type was agreed.
    private func codec(of payloadType: UInt8) -> LegCodec? { self.codecs[Int(payloadType & 0x7F)] }

    /// How such a packet goes on to the party; nil where it takes none.
    func way(for codec: LegCodec) -> Way? {
        // By index, as an iterator of an array is allocated where it is not optimised away.
        for index in self.ways.indices where self.ways[index].codec == codec { return self.ways[index] }
        return nil
    }

    /// Takes a datagram that arrived at the port for RTP, and counts it.
    ///
    /// - Returns: nil where it is not the party's media. `isDoubtful` where that is not known yet: it is passed on, but
    ///   captured only when ``takeConfirmed()`` gives it.
    mutating func admit(
        _ datagram: Span<UInt8>, _ arrival: MediaArrival
    ) -> (packet: RTPHeader, codec: LegCodec, isDoubtful: Bool)? {
        guard self.media != nil, self.latch.accepts(arrival.source, at: arrival.time) else {
            self.refusals.otherAddress += 1
            return nil
        }
        guard let packet = try? RTPHeader(parsing: datagram), let codec = self.codec(of: packet.payloadType) else {
            self.refusals.unreadable += 1
            return nil
        }
        let judgement = self.lock.judge(packet.ssrc, at: arrival.time)
        guard judgement != .refused else {
            self.refusals.otherSSRC += 1
            return nil
        }
        self.latch.latch(arrival.source, at: arrival.time)
        self.counts.packetsReceived += 1
        self.counts.bytesReceived += datagram.count
        if judgement == .restored { self.dropDoubtful() }
        if judgement == .doubtful {
            self.keep(datagram, packet, codec, at: arrival.time)
            return (packet, codec, true)
        }
        self.isConfirmed = judgement == .confirmed
        if case .restarted = self.tracker.receive(packet.sequenceNumber, ssrc: packet.ssrc) {
            self.statistics.restart()
        }
        if codec.isSound {
            if codec.clockRate != self.statistics.clockRate {
                self.statistics = ReceptionStatistics(clockRate: codec.clockRate)
            }
            self.statistics.receive(timestamp: packet.timestamp, at: arrival.time)
        }
        return (packet, codec, false)
    }

    private mutating func keep(
        _ datagram: Span<UInt8>, _ packet: RTPHeader, _ codec: LegCodec, at time: MonotonicTime
    ) {
        guard !self.taps.isEmpty else { return }
        guard self.doubtful.count < Self.doubtfulLimit else {
            self.refusals.otherSSRC += 1
            return
        }
        var bytes: [UInt8] = []
        // Safe: the pointer is read within the call only.
        unsafe datagram.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        self.doubtful.append(Admitted(datagram: bytes, packet: packet, codec: codec, time: time))
    }

    /// What was doubtful before the packet that was admitted last, and is the party's by that.
    mutating func takeConfirmed() -> [Admitted] {
        guard self.isConfirmed, !self.doubtful.isEmpty else { return [] }
        defer { self.doubtful = [] }
        return self.doubtful
    }

    /// Forgets what was doubtful: another sender's, or from before a pause.
    mutating func dropDoubtful() {
        self.refusals.otherSSRC += self.doubtful.count
        self.doubtful = []
    }

    /// Takes a datagram that arrived at the port for RTCP: a party that leaves need not fall silent first.
    mutating func takeControl(_ datagram: Span<UInt8>, _ arrival: MediaArrival) {
        self.counts.controlReceived += 1
        guard arrival.source.address == self.latch.latched?.address,
            let compound = try? RTCPCompound(parsing: datagram)
        else { return }
        for case .goodbye(let sources, _) in compound.packets {
            for source in sources { self.lock.leave(source) }
        }
    }

    /// What has passed, with what the port itself did not let through.
    var allCounts: LegCounts {
        var counts = self.counts
        counts.packetsRefused += self.refusals.total + self.port.unprotectedCount
        return counts
    }

    /// What is reported of the party's stream.
    mutating func receptionReports(at now: MonotonicTime) -> [RTCPReportBlock] {
        self.statistics.report(on: self.tracker, at: now).map { [$0] } ?? []
    }

    /// Where the party's media is sent; nil where it wants none.
    var destination: Endpoint? {
        guard let remote = self.media?.remote, remote.port != 0 else { return nil }
        // Another port at the same address is a phone that sends and receives apart; another address is a translator's.
        guard let latched = self.latch.latched, latched.address != remote.address else { return remote }
        return latched
    }
}
