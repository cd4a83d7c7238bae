// modules: CallCore SDP
// inputs: 500000
// seeds: Tests/Fixtures/sdp
import CallCore
import SDP

/// Whatever is offered, the answer is one to it, and a machine takes it, answers it, and goes on.
func fuzz(_ bytes: [UInt8]) {
    guard let offer = try? SessionDescription(parsing: bytes.span) else { return }
    let key = SDPCrypto(tag: 1, suite: .aes128CounterSHA1Tag80, keys: [SDPKey(Array(repeating: 7, count: 30))])
    var proposal = MediaProposal(
        at: .loopback(4_000), codecs: [.pcmu, .pcma, AudioCodec("G722", payloadType: 9), .telephoneEvent()],
        security: .offered([key]))
    proposal.multiplexesRTCP = true
    _ = offer.audioTarget
    var exchange = OfferAnswer(origin: SDPOrigin(sessionID: 1, version: 1, address: SDPConnection(.loopback(0))))
    do {
        try exchange.take(offer: offer)
        let answer = try exchange.answer(offer.media.map { _ in proposal })
        expect(answer.media.count == offer.media.count, "Another number of media")
        let agreements = try MediaAgreement.agreements(offer: offer, answer: answer, isOfferer: true)
        for (mine, its) in zip(exchange.agreements, agreements) {
            expect(mine?.sent == its?.received && mine?.received == its?.sent, "No agreement")
        }
        let next = try exchange.offer(only: proposal)
        expect(next.media.count >= offer.media.count, "Media were lost")
        // The offer again, as if it were the answer.
        try? exchange.take(answer: offer)
    } catch {
        expect(error.code == .nothingInCommon, "Refused: \(error)")
    }
    expect(exchange.state == .stable, "An offer stays open")
}
