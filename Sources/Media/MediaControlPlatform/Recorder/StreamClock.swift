/// Says where in a recording the packets of one party belong: the one place where timestamps meet arrival.
///
/// Positions are samples since the recording began. A packet's timestamp says where it belongs among the others, and the
/// arrival of those that came quickest says where they all belong. No timestamp is trusted further than the clock.
///
/// A pure value: no clock but the positions that it is told.
struct StreamClock: Sendable {
    /// What is known of a packet before it has a place.
    struct Packet: Hashable, Sendable {
        /// The sender's count of ticks.
        var timestamp: UInt32
        /// - Unit: ticks of the timestamp a sample.
        var ticksPerSample: Int64 = 1
        /// How long its sound is; how long it took to say, where it has none.
        var count: Int64
        /// Whether its sound is described instead of sent.
        var isNoise = false
        /// When it arrived; its last sample was spoken before that.
        var arrival: Int64
        /// Its number, extended; rises while packets are newer.
        var sequence = 0
        /// How many numbers before it have not come; nil for a packet that was overtaken.
        var missing: Int? = 0
        /// Whether the sender has started again, so that its numbers say nothing.
        var isRestart = false

        /// Where its first sample lies if it came without delay.
        var own: Int64 { self.arrival - self.count }
    }

    /// Where a packet belongs.
    enum Decision: Hashable, Sendable {
        /// At this position. `moved` tells that all since ``StreamClock/settledFrom`` belongs so many samples earlier
        /// than was thought; `bridged`, that the sender is slow by so many samples, which nothing was said in.
        case place(Int64, moved: Int64 = 0, bridged: Int64 = 0)
        /// What comes next will tell: either the network has held packets up, or the sender has stopped counting.
        case hold
        /// Nobody knows.
        case unknown
    }

    /// - Unit: samples: 500 ms, by which a packet may be overtaken or delayed and still find its place.
    static let window: Int64 = 4_000
    /// - Unit: samples: 250 ms, by which packets may come faster than they are spoken, as after a hold-up.
    static let maximumLead: Int64 = 2_000
    /// - Unit: samples: 60 ms, by which packets may come late by chance.
    static let jitter: Int64 = 480

    /// From where on `moved` counts: the first sample since timestamps began anew.
    private(set) var settledFrom: Int64 = 0
    /// Packets that wait for what comes next; nil where none do.
    private(set) var suspense: Suspense?

    private var newest: Newest?
    /// The newest packet before timestamps began anew.
    private var former: Newest?
    private var settling: Settling?
    private var skew = ClockSkew()

    private struct Newest: Hashable {
        var timestamp: UInt32
        var ticksPerSample: Int64
        var position: Int64
        var count: Int64
        var sequence: Int
        /// How much later than its place it came.
        var delay: Int64 = 0

        var end: Int64 { self.position + self.count }

        func position(of packet: Packet) -> Int64 {
            self.position + Int64(Int32(bitPattern: packet.timestamp &- self.timestamp)) / self.ticksPerSample
        }
    }

    /// The first packet may have been late by chance, which those after it show while nothing of them is taken out.
    private struct Settling: Hashable {
        var since: Int64
        var moved: Int64 = 0
        /// Where the sound before it ends.
        var limit: Int64
    }

    /// What is known of packets that all came late.
    struct Suspense: Hashable, Sendable {
        /// Where the first would lie by its arrival.
        var start: Int64
        var firstDelay: Int64
        var leastDelay: Int64
        var count = 0
    }

    /// How long a packet takes to say whose length is not told: as long as those before.
    private(set) var usualCount: Int64 = 160

    /// Places a packet.
    ///
    /// - Parameter isHeld: whether it has waited; then it does not wait again.
    mutating func decide(_ packet: Packet, isHeld: Bool = false) -> Decision {
        if packet.isNoise { return .place(self.place(ofNoise: packet)) }
        guard let newest = self.newest else { return self.anchor(packet) }
        guard let missing = packet.missing else { return self.overtaken(packet, newest) }
        guard packet.ticksPerSample == newest.ticksPerSample else { return self.jump(packet, newest, missing) }
        let claimed = newest.position(of: packet)
        if packet.isRestart {
            // Under another name or number, time may go on all the same.
            guard (-Self.jitter...Self.window).contains(packet.own - claimed) else { return self.anchor(packet) }
            self.former = nil
        } else if self.isJump(packet, to: claimed, newest, missing) {
            return self.jump(packet, newest, missing)
        }
        return self.follow(packet, claimed, newest, isHeld: isHeld)
    }

    /// What a packet tells of those that wait.
    enum Judgement: Hashable, Sendable {
        /// It waits with them.
        case hold
        /// They belong so many samples later than their timestamps say.
        case release(Int64)
        /// It belongs before them.
        case unrelated
    }

    /// Judges those that wait by one that has come. Where the network had held them up, delays fall at once; where the
    /// sender had stopped counting, none is ever again as short as before.
    mutating func judge(_ packet: Packet) -> Judgement {
        guard var suspense = self.suspense, let newest = self.newest else { return .unrelated }
        guard packet.missing != nil else { return packet.sequence > newest.sequence ? .hold : .unrelated }
        if packet.isRestart || packet.ticksPerSample != newest.ticksPerSample { return .release(suspense.leastDelay) }
        let delay = packet.own - newest.position(of: packet)
        if delay <= Self.jitter || 2 * delay < suspense.firstDelay { return .release(0) }
        suspense.leastDelay = min(suspense.leastDelay, delay)
        suspense.count += 1
        self.suspense = suspense
        // 320 ms, or more packets than are said in that time.
        if packet.own - suspense.start >= 2_560, suspense.count >= 3 { return .release(suspense.leastDelay) }
        return suspense.count >= 64 ? .release(0) : .hold
    }

    /// Ends the waiting.
    ///
    /// - Parameter shift: by how much packets belong later than their timestamps say.
    mutating func release(_ shift: Int64) {
        self.suspense = nil
        guard shift > 0 else { return }
        self.newest?.position += shift
        self.skew = ClockSkew()
    }

    /// What was measured before a pause says nothing of what comes after it.
    mutating func resume() { (self.skew, self.settling) = (ClockSkew(), nil) }

    // MARK: - The ways to a place

    /// Noise lies where its timestamp says, but shows nothing about others: nobody knows how long it took to say.
    private func place(ofNoise packet: Packet) -> Int64 {
        guard let newest = self.newest, newest.ticksPerSample == packet.ticksPerSample else { return packet.own }
        let claimed = newest.position(of: packet)
        return (-Self.jitter...Self.window).contains(packet.own - claimed) ? claimed : packet.own
    }

    private mutating func overtaken(_ packet: Packet, _ newest: Newest) -> Decision {
        var position = newest.ticksPerSample == packet.ticksPerSample ? newest.position(of: packet) : nil
        var isFormer = false
        // It may be from before timestamps began anew, or from after that: then it came about when it should have.
        if let former = self.former, former.ticksPerSample == packet.ticksPerSample {
            let other = former.position(of: packet)
            isFormer = position.map { (packet.own - other).magnitude < (packet.own - $0).magnitude } ?? true
            if isFormer { position = other }
        }
        // One that was overtaken cannot lie ahead of the clock; where it says so, nobody knows where it belongs.
        guard let position, packet.own - position >= -Self.maximumLead else { return .unknown }
        if !isFormer { self.settledFrom = min(self.settledFrom, position) }
        return .place(position)
    }

    /// Whether a timestamp contradicts the numbers and the clock: it goes back though the numbers go on, or skips a time
    /// that has not passed.
    private func isJump(_ packet: Packet, to claimed: Int64, _ newest: Newest, _ missing: Int) -> Bool {
        if claimed < newest.end { return true }
        let next = Self.next(after: newest, missing)
        let skipped = claimed - next
        // 10 ms may be a packet of another length.
        return skipped > 80 && 2 * (packet.own - next) < skipped
    }

    /// Timestamps begin anew in a stream that goes on: it lies where it would lie without them, unless it came at quite
    /// another time.
    private mutating func jump(_ packet: Packet, _ newest: Newest, _ missing: Int) -> Decision {
        let next = Self.next(after: newest, missing)
        guard (packet.own - next).magnitude <= Self.jitter.magnitude else { return self.anchor(packet) }
        self.former = newest
        self.note(packet, at: next)
        return .place(next)
    }

    private mutating func anchor(_ packet: Packet) -> Decision {
        var position = packet.own
        if let newest = self.newest {
            self.former = newest
            // What was said before is not to be covered, only since the way of one was longer than that of the other.
            if (0...Self.jitter).contains(newest.end - position) { position = newest.end }
        }
        self.settling = Settling(since: packet.arrival, limit: self.newest?.end ?? .min)
        self.settledFrom = position
        self.skew = ClockSkew()
        self.note(packet, at: position)
        return .place(position)
    }

    private mutating func follow(
        _ packet: Packet, _ claimed: Int64, _ newest: Newest, isHeld: Bool
    ) -> Decision {
        let delay = packet.own - claimed
        if !isHeld, delay > Self.jitter, delay - newest.delay > Self.jitter || delay > Self.window / 2 {
            self.suspense = Suspense(start: packet.own, firstDelay: delay, leastDelay: delay, count: 1)
            return .hold
        }
        let moved = self.settle(packet, delay)
        guard delay + moved >= -Self.maximumLead else { return self.anchor(packet) }
        let shift = isHeld ? 0 : self.skew.observe(delay + moved)
        let position = claimed - moved + shift
        self.note(packet, at: position)
        return .place(position, moved: moved, bridged: max(0, shift))
    }

    /// - Returns: by how much everything since timestamps began anew belongs earlier than was thought.
    private mutating func settle(_ packet: Packet, _ delay: Int64) -> Int64 {
        guard var settling = self.settling else { return 0 }
        guard packet.arrival - settling.since < Self.window else {
            self.settling = nil
            return 0
        }
        guard delay < 0 else { return 0 }
        var moved = min(-delay, Self.maximumLead - settling.moved)
        if settling.limit != .min { moved = min(moved, self.settledFrom - settling.limit) }
        guard moved > 0 else { return 0 }
        settling.moved += moved
        self.settling = settling
        self.settledFrom -= moved
        return moved
    }

    private mutating func note(_ packet: Packet, at position: Int64) {
        self.usualCount = packet.count
        self.newest = Newest(
            timestamp: packet.timestamp, ticksPerSample: packet.ticksPerSample, position: position,
            count: packet.count, sequence: packet.sequence, delay: packet.own - position)
    }

    /// Where a packet would lie without a timestamp, if what is missing was as long as what came.
    private static func next(after newest: Newest, _ missing: Int) -> Int64 {
        newest.end + Int64(clamping: missing) * newest.count
    }
}
