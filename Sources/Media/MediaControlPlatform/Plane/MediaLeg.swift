import CaptureJournal
import RTP

/// One party's media at this server: its ports, what was agreed, and what has passed.
struct MediaLeg: Sendable {
    /// Where a recording takes this leg's packets.
    struct Tap: Hashable, Sendable {
        var recording: RecordingNumber
        var channel: Int
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
    private var latched: Endpoint?
    /// When the party was last heard.
    private var lastArrival = MonotonicTime.zero

    /// How long the party must have been silent before its address is listened to at another port.
    private static let silence = Duration.seconds(2)

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
        if media.remote != self.media?.remote { self.latched = nil }
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

    /// Whether media from there is the party's. The address of its SDP is; where that has sent nothing, the first that
    /// did (a phone behind a translator of addresses), and no other, but for the same address after a silence: the
    /// translator has chosen another port in the midst of the call, or the phone has.
    ///
    /// - Source: RFC 4961; RFC 7362 for the latching.
    private func accepts(_ source: Endpoint, at time: MonotonicTime) -> Bool {
        guard let media = self.media else { return false }
        if source == self.latched || source == media.remote { return true }
        guard let latched = self.latched else { return true }
        return source.withPort(0) == latched.withPort(0) && time - self.lastArrival >= Self.silence
    }

    /// Notes who sends, after a packet was found to be RTP of an agreed type.
    private mutating func latch(_ source: Endpoint, at time: MonotonicTime) {
        self.lastArrival = max(self.lastArrival, time)
        self.latched = source
    }

    /// Takes a datagram that arrived at the port for RTP, and counts it.
    ///
    /// - Returns: nil where it is not the party's media.
    mutating func admit(_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> (packet: RTPHeader, codec: LegCodec)? {
        guard self.accepts(arrival.source, at: arrival.time), let packet = try? RTPHeader(parsing: datagram),
            let codec = self.codec(of: packet.payloadType)
        else {
            self.counts.packetsRefused += 1
            return nil
        }
        self.latch(arrival.source, at: arrival.time)
        self.counts.packetsReceived += 1
        self.counts.bytesReceived += datagram.count
        if case .restarted = self.tracker.receive(packet.sequenceNumber, ssrc: packet.ssrc) {
            self.statistics.restart()
        }
        if codec.isSound {
            if codec.clockRate != self.statistics.clockRate {
                self.statistics = ReceptionStatistics(clockRate: codec.clockRate)
            }
            self.statistics.receive(timestamp: packet.timestamp, at: arrival.time)
        }
        return (packet, codec)
    }

    /// What has passed, with what the port itself did not let through.
    var allCounts: LegCounts {
        var counts = self.counts
        counts.packetsRefused += self.port.unprotectedCount
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
        guard let latched = self.latched, latched.address != remote.address else { return remote }
        return latched
    }
}
