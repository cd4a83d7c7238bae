import CallCore
import RTP
import Testing

@testable import MediaControlPlatform

@Suite struct `Protected legs` {
    private static let keys: MediaProtection = {
        var tokens = TokenGenerator(seed: 4_568)
        return MediaProtection(
            sent: SRTPKey(suite: .aes128GCM, using: &tokens), received: SRTPKey(suite: .aes128GCM, using: &tokens))
    }()

    private var scene = BridgeScene()

    private mutating func agree(_ protection: MediaProtection?) -> [MediaPlaneReport] {
        self.scene.plane.turn([
            .setRemote(
                BridgeScene.callerLeg,
                LegMedia(remote: self.scene.caller.address, sent: BridgeScene.both, protection: protection))
        ])
    }

    @Test mutating func `a leg's keys go to its port, and are taken away when nothing is protected any more`() {
        #expect(self.agree(Self.keys).isEmpty)
        #expect(self.scene.media.protection(of: 0) == Self.keys)
        #expect(self.scene.media.protection(of: 1) == nil)
        #expect(self.agree(nil).isEmpty)
        #expect(self.scene.media.protection(of: 0) == nil)
    }

    @Test mutating func `a leg that cannot be protected sends and takes nothing until something else is agreed`() {
        self.scene.callerSays(1, at: 20)
        self.scene.agentSays(2, at: 40)
        self.scene.media.forgetSent()
        self.scene.media.refuseProtection(TransportError(.failed, "no such suite"))
        #expect(self.agree(Self.keys) == [.protectionFailed(BridgeScene.callerLeg, "no such suite")])
        self.scene.callerSays(3, at: 60)
        self.scene.agentSays(4, at: 80)
        #expect(self.scene.media.sent.isEmpty)
        #expect(self.agree(nil).isEmpty)
        self.scene.callerSays(5, at: 100)
        self.scene.agentSays(6, at: 120)
        #expect(self.scene.media.sent.map { $0.payload.first } == [5, 6])
    }

    @Test mutating func `what fails its check at the port is counted as refused`() throws {
        self.scene.media.drop(30, at: 0)
        let counts = self.scene.counts(of: BridgeScene.callerLeg)
        #expect(counts?.packetsRefused == 30)
    }

    /// - Source: RFC 4568 §6.4: SEQ in the range of 0 to 2¹⁵ - 1.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `the numbers of a stream begin in their lower half`(seed: UInt64) {
        var tokens = TokenGenerator(seed: seed)
        var stream = OutgoingStream(tokens: &tokens)
        let header = stream.header(
            for: RTPHeader(payloadType: 0, sequenceNumber: 65_000, timestamp: 0, ssrc: 1), of: LegID(rawValue: 1),
            payloadType: 0, codec: .muLaw, at: .zero)
        #expect(header.sequenceNumber < 0x8000)
    }
}
