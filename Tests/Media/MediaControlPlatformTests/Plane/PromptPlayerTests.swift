import CallAudio
import CallCore
import Testing

@testable import MediaControlPlatform

@Suite struct PromptPlayerTests {
    private static let clip = SoundClip(samples: (1...5).map { Int16($0 * 1_000) })

    private func player(
        _ clips: [SoundClip] = [Self.clip], iterations: Int? = 1, interval: Duration = .zero, longest: Duration? = nil
    ) -> PromptPlayer {
        let program = PromptProgram(
            clips, iterations: iterations, interval: interval, longest: longest, replacesTalk: true)
        return PromptPlayer(program, for: .dialog(PromptNumber(rawValue: 1)), at: .zero)
    }

    /// The next samples, decoded again.
    private func next(_ count: Int, of player: inout PromptPlayer) -> [Int] {
        var codes: [UInt8] = []
        player.append(count, law: .muLaw, to: &codes)
        return codes.map { (Int(G711.muLaw.decode($0)) + 500) / 1_000 }
    }

    @Test func `samples come in order, however they are cut into packets, and silence follows`() {
        var player = self.player()
        #expect(self.next(2, of: &player) == [1, 2])
        #expect(player.end == nil)
        #expect(self.next(5, of: &player) == [3, 4, 5, 0, 0])
        #expect(player.end == .complete)
        #expect(player.played == 5)
    }

    @Test func `sounds follow each other, again and again, with silence between the turns`() {
        var player = self.player(
            [Self.clip, SoundClip(samples: []), SoundClip(samples: [9_000])], iterations: 2,
            interval: .microseconds(250))
        #expect(self.next(16, of: &player) == [1, 2, 3, 4, 5, 9, 0, 0, 1, 2, 3, 4, 5, 9, 0, 0])
        #expect(player.end == .complete)
        #expect(player.played == 14)
    }

    @Test func `what goes on for ever ends after its longest time`() {
        var player = self.player(iterations: nil, longest: .milliseconds(1))
        #expect(self.next(9, of: &player) == [1, 2, 3, 4, 5, 1, 2, 3, 0])
        #expect(player.end == .longest)
        #expect(player.played == 8)
    }

    @Test func `nothing to play is over at once`() {
        #expect(self.player([]).end == .complete)
        #expect(self.player(iterations: 0).end == .complete)
        #expect(self.player(longest: .zero).end == .longest)
    }

    @Test(arguments: [G711.muLaw, .aLaw])
    func `it is added to what is there, and does not turn over at the loudest`(law: G711) {
        let clip = SoundClip(samples: [8_000, -8_000, 32_000, -32_000])
        var player = self.player([clip])
        var codes = [1_000, 1_000, 32_000, -32_000, 4_000].map { law.encode($0) }
        var span = codes.mutableSpan
        player.mix(into: &span, 0..<5, law: law)
        let heard = codes.map { Int(law.decode($0)) }
        for (one, other) in zip(heard, [9_000, -7_000, 32_124, -32_124, 4_000]) {
            #expect(abs(one - other) <= 520)
        }
        #expect(player.end == .complete)
    }

    @Test func `what the journal says of a prompt is read again, and damage is no prompt`() {
        let record = PromptRecord(
            kind: .consent, end: .held, elapsed: 1_601, played: 1_600, whole: 40_000, name: "file:größer.wav")
        let bytes = record.encoded()
        #expect(PromptRecord(parsing: bytes.span) == record)
        for count in 0..<14 {
            let cut = Array(bytes.prefix(count))
            #expect(PromptRecord(parsing: cut.span) == nil)
        }
        var other = bytes
        other[0] = 3
        #expect(PromptRecord(parsing: other.span) == nil)
    }
}
