import CallCore
import RTP
import Testing

@testable import MediaControlPlatform

@Suite struct `From where media is taken` {
    private var latch = SourceLatch()
    private let agreed = Endpoint(ipv4: 0x0A00_0001, port: 4_000)
    private let other = Endpoint(ipv4: 0x0A00_0002, port: 4_000)

    init() { self.latch.agree(on: self.agreed) }

    private mutating func hear(_ source: Endpoint, _ milliseconds: Int) -> Bool {
        let time = MonotonicTime.zero + .milliseconds(milliseconds)
        guard self.latch.accepts(source, at: time) else { return false }
        self.latch.latch(source, at: time)
        return true
    }

    @Test mutating func `the first that sends is heard, and nobody else while it is alive`() {
        #expect(self.hear(self.other, 0) == true)
        #expect(self.hear(Endpoint(ipv4: 0x0A00_0003, port: 1), 1) == false)
        #expect(self.hear(self.other, 20) == true)
        #expect(self.latch.latched == self.other)
    }

    @Test mutating func `the address that was agreed upon takes the place of the one that was seen first`() {
        _ = self.hear(self.other, 0)
        #expect(self.hear(self.agreed, 10) == true)
        #expect(self.hear(self.other, 20) == false)
        #expect(self.hear(self.other, 60_000) == false)
    }

    @Test mutating func `another port of the same address is heard after two seconds of silence, not before`() {
        _ = self.hear(self.other, 0)
        #expect(self.hear(self.other.withPort(5), 1_999) == false)
        #expect(self.hear(self.other.withPort(5), 2_000) == true)
        #expect(self.hear(self.other, 2_020) == false)
    }

    @Test mutating func `another address is never heard, however long the party is silent`() {
        _ = self.hear(self.other, 0)
        #expect(self.hear(Endpoint(ipv4: 0x0A00_0003, port: 4_000), 3_600_000) == false)
    }

    @Test mutating func `an agreement on another address begins anew, the same one does not`() {
        _ = self.hear(self.other, 0)
        self.latch.agree(on: self.agreed)
        #expect(self.hear(Endpoint(ipv4: 0x0A00_0003, port: 1), 10) == false)
        self.latch.agree(on: Endpoint(ipv4: 0x0A00_0004, port: 1))
        #expect(self.hear(Endpoint(ipv4: 0x0A00_0003, port: 1), 20) == true)
    }
}
