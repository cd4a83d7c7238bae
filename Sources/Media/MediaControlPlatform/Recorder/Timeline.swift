import CallAudio

/// Lines up what one party said: packets go in as they arrived, an unbroken row of samples comes out.
///
/// ``StreamClock`` says where each packet belongs; here its samples are laid there, byte by byte as they came. What never
/// came is silence, or made up where that is wanted.
///
/// A pure value: no clock but the positions that it is told.
struct Timeline: Sendable {
    /// What became of a packet.
    enum Placement: Hashable, Sendable {
        /// Its samples are in their place.
        case placed
        /// It waits for what comes next, and will be placed or late then.
        case held
        /// Its place had been taken out already, or cannot be known.
        case late
        /// It belongs before the beginning, or into a pause.
        case masked
    }

    /// How the samples that come out are coded: that of the first packet.
    private(set) var law: G711
    /// The position of the next sample that comes out.
    private(set) var base: Int64 = 0
    /// Packets that came after their place had been taken out, or whose place cannot be known.
    private(set) var late = 0
    /// What was lost, as far as it has been taken out.
    private(set) var gaps = StreamGaps()

    /// Samples that are held for their time to come out.
    var buffered: Int { self.buffer.count }

    private var clock = StreamClock()
    private var buffer: [UInt8] = []
    private var isLawSettled = false
    private var floor: Int64 = 0
    /// Where the sound that came so far ends.
    private var end: Int64 = 0
    /// Where something was lost and nothing has come yet, in order.
    private var holes: [Range<Int64>] = []
    private var held: [Held] = []
    private var heldBytes: [UInt8] = []

    private struct Held {
        var packet: StreamClock.Packet
        var law: G711
        var bytes: Range<Int>
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
    mutating func place(_ payload: Span<UInt8>, _ law: G711, _ packet: StreamClock.Packet) -> Placement {
        guard !payload.isEmpty else { return .masked }
        if !self.isLawSettled { (self.law, self.isLawSettled) = (law, true) }
        if self.clock.suspense != nil {
            switch self.clock.judge(packet) {
            case .hold: return self.hold(payload, law, packet)
            case .release(let shift): self.release(shift)
            case .unrelated: break
            }
        }
        return self.lay(payload, law, packet, isHeld: false)
    }

    /// Nothing is said from here until ``resume(at:)``.
    mutating func pause(at position: Int64) {
        self.settle()
        let kept = Int(clamping: max(0, position - self.base))
        if kept < self.buffer.count { self.buffer.removeLast(self.buffer.count - kept) }
        self.end = min(self.end, position)
        self.holes = self.holes.compactMap { $0.lowerBound < position ? $0.clamped(to: .min..<position) : nil }
    }

    /// What belongs before this position, though it came after it, is not taken: it was said in the pause.
    mutating func resume(at position: Int64) {
        self.floor = position
        self.end = max(self.end, position)
        self.clock.resume()
    }

    /// Takes out the next samples; what never came is silence.
    mutating func take(_ count: Int, into samples: inout [UInt8]) {
        self.isLawSettled = true
        let next = self.base + Int64(count)
        if let suspense = self.clock.suspense, suspense.start < next { self.settle() }
        let present = min(count, self.buffer.count)
        samples.append(contentsOf: self.buffer[..<present])
        samples.append(contentsOf: repeatElement(self.law.silence, count: count - present))
        self.buffer.removeFirst(present)
        self.base = next
        while let hole = self.holes.first, hole.upperBound <= next {
            self.gaps.add(hole)
            self.holes.removeFirst()
        }
    }

    // MARK: - Packets that wait

    private mutating func hold(_ payload: Span<UInt8>, _ law: G711, _ packet: StreamClock.Packet) -> Placement {
        let start = self.heldBytes.count
        // Safe: the pointer is read within the call only.
        unsafe payload.withUnsafeBufferPointer { unsafe self.heldBytes.append(contentsOf: $0) }
        self.held.append(Held(packet: packet, law: law, bytes: start..<self.heldBytes.count))
        return .held
    }

    private mutating func release(_ shift: Int64) {
        self.clock.release(shift)
        guard !self.held.isEmpty else { return }
        let (held, bytes) = (self.held, self.heldBytes)
        self.held.removeAll(keepingCapacity: true)
        self.heldBytes.removeAll(keepingCapacity: true)
        for one in held { _ = self.lay(bytes.span.extracting(one.bytes), one.law, one.packet, isHeld: true) }
    }

    /// Ends the waiting where nothing more comes to tell: what came is sound, and must not be lost.
    private mutating func settle() {
        guard let suspense = self.clock.suspense else { return }
        self.release(suspense.leastDelay)
    }

    // MARK: - Samples

    private mutating func lay(
        _ payload: Span<UInt8>, _ law: G711, _ packet: StreamClock.Packet, isHeld: Bool
    ) -> Placement {
        switch self.clock.decide(packet, isHeld: isHeld) {
        case .hold: return self.hold(payload, law, packet)
        case .unknown:
            self.late += 1
            return .late
        case .place(let position, let moved, let bridged):
            if moved > 0 { self.moveEarlier(moved) }
            if let missing = packet.missing, !packet.isRestart {
                self.noteLoss(before: position, of: Int64(clamping: missing) * packet.count)
            }
            return self.write(payload, law, at: position, bridged: bridged)
        }
    }

    /// Moves everything since timestamps began anew to where it belongs, before any of it is taken out.
    private mutating func moveEarlier(_ count: Int64) {
        let from = max(self.clock.settledFrom, self.base, self.floor)
        let offset = Int(clamping: from - self.base)
        guard offset < self.buffer.count else { return }
        self.buffer.removeSubrange(offset..<min(self.buffer.count, offset + Int(clamping: count)))
        self.end = max(from, self.end - count)
        for index in self.holes.indices where self.holes[index].lowerBound > from {
            self.holes[index] = self.holes[index].lowerBound - count..<self.holes[index].upperBound - count
        }
    }

    /// Notes that so many samples before a position were lost, or as many as there is room for.
    private mutating func noteLoss(before position: Int64, of count: Int64) {
        let start = max(self.end, self.floor, position - count)
        if count > 0, start < position { self.holes.append(start..<position) }
    }

    /// Notes that something has come after all.
    private mutating func fill(_ span: Range<Int64>) {
        guard let last = self.holes.last, last.upperBound > span.lowerBound else { return }
        self.holes = self.holes.flatMap { hole -> [Range<Int64>] in
            guard hole.overlaps(span) else { return [hole] }
            var rest: [Range<Int64>] = []
            if hole.lowerBound < span.lowerBound { rest.append(hole.lowerBound..<span.lowerBound) }
            if span.upperBound < hole.upperBound { rest.append(span.upperBound..<hole.upperBound) }
            return rest
        }
    }

    private mutating func write(
        _ payload: Span<UInt8>, _ law: G711, at position: Int64, bridged: Int64
    ) -> Placement {
        let end = position + Int64(payload.count)
        guard end > self.floor else { return .masked }
        guard end > self.base else {
            self.late += 1
            return .late
        }
        let start = max(position, self.base, self.floor)
        if start < self.end { self.fill(start..<end) }
        self.end = max(self.end, end)
        let skipped = Int(start - position)
        let offset = Int(start - self.base)
        if offset > self.buffer.count {
            let gap = offset - self.buffer.count
            let filler = gap <= bridged ? self.buffer.last ?? self.law.silence : self.law.silence
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
