import CallRecordingSRTP
import RTP
import TestSupport
import Testing

@Suite struct `Protected streams` {
    @Test(arguments: SRTPSuite.allCases)
    func `what was protected is taken, RTP and RTCP, over the wrap of numbers`(suite: SRTPSuite) throws {
        let sending = try SRTPStream(.sending, key(suite))
        let receiving = try SRTPStream(.receiving, key(suite))
        for number in stride(from: 20_000, to: 150_000, by: 101) {
            let packet = speech(number)
            let protected = try sending.protected(packet)
            #expect(protected.count == packet.count + suite.trailerByteCount(isControl: false))
            #expect(protected[12..<40] != packet[12..<40])
            #expect(try receiving.unprotected(protected) == packet)
        }
        #expect(receiving.rolloverCounter(of: 7) == 2)
        for _ in 0..<100 {
            let protected = try sending.protected(report, isControl: true)
            #expect(protected.count == report.count + suite.trailerByteCount(isControl: true))
            #expect(try receiving.unprotected(protected, isControl: true) == report)
        }
        #expect(receiving.refusals.total == 0)
    }

    @Test func `packets of every shape are taken as they were`() throws {
        var tokens = TokenGenerator(seed: 3_711)
        let sending = try SRTPStream(.sending, key())
        let receiving = try SRTPStream(.receiving, key())
        for number in 0..<1_000 {
            let header = RTPHeader(
                payloadType: 8, sequenceNumber: UInt16(number), timestamp: UInt32(number), ssrc: 9)
            let parts = RTPHeader.Parts(
                contributingSources: (0..<Int.random(in: 0...15, using: &tokens)).map { UInt32($0) },
                headerExtension: Bool.random(using: &tokens)
                    ? RTPHeaderExtension([.init(id: 1, data: [1, 2, 3])]) : nil,
                paddingCount: UInt8.random(in: 0...20, using: &tokens))
            let payload = (0..<Int.random(in: 0...400, using: &tokens)).map { UInt8(truncatingIfNeeded: $0) }
            let packet = header.encoded(payload: payload.span, with: parts)
            #expect(try receiving.unprotected(try sending.protected(packet)) == packet)
        }
    }

    @Test(arguments: SRTPSuite.allCases)
    func `a packet of which one bit was changed is refused, wherever the bit is`(suite: SRTPSuite) throws {
        let protected = try SRTPStream(.sending, key(suite)).protected(speech(1, count: 20))
        let control = try SRTPStream(.sending, key(suite)).protected(report, isControl: true)
        let receiving = try SRTPStream(.receiving, key(suite))
        for bit in 0..<protected.count * 8 {
            var changed = protected
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SRTPError.self) { try receiving.unprotected(changed) }
        }
        for bit in 0..<control.count * 8 {
            var changed = control
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SRTPError.self) { try receiving.unprotected(changed, isControl: true) }
        }
        #expect(receiving.refusals.total == (protected.count + control.count) * 8)
        #expect(receiving.refusals.replayed == 0)
        #expect(try receiving.unprotected(protected) == speech(1, count: 20))
        #expect(try receiving.unprotected(control, isControl: true) == report)
    }

    @Test func `a packet that comes again is refused and counted`() throws {
        let sending = try SRTPStream(.sending, key())
        let receiving = try SRTPStream(.receiving, key())
        let packets = try (0..<300).map { try sending.protected(speech($0)) }
        for packet in packets { _ = try receiving.unprotected(packet) }
        for packet in packets { #expect(throws: SRTPError(.replayed)) { try receiving.unprotected(packet) } }
        let control = try sending.protected(report, isControl: true)
        _ = try receiving.unprotected(control, isControl: true)
        #expect(throws: SRTPError(.replayed)) { try receiving.unprotected(control, isControl: true) }
        #expect(receiving.refusals.replayed == 301)
    }

    @Test func `packets that were overtaken are taken`() throws {
        let sending = try SRTPStream(.sending, key())
        let receiving = try SRTPStream(.receiving, key())
        let packets = try (65_500..<65_600).map { try sending.protected(speech($0)) }
        // The first says where numbers begin; the wrap lies among those that come the wrong way round.
        for index in [0] + (1..<100).reversed() {
            #expect(try receiving.unprotected(packets[index]) == speech(65_500 + index))
        }
    }

    @Test func `another key, and another suite, take nothing`() throws {
        let protected = try SRTPStream(.sending, key()).protected(speech(1))
        for other in [key(seed: 2), key(.aes256CounterSHA1Tag80), key(.aes128GCM)] {
            let receiving = try SRTPStream(.receiving, other)
            #expect(throws: SRTPError(.unauthentic)) { try receiving.unprotected(protected) }
            #expect(receiving.refusals.unauthentic == 1)
        }
    }

    @Test func `media that is not protected is refused`() throws {
        let receiving = try SRTPStream(.receiving, key())
        #expect(throws: SRTPError(.unauthentic)) { try receiving.unprotected(speech(1)) }
    }

    @Test func `a number is not used twice for sending`() throws {
        let sending = try SRTPStream(.sending, key())
        _ = try sending.protected(speech(1))
        #expect(throws: SRTPError(.replayed)) { try sending.protected(speech(1)) }
    }

    @Test func `a key that has lived its life protects no more, and is taken no more`() throws {
        let sending = try SRTPStream(.sending, key(lifetime: 3))
        let receiving = try SRTPStream(.receiving, key(lifetime: 2))
        let packets = try (0..<3).map { try sending.protected(speech($0)) }
        #expect(throws: SRTPError(.expired)) { try sending.protected(speech(3)) }
        for packet in packets.prefix(2) { _ = try receiving.unprotected(packet) }
        #expect(throws: SRTPError(.expired)) { try receiving.unprotected(packets[2]) }
        // RTCP has a life of its own.
        _ = try receiving.unprotected(try sending.protected(report, isControl: true), isControl: true)
    }

    @Test(arguments: SRTPSuite.allCases)
    func `a key with an identifier names itself in each packet`(suite: SRTPSuite) throws {
        let secret = (0..<suite.keyByteCount + suite.saltByteCount).map { UInt8($0) }
        let named = try #require(SRTPKey(suite: suite, keyAndSalt: secret, identifier: [0, 0, 1, 9]))
        let sending = try SRTPStream(.sending, named)
        let receiving = try SRTPStream(.receiving, named)
        for number in 0..<50 {
            let protected = try sending.protected(speech(number))
            #expect(protected.count == speech(number).count + suite.trailerByteCount(isControl: false) + 4)
            #expect(try receiving.unprotected(protected) == speech(number))
        }
        let control = try sending.protected(report, isControl: true)
        #expect(try receiving.unprotected(control, isControl: true) == report)
        let other = try #require(SRTPKey(suite: suite, keyAndSalt: secret, identifier: [0, 0, 1, 8]))
        let stranger = try SRTPStream(.receiving, other)
        #expect(throws: SRTPError(.unauthentic)) { try stranger.unprotected(try sending.protected(speech(60))) }
    }

    @Test func `several sources share a key, and no more than a stream can keep`() throws {
        let sending = try SRTPStream(.sending, key())
        let receiving = try SRTPStream(.receiving, key())
        for source in 0..<UInt32(SRTPStream.maximumSourceCount) {
            let packet = speech(5, ssrc: source)
            #expect(try receiving.unprotected(try sending.protected(packet)) == packet)
        }
        #expect(throws: SRTPError(.failed)) { try sending.protected(speech(5, ssrc: 1_000)) }
        receiving.leave(0)
        #expect(receiving.rolloverCounter(of: 0) == nil)
        #expect(receiving.join(2_000, rolloverCounter: 3))
        #expect(!receiving.join(2_000, rolloverCounter: 3))
        #expect(!receiving.join(2_001, rolloverCounter: 3))
    }

    @Test func `where there is no room for what protects it nothing is changed`() throws {
        let sending = try SRTPStream(.sending, key())
        let packet = speech(1)
        #expect(throws: SRTPError(.noRoom)) { try sending.protected(packet, room: 9) }
        _ = try sending.protected(packet)
    }

    @Test func `no bytes whatever trap or are taken`() throws {
        var mutations = Mutations(seed: 3_711)
        for suite in SRTPSuite.allCases {
            let sending = try SRTPStream(.sending, key(suite))
            let receiving = try SRTPStream(.receiving, key(suite))
            for number in 0..<1_000 {
                let isControl = number % 2 == 0
                let honest =
                    isControl ? try sending.protected(report, isControl: true) : try sending.protected(speech(number))
                let changed = mutations.next(of: honest, inserting: [0, 0x80, 0x90, 0xFF])
                guard changed != honest else { continue }
                #expect(throws: SRTPError.self) { try receiving.unprotected(changed, isControl: isControl) }
            }
            for count in 0..<60 {
                for first in [0x80, 0x9F, 0xBF] as [UInt8] {
                    let junk = (0..<count).map { $0 == 0 ? first : UInt8(truncatingIfNeeded: $0 &* 197) }
                    #expect(throws: SRTPError.self) { try receiving.unprotected(junk) }
                    #expect(throws: SRTPError.self) { try receiving.unprotected(junk, isControl: true) }
                    _ = try? sending.protected(junk)
                    _ = try? sending.protected(junk, isControl: true)
                }
            }
        }
    }
}
