import CallAudio
import CaptureJournal

/// When each party of a recording is to be played what. A value without a clock.
struct RecordingPromptSchedule: Sendable {
    /// What one party has before it.
    struct Party: Sendable {
        let leg: LegID
        /// Whether the announcement has not been played to its end.
        var awaitsAnnouncement: Bool
        /// When the next beep is due; nil where the party hears none.
        var nextBeep: MonotonicTime?
    }

    let plan: PromptPlan
    var parties: [Party]
    private let began: MonotonicTime

    /// A party that says nothing is taken to be there so long after the beginning.
    static let patience = Duration.seconds(2)

    init(_ plan: PromptPlan, at now: MonotonicTime) {
        (self.plan, self.began) = (plan, now)
        let announced = plan.announcement?.legs ?? []
        let beeped = plan.beep?.legs ?? []
        self.parties = Set(announced + beeped).sorted().map { leg in
            Party(
                leg: leg, awaitsAnnouncement: announced.contains(leg), nextBeep: beeped.contains(leg) ? now : nil)
        }
    }

    /// What is to be played to a party now; nil where nothing is.
    ///
    /// - Parameter isThere: whether media of the party has arrived. Before that it may still hear the other party
    ///   directly, and not this media server.
    func next(
        for party: Party, isThere: Bool, in number: RecordingNumber, at now: MonotonicTime
    ) -> PromptPlayer? {
        let mayBeThere = isThere || now - self.began >= Self.patience
        if party.awaitsAnnouncement, let announcement = self.plan.announcement {
            // Who asks for consent must know that somebody listens.
            guard self.plan.asksConsent ? isThere : mayBeThere else { return nil }
            return PromptPlayer(
                PromptProgram([announcement.clip], replacesTalk: true), for: .announcement(number), at: now)
        }
        guard mayBeThere, let due = party.nextBeep, now >= due, let beep = self.plan.beep else { return nil }
        return PromptPlayer(PromptProgram([beep.clip], replacesTalk: false), for: .beep(number), at: now)
    }

    /// Takes what became of a prompt.
    mutating func ended(_ player: PromptPlayer, of leg: LegID, at now: MonotonicTime) {
        guard let index = self.parties.firstIndex(where: { $0.leg == leg }) else { return }
        switch player.purpose {
        // One that was broken off begins again as soon as the party is back.
        case .announcement: if player.end == .complete { self.parties[index].awaitsAnnouncement = false }
        case .beep: self.parties[index].nextBeep = now + max(self.plan.silence, .milliseconds(100))
        case .dialog: break
        }
    }

    /// What the journal says of a prompt that is over.
    func record(of player: PromptPlayer, at now: MonotonicTime) -> PromptRecord? {
        let part: PromptPlan.Part?
        let kind: PromptRecord.Kind
        switch player.purpose {
        case .announcement: (part, kind) = (self.plan.announcement, self.plan.asksConsent ? .consent : .announcement)
        case .beep: (part, kind) = (self.plan.beep, .beep)
        case .dialog: return nil
        }
        guard let part, let began = player.began, let end = player.end else { return nil }
        return PromptRecord(
            kind: kind, end: end, elapsed: UInt32(clamping: (now - began).nanoseconds / 125_000),
            played: UInt32(clamping: player.played), whole: UInt32(clamping: part.clip.samples.count),
            name: part.name)
    }
}
