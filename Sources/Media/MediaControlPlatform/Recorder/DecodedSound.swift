import CallAudio

/// The sound of codecs whose decoders remember: packets wait in order until their samples are taken out, and are decoded
/// then, each once.
struct DecodedSound: Sendable {
    private struct Packet {
        var format: Int
        var position: Int64
        var sequence: Int
        /// Whether a stream begins with it.
        var isRestart: Bool
        /// Where its payload lies among the bytes that were taken in so far.
        var payload: Range<Int>
    }

    /// Packets that could not be decoded.
    private(set) var undecodable = 0

    private let formats: [any AudioPayloadFormat]
    /// In the order of their numbers.
    private var packets: [Packet] = []
    private var bytes: [UInt8] = []
    private var decoder: (any AudioPayloadDecoder)?
    private var format = -1
    private var lastSequence = Int.min
    /// Where what was decoded so far ends.
    private var end: Int64 = 0
    /// What was decoded, but belongs behind what was taken out.
    private var rest: [Int16] = []
    private var restPosition: Int64 = 0
    private var scratch: [Int16] = []

    /// - Unit: samples: gaps that only follow a sender's slower clock, and no loss.
    private static let bridge: Int64 = 8
    /// - Unit: samples: 120 ms, more than any decoder goes on for.
    private static let longestLoss: Int64 = 960

    init(formats: [any AudioPayloadFormat]) { self.formats = formats }

    /// Takes a packet in.
    ///
    /// - Returns: whether it still comes in order.
    mutating func put(_ payload: Span<UInt8>, format: Int, at position: Int64, _ packet: StreamClock.Packet) -> Bool {
        guard packet.sequence > self.lastSequence, self.formats.indices.contains(format) else { return false }
        let start = self.bytes.count
        // Safe: the pointer is read within the call only.
        unsafe payload.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
        let entry = Packet(
            format: format, position: position, sequence: packet.sequence, isRestart: packet.isRestart,
            payload: start..<self.bytes.count)
        var place = self.packets.count
        while place > 0, self.packets[place - 1].sequence > entry.sequence { place -= 1 }
        self.packets.insert(entry, at: place)
        return true
    }

    /// Moves all that waits from a position on.
    mutating func move(from position: Int64, by count: Int64) {
        for index in self.packets.indices where self.packets[index].position >= position {
            self.packets[index].position += count
        }
    }

    /// Lays decoded samples over those that are taken out.
    ///
    /// - Parameters:
    ///   - samples: end with those of the span.
    ///   - conceals: whether the decoder makes up what is missing between packets that followed each other.
    ///   - isLost: whether what is missing in a span was sent.
    mutating func take(
        _ span: Range<Int64>, conceals: Bool, into samples: inout [Int16], isLost: (Range<Int64>) -> Bool
    ) {
        if !self.rest.isEmpty {
            swap(&self.rest, &self.scratch)
            self.rest.removeAll(keepingCapacity: true)
            self.lay(at: self.restPosition, span, &samples)
        }
        var taken = 0
        for packet in self.packets {
            // What comes out of a decoder was said a little before that.
            let position = packet.position - Int64(self.formats[packet.format].delay)
            guard position < span.upperBound else { break }
            taken += 1
            self.lastSequence = packet.sequence
            self.decode(packet, at: position, span, conceals: conceals, into: &samples, isLost: isLost)
        }
        self.packets.removeFirst(taken)
        if self.packets.isEmpty { self.bytes.removeAll(keepingCapacity: true) } else { self.compact() }
    }

    private mutating func decode(
        _ packet: Packet, at position: Int64, _ span: Range<Int64>, conceals: Bool, into samples: inout [Int16],
        isLost: (Range<Int64>) -> Bool
    ) {
        if self.decoder == nil || packet.isRestart || packet.format != self.format {
            self.decoder = try? self.formats[packet.format].makeDecoder()
            self.format = packet.format
            self.end = position
        }
        guard let decoder = self.decoder else {
            self.undecodable += 1
            return
        }
        let gap = position - self.end
        if gap > 0, gap <= Self.bridge, let last = self.scratch.last {
            self.scratch.removeAll(keepingCapacity: true)
            self.scratch.append(contentsOf: repeatElement(last, count: Int(gap)))
            self.lay(at: self.end, span, &samples)
        } else if conceals, gap > 0, isLost(self.end..<position) {
            self.scratch.removeAll(keepingCapacity: true)
            decoder.conceal(Int(min(gap, Self.longestLoss)), into: &self.scratch)
            self.lay(at: self.end, span, &samples)
        }
        self.scratch.removeAll(keepingCapacity: true)
        let bytes = self.bytes
        do throws(AudioError) {
            try decoder.decode(bytes.span.extracting(packet.payload), into: &self.scratch)
        } catch {
            self.undecodable += 1
            return
        }
        self.lay(at: position, span, &samples)
        self.end = position + Int64(self.scratch.count)
    }

    /// Lays what was decoded over the samples of a span, and keeps what belongs behind it.
    private mutating func lay(at position: Int64, _ span: Range<Int64>, _ samples: inout [Int16]) {
        let first = samples.count - span.count
        for index in self.scratch.indices {
            let place = position + Int64(index)
            if place >= span.upperBound {
                if self.rest.isEmpty { self.restPosition = place }
                // What overlaps what is kept covers it, as it does in the span.
                let offset = Int(place - self.restPosition)
                if offset < self.rest.count {
                    if offset >= 0 { self.rest[offset] = self.scratch[index] }
                } else {
                    self.rest.append(contentsOf: repeatElement(0, count: offset - self.rest.count))
                    self.rest.append(self.scratch[index])
                }
            } else if place >= span.lowerBound {
                samples[first + Int(place - span.lowerBound)] = self.scratch[index]
            }
        }
    }

    /// Gives the room of payloads back that were decoded.
    private mutating func compact() {
        let start = self.packets.lazy.map(\.payload.lowerBound).min() ?? 0
        guard start > 0 else { return }
        self.bytes.removeFirst(start)
        for index in self.packets.indices {
            let payload = self.packets[index].payload
            self.packets[index].payload = payload.lowerBound - start..<payload.upperBound - start
        }
    }
}
