import CallAudio

/// Lines up what one party said: packets go in as they arrived, an unbroken row of samples comes out.
///
/// Positions are samples since the recording began. A packet's timestamp says where it belongs among the others, and
/// the arrival of the first says where they all belong. No timestamp is trusted further than the clock: what would lie
/// ahead of the time that has really passed is placed by its arrival. What never came is silence.
///
/// A pure value: no clock but the positions that it is told.
struct Timeline: Sendable {
    /// What became of a packet.
    enum Placement: Hashable, Sendable {
        /// Its samples are in their place.
        case placed
        /// Its place had been taken out already, or cannot be known.
        case late
        /// It belongs before the beginning, or into a pause.
        case masked
    }

    /// A packet to be placed.
    struct Packet: Hashable, Sendable {
        /// How its samples are coded.
        var law: G711
        /// The sender's count of samples.
        var timestamp: UInt32
        /// When it arrived; its last sample was spoken before that.
        var arrival: Int64
        /// Whether the sender has started again, so that its timestamps mean something else than before.
        var isRestart = false
        /// Whether it is past all others.
        var isNewest = true
        /// Whether it follows the newest before it without a gap.
        var isSuccessor = false
    }

    /// - Unit: samples: 500 ms, by which a packet may be overtaken or delayed and still find its place.
    static let window: Int64 = 4_000
    /// - Unit: samples: 250 ms, by which packets may come faster than they are spoken, as after a hold-up.
    static let maximumLead: Int64 = 2_000

    /// How the samples that come out are coded: that of the first packet.
    private(set) var law: G711
    /// The position of the next sample that comes out.
    private(set) var base: Int64 = 0

    /// Samples that are held for their time to come out.
    var buffered: Int { self.buffer.count }

    private var buffer: [UInt8] = []
    private var isLawSettled = false
    private var floor: Int64 = 0
    private var newest: Newest?
    private var lateRun: LateRun?
    private var skew = ClockSkew()

    private struct Newest: Hashable {
        var timestamp: UInt32
        var position: Int64
        var count: Int64
    }

    /// Packets in a row that come too late for where their timestamps put them.
    private struct LateRun: Hashable {
        var start: Int64
        var count = 1
    }

    /// Nothing has been said.
    ///
    /// - Parameter law: that of the silence, where silence comes out before the first packet went in.
    init(law: G711) { self.law = law }

    /// Says how the first packet will be coded, as far as is known before it comes.
    mutating func expect(_ law: G711) {
        if !self.isLawSettled { self.law = law }
    }

    /// Places a packet.
    mutating func place(_ payload: Span<UInt8>, _ packet: Packet) -> Placement {
        let count = Int64(payload.count)
        guard count > 0 else { return .masked }
        if !self.isLawSettled { (self.law, self.isLawSettled) = (packet.law, true) }
        let own = packet.arrival - count
        guard let newest = self.newest, !packet.isRestart else {
            self.anchor(packet, count, at: own)
            return self.write(payload, packet.law, at: own, bridges: false)
        }
        let step = Int64(Int32(bitPattern: packet.timestamp &- newest.timestamp))
        let position = newest.position + step
        let delay = own - position
        guard packet.isNewest else {
            // One that was overtaken cannot lie ahead of the clock; where it says so, nobody knows where it belongs.
            guard delay >= -Self.maximumLead else { return .late }
            return self.write(payload, packet.law, at: position, bridges: false)
        }
        if delay < -Self.maximumLead || self.isLeftBehind(packet, delay, step == newest.count) {
            self.anchor(packet, count, at: own)
            return self.write(payload, packet.law, at: own, bridges: false)
        }
        let shift = delay > Self.window ? 0 : self.skew.observe(delay)
        self.newest = Newest(timestamp: packet.timestamp, position: position + shift, count: count)
        return self.write(payload, packet.law, at: position + shift, bridges: shift > 0)
    }

    /// Nothing is said from here until ``resume(at:)``.
    mutating func pause(at position: Int64) {
        let kept = Int(clamping: max(0, position - self.base))
        if kept < self.buffer.count { self.buffer.removeLast(self.buffer.count - kept) }
    }

    /// What belongs before this position, though it came after it, is not taken: it was said in the pause.
    mutating func resume(at position: Int64) {
        self.floor = position
        (self.skew, self.lateRun) = (ClockSkew(), nil)
        // Whatever the next packet's timestamp is, it does not merely continue.
        self.newest?.count = -1
    }

    /// Takes out the next samples; what never came is silence.
    mutating func take(_ count: Int, into samples: inout [UInt8]) {
        self.isLawSettled = true
        let present = min(count, self.buffer.count)
        samples.append(contentsOf: self.buffer[..<present])
        samples.append(contentsOf: repeatElement(self.law.silence, count: count - present))
        self.buffer.removeFirst(present)
        self.base += Int64(count)
    }

    private mutating func anchor(_ packet: Packet, _ count: Int64, at position: Int64) {
        self.newest = Newest(timestamp: packet.timestamp, position: position, count: count)
        (self.skew, self.lateRun) = (ClockSkew(), nil)
    }

    /// Whether timestamps have gone back for good, so that they say nothing any more.
    ///
    /// A step that does not follow from the packet before says so at once. Where timestamps go on as if no time had
    /// passed, it may be a hold-up in the network, after which packets come in one burst and then in time again; only
    /// when they keep being late is it the sender, who had stopped counting.
    private mutating func isLeftBehind(_ packet: Packet, _ delay: Int64, _ isContinuation: Bool) -> Bool {
        guard delay > Self.window else {
            self.lateRun = nil
            return false
        }
        if packet.isSuccessor, !isContinuation { return true }
        guard var run = self.lateRun else {
            self.lateRun = LateRun(start: packet.arrival)
            return false
        }
        run.count += 1
        self.lateRun = run
        return run.count >= 3 && packet.arrival - run.start >= 320
    }

    /// - Parameter bridges: whether a gap of a sample before the packet is filled by the sample before it.
    private mutating func write(_ payload: Span<UInt8>, _ law: G711, at position: Int64, bridges: Bool) -> Placement {
        let end = position + Int64(payload.count)
        guard end > self.floor else { return .masked }
        guard end > self.base else { return .late }
        let start = max(position, self.base, self.floor)
        let skipped = Int(start - position)
        let offset = Int(start - self.base)
        if offset > self.buffer.count {
            let gap = offset - self.buffer.count
            let filler = bridges && gap == 1 ? self.buffer.last ?? self.law.silence : self.law.silence
            self.buffer.append(contentsOf: repeatElement(filler, count: gap))
        }
        let isSame = law == self.law
        let overlap = min(self.buffer.count - offset, payload.count - skipped)
        for index in 0..<overlap {
            let code = payload[skipped + index]
            self.buffer[offset + index] = isSame ? code : law.transcode(code)
        }
        let rest = payload.extracting(skipped + overlap..<payload.count)
        if isSame {
            // Safe: the pointer is read within the call only; every sample of every call comes through here.
            unsafe rest.withUnsafeBufferPointer { unsafe self.buffer.append(contentsOf: $0) }
        } else {
            self.buffer.append(addingCapacity: rest.count) { output in law.transcode(rest, into: &output) }
        }
        return .placed
    }
}
