internal import CallAudio
public import CallCore
public import RTP
public import SDP

/// What a softphone says and hears: 20 ms packets of G.711, sent when their time has come. A value, so that a
/// simulation moves it by hand.
public struct PhoneMedia: Sendable {
    /// One packet that was heard.
    public struct Heard: Hashable, Sendable {
        /// When it arrived.
        public var time: MonotonicTime
        /// Who sent it.
        public var source: Endpoint
        /// Its header.
        public var header: RTPHeader
        /// The sound, in µ-law whatever was sent; events as they came.
        public var payload: [UInt8]
    }

    /// How much was said and heard.
    public struct Counts: Hashable, Sendable {
        /// Packets that were sent.
        public var packetsSent = 0
        /// - Unit: bytes of RTP, headers included.
        public var bytesSent = 0
        /// Packets that were heard.
        public var packetsReceived = 0
        /// - Unit: bytes of RTP, headers included.
        public var bytesReceived = 0
        /// Datagrams that were no RTP.
        public var packetsRefused = 0

        /// Nothing yet.
        public init() {}
    }

    /// Samples in a packet.
    public static let frame = 160
    /// How far packets are apart.
    public static let interval = Duration.milliseconds(20)

    /// What was heard, in the order of arrival.
    public private(set) var heard: [Heard] = []
    /// How much was said and heard.
    public private(set) var counts = Counts()
    /// When the first sample of the last call was said; nil before any.
    public private(set) var began: MonotonicTime?

    private let samples: [UInt8]
    private let ssrc: UInt32
    private var remote: AudioTarget?
    private var sent = 0
    private var sequenceNumber: UInt16
    private var firstTimestamp: UInt32

    /// A phone that says nothing yet.
    ///
    /// - Parameters:
    ///   - samples: what it says, in µ-law at 8 kHz; silence follows.
    ///   - seed: of the SSRC and of the numbers with which the stream begins.
    public init(playing samples: [UInt8] = [], seed: UInt64) {
        self.samples = samples
        var tokens = TokenGenerator(seed: seed)
        self.ssrc = UInt32(truncatingIfNeeded: tokens.next())
        self.sequenceNumber = UInt16(truncatingIfNeeded: tokens.next())
        self.firstTimestamp = UInt32(truncatingIfNeeded: tokens.next())
    }

    /// Whether it speaks.
    public private(set) var isSpeaking = false

    /// Speaks from now on; what was heard before is forgotten.
    public mutating func begin(at now: MonotonicTime) {
        guard !self.isSpeaking else { return }
        (self.isSpeaking, self.began, self.sent, self.heard, self.counts) = (true, now, 0, [], Counts())
    }

    /// Falls silent; what was heard stays.
    public mutating func end() { (self.isSpeaking, self.remote) = (false, nil) }

    /// Sends where a description says from now on; nil sends nowhere, and time goes on.
    public mutating func follow(_ target: AudioTarget?) { self.remote = target }

    /// When the next packet is due; nil while it does not speak.
    public var nextPacket: MonotonicTime? {
        self.isSpeaking ? self.began.map { $0 + Self.interval * self.sent } : nil
    }

    /// Takes out a packet whose time has come.
    ///
    /// Call it until it returns nil. A packet that has nowhere to go is passed over, so that what follows keeps its time.
    public mutating func packet(at now: MonotonicTime) -> (datagram: [UInt8], peer: Endpoint)? {
        while let due = self.nextPacket, due <= now {
            let index = self.sent
            self.sent += 1
            guard let remote, remote.direction.receives, let codec = remote.speech else { continue }
            var payload = self.frame(at: index * Self.frame)
            if codec.name.uppercased() == "PCMA" { payload = payload.map { G711.muLaw.transcode($0) } }
            let header = RTPHeader(
                payloadType: codec.payloadType, marker: self.counts.packetsSent == 0,
                sequenceNumber: self.sequenceNumber,
                timestamp: self.firstTimestamp &+ UInt32(truncatingIfNeeded: index * Self.frame), ssrc: self.ssrc)
            self.sequenceNumber &+= 1
            let datagram = header.encoded(payload: payload.span)
            self.counts.packetsSent += 1
            self.counts.bytesSent += datagram.count
            return (datagram, remote.endpoint)
        }
        return nil
    }

    /// Hears a datagram.
    ///
    /// - Parameter aLaw: the payload type by which this phone agreed to A-law.
    public mutating func receive(_ datagram: Span<UInt8>, _ arrival: MediaArrival, aLaw: UInt8 = 8) {
        guard !arrival.isControl else { return }
        guard let header = try? RTPHeader(parsing: datagram) else {
            self.counts.packetsRefused += 1
            return
        }
        self.counts.packetsReceived += 1
        self.counts.bytesReceived += datagram.count
        var payload: [UInt8] = []
        payload.reserveCapacity(header.payloadRange.count)
        for index in header.payloadRange {
            payload.append(header.payloadType == aLaw ? G711.aLaw.transcode(datagram[index]) : datagram[index])
        }
        self.heard.append(Heard(time: arrival.time, source: arrival.source, header: header, payload: payload))
    }

    /// What was heard, laid out in time from the first packet: µ-law at 8 kHz, silence where nothing came.
    ///
    /// Each stream is placed by its timestamps, counted from the arrival of its first packet.
    public func heardSamples() -> [UInt8] {
        guard let first = self.heard.first else { return [] }
        var track: [UInt8] = []
        var places: [UInt32: (timestamp: UInt32, offset: Int)] = [:]
        for packet in self.heard where packet.header.payloadType == 0 || packet.header.payloadType == 8 {
            let arrived = Int(first.time.duration(to: packet.time).nanoseconds / 125_000)
            let place = places[packet.header.ssrc] ?? (packet.header.timestamp, arrived)
            places[packet.header.ssrc] = place
            let ticks = Int32(bitPattern: packet.header.timestamp &- place.timestamp)
            let start = place.offset + Int(ticks)
            // Far from where it arrived, a timestamp means another stream's clock.
            guard start >= 0, abs(start - arrived) < 8_000 * 60 else { continue }
            let end = start + packet.payload.count
            if track.count < end { track += Array(repeating: G711.muLaw.silence, count: end - track.count) }
            track.replaceSubrange(start..<end, with: packet.payload)
        }
        return track
    }

    private func frame(at start: Int) -> [UInt8] {
        guard start < self.samples.count else { return Array(repeating: G711.muLaw.silence, count: Self.frame) }
        let part = self.samples[start..<min(start + Self.frame, self.samples.count)]
        return part + Array(repeating: G711.muLaw.silence, count: Self.frame - part.count)
    }
}
