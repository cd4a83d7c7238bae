import CallAudio
import CallCore
import CallRecordingTesting
import RTP

@testable import MediaControlPlatform

/// A packet on its way, with what is known of it that no recorder knows.
struct ReferencePacket {
    enum Fate { case arrives, isLost, isLate }

    var bytes: [UInt8]
    /// What is heard of it, as it was coded; empty where it is no sound.
    var payload: [UInt8]
    var law: G711
    /// Where its first sample belongs in the recording, by the clock on the wall.
    var position: Int
    var arrival: Int
    var fate = Fate.arrives
    var isRepeated = false

    var span: Range<Int> { self.position..<self.position + self.payload.count }
}

/// A party that says its reference signal: what it sends, packet by packet, without a network.
struct ReferenceParty {
    let signal: ReferenceSignal
    var law = G711.muLaw
    var payloadType: UInt8 = 0
    /// - Unit: samples.
    var packetCount = 160
    var ssrc: UInt32
    var sequenceNumber: UInt16 = 65_500
    var timestamp: UInt32 = 0xFFFF_8000
    /// By how many millionths its seconds are longer than ours.
    var skew = 0
    /// What passed on its own clock since the recording began.
    ///
    /// - Unit: samples.
    private(set) var clock = 0
    private(set) var packets: [ReferencePacket] = []

    init(seed: UInt64) { (self.signal, self.ssrc) = (ReferenceSignal(seed: seed), UInt32(seed)) }

    /// Where a moment of its clock is in the recording.
    func position(_ clock: Int) -> Int { clock + clock * self.skew / 1_000_000 }

    /// Speaks for so many milliseconds.
    mutating func speak(_ milliseconds: Int) {
        let end = self.clock + 8 * milliseconds
        while self.clock < end {
            let samples = self.signal.samples(self.clock..<self.clock + self.packetCount)
            self.send(samples.map(self.law.encode), self.payloadType, isSound: true)
            self.pass(self.packetCount)
        }
    }

    /// Is silent, and sends nothing.
    ///
    /// - Parameter isCounting: whether its timestamps go on.
    mutating func rest(_ milliseconds: Int, isCounting: Bool = true) {
        self.pass(8 * milliseconds)
        if !isCounting { self.timestamp &-= UInt32(8 * milliseconds) }
    }

    /// Is silent, and says every 100 ms how the silence sounds.
    mutating func hush(_ milliseconds: Int, level: UInt8) {
        for _ in 0..<milliseconds / 100 {
            self.send([level], 13, isSound: false)
            self.pass(800)
        }
    }

    /// Presses a key for 100 ms.
    mutating func press() {
        let start = self.timestamp
        for number in 1...5 {
            self.timestamp = start
            self.send([5, 10, 0, UInt8(number * 160 / 8)], 101, isSound: false)
            self.pass(160)
            self.timestamp = start &+ UInt32(number * 160)
        }
    }

    private mutating func pass(_ count: Int) {
        self.clock += count
        self.timestamp &+= UInt32(count)
    }

    private mutating func send(_ payload: [UInt8], _ payloadType: UInt8, isSound: Bool) {
        let header = RTPHeader(
            payloadType: payloadType, marker: false, sequenceNumber: self.sequenceNumber, timestamp: self.timestamp,
            ssrc: self.ssrc)
        let length = isSound ? payload.count : 160
        self.packets.append(
            ReferencePacket(
                bytes: header.encoded(payload: payload.span), payload: isSound ? payload : [], law: self.law,
                position: self.position(self.clock), arrival: self.position(self.clock + length)))
        self.sequenceNumber &+= 1
    }
}

/// What a network does to packets; the same seed does the same. The first and the last are spared, since nobody could
/// know of them.
struct ReferenceNetwork {
    var random: TokenGenerator

    init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    private mutating func chance(_ percent: UInt64) -> Bool { self.random.next() % 100 < percent }

    mutating func lose(_ percent: UInt64, of packets: inout [ReferencePacket], burst: Int = 1) {
        var left = 0
        for index in packets.indices.dropFirst().dropLast() {
            if left == 0, self.chance(percent) { left = burst }
            guard left > 0 else { continue }
            left -= 1
            packets[index].fate = .isLost
        }
    }

    /// Delays packets by chance. Every fourth comes at once, which shows a recorder where all belong.
    mutating func delay(_ percent: UInt64, upTo most: UInt64, of packets: inout [ReferencePacket]) {
        for index in packets.indices where index % 4 != 0 && self.chance(percent) {
            packets[index].arrival += Int(self.random.next() % most)
        }
    }

    /// Delays packets so much that their place is gone.
    mutating func keepBack(_ percent: UInt64, of packets: inout [ReferencePacket]) {
        for index in packets.indices.dropFirst().dropLast(100) where self.chance(percent) {
            packets[index].arrival += 16_000
            packets[index].fate = .isLate
        }
    }

    /// Holds up everything that would arrive in a span, and lets it go at its end.
    mutating func hold(_ span: Range<Int>, of packets: inout [ReferencePacket]) {
        for index in packets.indices where span.contains(packets[index].arrival) {
            packets[index].arrival = span.upperBound
        }
    }

    mutating func duplicate(_ percent: UInt64, of packets: inout [ReferencePacket]) {
        for index in packets.indices where packets[index].fate == .arrives && self.chance(percent) {
            packets[index].isRepeated = true
        }
    }
}
