import RTP
import TestSupport
import Testing

@Suite struct `Keys of packets` {
    private var tracker = TelephoneEventTracker()
    private var changes: [TelephoneEventTracker.Change] = []

    private mutating func receive(_ event: UInt8, at timestamp: UInt32, _ duration: UInt16, end: Bool = false) {
        let payload = TelephoneEvent(event: event, isEnd: end, duration: duration).encoded()
        self.receive(payload, at: timestamp)
    }

    private mutating func receive(_ payload: [UInt8], at timestamp: UInt32) {
        var changes = self.changes
        self.tracker.receive(payload.span, timestamp: timestamp) { changes.append($0) }
        self.changes = changes
    }

    @Test mutating func `a key begins with its first packet and ends once, though its end comes three times`() {
        for duration in [160, 320, 480] as [UInt16] { self.receive(5, at: 1_000, duration) }
        #expect(self.tracker.event == 5)
        for _ in 0..<3 { self.receive(5, at: 1_000, 640, end: true) }
        #expect(
            self.changes == [
                .began(event: 5, at: 1_000), .ended(event: 5, at: 1_000, duration: 640, isTold: true),
            ])
        #expect(self.tracker.event == nil)
    }

    @Test mutating func `the same key pressed twice is two keys`() {
        self.receive(5, at: 1_000, 640, end: true)
        self.receive(5, at: 3_000, 640, end: true)
        #expect(self.changes.count == 4)
    }

    @Test mutating func `a key of which only the end has come is a key`() {
        self.receive(1, at: 7, 800, end: true)
        #expect(self.changes == [.began(event: 1, at: 7), .ended(event: 1, at: 7, duration: 800, isTold: true)])
    }

    @Test mutating func `a key whose end is lost ends with the next`() {
        self.receive(1, at: 0, 480)
        self.receive(2, at: 4_000, 160)
        #expect(
            self.changes == [
                .began(event: 1, at: 0), .ended(event: 1, at: 0, duration: 480, isTold: false),
                .began(event: 2, at: 4_000),
            ])
    }

    @Test mutating func `a key whose end is lost ends when whoever listens says so, and once`() {
        self.receive(1, at: 0, 480)
        var ends: [TelephoneEventTracker.Change] = []
        for _ in 0..<2 { self.tracker.end { ends.append($0) } }
        #expect(ends == [.ended(event: 1, at: 0, duration: 480, isTold: false)])
        self.receive(1, at: 0, 640, end: true)
        #expect(self.changes == [.began(event: 1, at: 0)])
    }

    @Test mutating func `packets that were overtaken change nothing`() {
        self.receive(1, at: 0, 640, end: true)
        self.receive(1, at: 0, 480)
        self.receive(2, at: 4_000, 160)
        self.receive(1, at: 0, 640, end: true)
        self.receive(2, at: 4_000, 320)
        self.receive(2, at: 4_000, 160)
        self.receive(2, at: 4_000, 320, end: true)
        #expect(
            self.changes == [
                .began(event: 1, at: 0), .ended(event: 1, at: 0, duration: 640, isTold: true),
                .began(event: 2, at: 4_000), .ended(event: 2, at: 4_000, duration: 320, isTold: true),
            ])
    }

    /// - Source: RFC 4733 §2.5.1.3.
    @Test mutating func `a key that is held for longer than a packet can tell is one key, over the wrap of timestamps`()
    {
        let start = UInt32.max - 70_000
        self.receive(9, at: start, 0xFF00)
        for _ in 0..<3 { self.receive(9, at: start, 0xFFFF) }
        self.receive(9, at: start &+ 0xFFFF, 160)
        self.receive(9, at: start, 0xFFFF)
        self.receive(9, at: start &+ 0xFFFF, 0xFFFF)
        for _ in 0..<3 { self.receive(9, at: start &+ 2 * 0xFFFF, 1_000, end: true) }
        #expect(
            self.changes == [
                .began(event: 9, at: start),
                .ended(event: 9, at: start, duration: 2 * 0xFFFF + 1_000, isTold: true),
            ])
    }

    /// - Source: RFC 4733 §2.5.1.5.
    @Test mutating func `several keys in one packet follow each other`() {
        let keys = [(1, 800), (2, 400), (3, 160)] as [(UInt8, UInt16)]
        let payload = keys.flatMap { TelephoneEvent(event: $0.0, isEnd: $0.0 != 3, duration: $0.1).encoded() }
        for _ in 0..<2 { self.receive(payload, at: 100) }
        #expect(
            self.changes == [
                .began(event: 1, at: 100), .ended(event: 1, at: 100, duration: 800, isTold: true),
                .began(event: 2, at: 900), .ended(event: 2, at: 900, duration: 400, isTold: true),
                .began(event: 3, at: 1_300),
            ])
    }

    /// - Source: RFC 4733 §2.3.5.
    @Test mutating func `a key that lasts nothing is ignored, a state that does lasts until another`() {
        self.receive(5, at: 0, 0)
        #expect(self.changes.isEmpty)
        self.receive(66, at: 0, 0)
        self.receive(67, at: 800, 0)
        #expect(
            self.changes == [
                .began(event: 66, at: 0), .ended(event: 66, at: 0, duration: 0, isTold: false),
                .began(event: 67, at: 800),
            ])
    }

    @Test mutating func `timestamps from long ago are a sender that counts anew`() {
        self.receive(1, at: 1_000_000, 160, end: true)
        self.receive(2, at: 5, 160, end: true)
        #expect(self.changes.count == 4)
    }

    @Test func `whatever is lost, doubled and overtaken, no key is told twice, and begins and ends take turns`() {
        for seed in 0..<300 as Range<UInt64> {
            var tokens = TokenGenerator(seed: seed)
            var packets: [(event: UInt8, timestamp: UInt32, duration: UInt16, end: Bool)] = []
            var timestamp = UInt32.random(in: 0...(.max), using: &tokens)
            for _ in 0..<20 {
                let key = UInt8.random(in: 0...15, using: &tokens)
                for step in 1...UInt16.random(in: 2...6, using: &tokens) {
                    packets.append((key, timestamp, 160 * step, false))
                }
                for _ in 0..<3 { packets.append((key, timestamp, 1_120, true)) }
                timestamp &+= 1_120 + UInt32.random(in: 400...9_000, using: &tokens)
            }
            var arriving: [(order: Int, packet: Int)] = []
            for index in packets.indices where Int.random(in: 0..<4, using: &tokens) > 0 {
                for _ in 0...Int.random(in: 0...1, using: &tokens) {
                    arriving.append((index + Int.random(in: 0...2, using: &tokens), index))
                }
            }
            arriving.sort { ($0.order, $0.packet) < ($1.order, $1.packet) }
            var tracker = TelephoneEventTracker()
            var begun: [UInt32] = []
            var isDown = false
            for (_, index) in arriving {
                let packet = packets[index]
                let event = TelephoneEvent(event: packet.event, isEnd: packet.end, duration: packet.duration)
                tracker.receive(event, timestamp: packet.timestamp) { change in
                    switch change {
                    case .began(_, let start):
                        #expect(!isDown)
                        begun.append(start)
                        isDown = true
                    case .ended(_, let start, let duration, _):
                        #expect(isDown && start == begun.last && duration <= 1_120)
                        isDown = false
                    }
                }
            }
            #expect(Set(begun).count == begun.count)
            // A key is at least six packets, of which a quarter is lost: hardly one goes unseen.
            #expect(begun.count >= 18)
        }
    }

    @Test func `no payload traps`() {
        var tokens = TokenGenerator(seed: 4_733)
        var tracker = TelephoneEventTracker()
        for _ in 0..<20_000 {
            let payload = (0..<Int.random(in: 0...17, using: &tokens)).map { _ in
                UInt8.random(in: 0...255, using: &tokens)
            }
            tracker.receive(payload.span, timestamp: UInt32.random(in: 0...(.max), using: &tokens)) { _ in }
        }
    }
}
