import CallAudio

// MARK: - Packets into their places

extension Timeline {
    mutating func lay(
        _ payload: Span<UInt8>, _ coding: Coding, _ packet: StreamClock.Packet, isHeld: Bool
    ) -> Placement {
        switch self.clock.decide(packet, isHeld: isHeld) {
        case .hold: return self.hold(payload, coding, packet)
        case .unknown:
            self.late += 1
            return .late
        case .place(let position, let moved, let bridged):
            if moved > 0 { self.moveEarlier(moved) }
            if packet.missing != nil {
                // Packets that are overtaken say nothing of the silence that they lie in.
                let lost = packet.isRestart ? 0 : Int64(clamping: packet.missing ?? 0) * packet.count
                let hole = self.noteLoss(before: position, of: lost)
                self.hush(until: hole)
                self.noiseStart = nil
            }
            switch coding {
            case .law(let law): return self.write(payload, law, at: position, bridged: bridged)
            case .decoder(let format): return self.put(payload, format, at: position, packet)
            case .noise(let level):
                if self.makesUp, packet.missing != nil {
                    self.noiseStart = position
                    self.noise.set(level: level)
                }
                return .placed
            }
        }
    }

    /// Moves everything since timestamps began anew to where it belongs, before any of it is taken out.
    private mutating func moveEarlier(_ count: Int64) {
        let from = max(self.clock.settledFrom, self.base, self.floor)
        self.decoded.move(from: self.clock.settledFrom, by: -count)
        self.end = max(from, self.end - count)
        for index in self.holes.indices where self.holes[index].lowerBound > from {
            self.holes[index] = self.holes[index].lowerBound - count..<self.holes[index].upperBound - count
        }
        let offset = Int(clamping: from - self.base)
        guard offset < self.buffer.count else { return }
        self.buffer.removeSubrange(offset..<min(self.buffer.count, offset + Int(clamping: count)))
    }

    /// Notes that so many samples before a position were lost, or as many as there is room for.
    ///
    /// - Returns: where they begin; the position where none were.
    private mutating func noteLoss(before position: Int64, of count: Int64) -> Int64 {
        let start = max(self.end, self.floor, position - count)
        guard count > 0, start < position else { return position }
        self.holes.append(start..<position)
        return start
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

    /// Lays the noise of the line up to a position.
    mutating func hush(until position: Int64) {
        guard let noiseStart = self.noiseStart else { return }
        let filled = self.base + Int64(self.buffer.count)
        let start = max(noiseStart, filled, self.floor)
        guard start < position else { return }
        self.buffer.append(contentsOf: repeatElement(self.law.silence, count: Int(clamping: start - filled)))
        for _ in start..<position { self.buffer.append(self.law.encode(self.noise.next())) }
        self.noiseStart = position
    }

    /// - Returns: nil where a span can be laid; else what becomes of it.
    private mutating func refuse(_ end: Int64) -> Placement? {
        guard end > self.floor else { return .masked }
        guard end <= self.base else { return nil }
        self.late += 1
        return .late
    }

    private mutating func put(
        _ payload: Span<UInt8>, _ format: Int, at position: Int64, _ packet: StreamClock.Packet
    ) -> Placement {
        let end = position + packet.count
        if let refusal = self.refuse(end) { return refusal }
        guard self.decoded.put(payload, format: format, at: position, packet) else {
            self.late += 1
            return .late
        }
        if position < self.end { self.fill(position..<end) }
        self.end = max(self.end, end)
        return .placed
    }

    private mutating func write(
        _ payload: Span<UInt8>, _ law: G711, at position: Int64, bridged: Int64
    ) -> Placement {
        let end = position + Int64(payload.count)
        if let refusal = self.refuse(end) { return refusal }
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
