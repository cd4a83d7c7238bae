import CallAudio

/// Lines up what one party said: packets go in as they arrived, an unbroken row of samples comes out.
///
/// ``StreamClock`` says where each packet belongs. G.711 is laid there byte by byte as it came; what must be decoded waits
/// until its samples are taken out. What never came is silence, or made up where that is wanted.
///
/// A pure value: no clock but the positions that it is told.
struct Timeline: Sendable {
    /// What a packet's payload is.
    enum Coding: Hashable, Sendable {
        case law(G711)
        /// To be decoded by this one of the formats.
        case decoder(Int)
        /// The noise of silence, so loud.
        case noise(level: UInt8)
    }

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

    /// How the codes that come out are coded: as those of the first packet of G.711.
    private(set) var law: G711
    /// Whether something came that must be decoded; from then on samples are taken out linear.
    private(set) var isLinear = false
    /// The position of the next sample that comes out.
    private(set) var base: Int64 = 0
    /// Packets that came after their place had been taken out, or whose place cannot be known.
    var late = 0
    /// What was lost, as far as it has been taken out.
    private(set) var gaps = StreamGaps()
    /// Packets that could not be decoded.
    var undecodable: Int { self.decoded.undecodable }

    /// How long a packet is whose length is not told.
    var usualCount: Int64 { self.clock.usualCount }

    /// Samples that are held for their time to come out.
    var buffered: Int { self.buffer.count }

    var clock = StreamClock()
    var buffer: [UInt8] = []
    var floor: Int64 = 0
    /// Where the sound that came so far ends.
    var end: Int64 = 0
    /// Where something was lost and nothing has come yet, in order.
    var holes: [Range<Int64>] = []
    var decoded: DecodedSound
    /// From where on the line is noisy; nil where it is not.
    var noiseStart: Int64?
    var noise = ComfortNoiseSource()
    /// Whether lost sound and described silence are made up.
    let makesUp: Bool
    private var isLawSettled = false
    private var filler = GapFiller()
    private var codes: [UInt8] = []
    private var held: [Held] = []
    private var heldBytes: [UInt8] = []
    /// Spans of pauses, which nothing decoded may reach into.
    private var pauses: [Range<Int64>] = []

    private struct Held {
        var packet: StreamClock.Packet
        var coding: Coding
        var bytes: Range<Int>
    }

    /// Nothing has been said.
    ///
    /// - Parameters:
    ///   - law: that of the silence, where silence comes out before the first packet went in.
    ///   - formats: decode what is not G.711.
    ///   - makesUp: whether lost sound, and silence that is described, are made up; silence otherwise.
    init(law: G711, formats: [any AudioPayloadFormat] = [], makesUp: Bool = false) {
        (self.law, self.makesUp) = (law, makesUp)
        self.decoded = DecodedSound(formats: formats)
    }

    /// Says how the first packet will be coded, as far as is known before it comes.
    mutating func expect(_ law: G711) {
        if !self.isLawSettled { self.law = law }
    }

    /// Places a packet.
    mutating func place(_ payload: Span<UInt8>, _ coding: Coding, _ packet: StreamClock.Packet) -> Placement {
        guard !payload.isEmpty else { return .masked }
        switch coding {
        case .law(let law) where !self.isLawSettled: (self.law, self.isLawSettled) = (law, true)
        case .decoder: self.isLinear = true
        default: break
        }
        if self.clock.suspense != nil, !packet.isNoise {
            switch self.clock.judge(packet) {
            case .hold: return self.hold(payload, coding, packet)
            case .release(let shift): self.release(shift)
            case .unrelated: break
            }
        }
        return self.lay(payload, coding, packet, isHeld: false)
    }

    /// Nothing is said from here until ``resume(at:)``.
    mutating func pause(at position: Int64) {
        self.settle()
        self.hush(until: position)
        self.noiseStart = nil
        let kept = Int(clamping: max(0, position - self.base))
        if kept < self.buffer.count { self.buffer.removeLast(self.buffer.count - kept) }
        self.end = min(self.end, position)
        self.holes = self.holes.compactMap { $0.lowerBound < position ? $0.clamped(to: .min..<position) : nil }
        self.pauses.append(position..<Int64.max)
    }

    /// What belongs before this position, though it came after it, is not taken: it was said in the pause.
    mutating func resume(at position: Int64) {
        self.floor = position
        self.end = max(self.end, position)
        self.clock.resume()
        if let pause = self.pauses.last, pause.lowerBound <= position, pause.upperBound == .max {
            self.pauses[self.pauses.count - 1] = pause.lowerBound..<position
        }
    }

    /// Takes out the next samples, as codes of the law. Not once it ``isLinear``: what was decoded would be missing.
    mutating func take(_ count: Int, into codes: inout [UInt8]) {
        let next = self.base + Int64(count)
        self.takeCodes(self.base..<next, into: &codes)
        self.pass(next)
    }

    /// Takes out the next samples, linear.
    mutating func take(_ count: Int, into samples: inout [Int16]) {
        let span = self.base..<self.base + Int64(count)
        var codes: [UInt8] = []
        swap(&codes, &self.codes)
        codes.removeAll(keepingCapacity: true)
        self.takeCodes(span, into: &codes)
        self.law.decode(codes.span, into: &samples)
        swap(&codes, &self.codes)
        let holes = self.holes
        self.decoded.take(span, conceals: self.makesUp, into: &samples) { gap in holes.contains { $0.overlaps(gap) } }
        let first = samples.count - count
        for pause in self.pauses {
            for position in pause.clamped(to: span) { samples[first + Int(position - span.lowerBound)] = 0 }
        }
        self.pass(span.upperBound)
    }

    private mutating func takeCodes(_ span: Range<Int64>, into codes: inout [UInt8]) {
        self.isLawSettled = true
        if let suspense = self.clock.suspense, suspense.start < span.upperBound { self.settle() }
        self.hush(until: span.upperBound)
        let start = codes.count
        let present = min(span.count, self.buffer.count)
        codes.append(contentsOf: self.buffer[..<present])
        codes.append(contentsOf: repeatElement(self.law.silence, count: span.count - present))
        self.buffer.removeFirst(present)
        if self.makesUp { self.makeUp(span, &codes, from: start) }
    }

    private mutating func makeUp(_ span: Range<Int64>, _ codes: inout [UInt8], from start: Int) {
        let gaps = self.holes.compactMap { hole -> Range<Int>? in
            let hole = hole.clamped(to: span)
            guard !hole.isEmpty else { return nil }
            return start + Int(hole.lowerBound - span.lowerBound)..<start + Int(hole.upperBound - span.lowerBound)
        }
        self.filler.fill(gaps, of: self.law, in: &codes, from: start)
    }

    private mutating func pass(_ next: Int64) {
        self.base = next
        while let hole = self.holes.first, hole.upperBound <= next {
            self.gaps.add(hole)
            self.holes.removeFirst()
        }
        while let pause = self.pauses.first, pause.upperBound <= next { self.pauses.removeFirst() }
    }

    // MARK: - Packets that wait

    mutating func hold(_ payload: Span<UInt8>, _ coding: Coding, _ packet: StreamClock.Packet) -> Placement {
        let start = self.heldBytes.count
        // Safe: the pointer is read within the call only.
        unsafe payload.withUnsafeBufferPointer { unsafe self.heldBytes.append(contentsOf: $0) }
        self.held.append(Held(packet: packet, coding: coding, bytes: start..<self.heldBytes.count))
        return .held
    }

    private mutating func release(_ shift: Int64) {
        self.clock.release(shift)
        guard !self.held.isEmpty else { return }
        let (held, bytes) = (self.held, self.heldBytes)
        self.held.removeAll(keepingCapacity: true)
        self.heldBytes.removeAll(keepingCapacity: true)
        for one in held { _ = self.lay(bytes.span.extracting(one.bytes), one.coding, one.packet, isHeld: true) }
    }

    /// Ends the waiting where nothing more comes to tell: what came is sound, and must not be lost.
    private mutating func settle() {
        guard let suspense = self.clock.suspense else { return }
        self.release(suspense.leastDelay)
    }
}
