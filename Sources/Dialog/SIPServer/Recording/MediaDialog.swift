internal import RecordingControl

/// The conversation with the media server about one recorded call: both legs, the recorder, and the media of both
/// parties.
///
/// One flow for every trigger: a leg a party is set up (1), the recorder is made (2), each party's media is moved into
/// the media server by an offer that comes from there (3), the recorder is controlled (4), and the end of the legs is
/// the end of the recording (5). Whatever fails, the call goes on: parties who were moved are moved back.
///
/// - Source: GIR Solution Guide, "How Recording Works", Overview, steps 2 to 4; RFC 3725 §4.1, flow I, for step 3.
struct MediaDialog: StateMachine {
    /// One of the two parties, and its leg at the media server. The calling party is `a`, channel 0 of the recording.
    enum Side: String, Hashable, Sendable, CaseIterable {
        case a, b

        var other: Side { self == .a ? .b : .a }
    }

    /// What the media server is told in an INFO.
    enum Instruction: Hashable, Sendable {
        /// createconference with a recorder, and both connections joined to it.
        case create(a: String, b: String)
        /// modifyconference with a recorder that starts again.
        case start
        /// modifyconference with a recorder that pauses.
        case pause
        /// modifyconference with a recorder that goes on.
        case resume
        /// modifyconference with a recorder that stops.
        case stop
    }

    enum Timer: Hashable, Sendable {
        /// The legs must stand.
        case setUp
        /// An instruction must be answered.
        case instruction(Int)
        /// Both parties must have been moved.
        case move
    }

    /// What can happen. Session descriptions are passed on as they are.
    enum Event: Hashable, Sendable {
        /// Begin; with the descriptions that the parties last gave.
        case start(a: [UInt8], b: [UInt8])
        case startAgain, pause, resume, stop
        /// The call is over.
        case hangUp

        /// The media server accepted a leg; `connection` is its tag, the name of the leg in MSML.
        case legAnswered(Side, connection: String)
        case legRefused(Side, reason: String)
        /// The media server can do nothing of what the description has.
        case legUnacceptable(Side, reason: String)
        /// The media server ended a leg, or it broke.
        case legEnded(Side, reason: String)
        /// The media server's offer, which was asked for.
        case legOffered(Side, [UInt8])
        /// The media server's answer to an offer of the party.
        case legAccepted(Side, [UInt8])
        case legOfferRefused(Side, status: Int)
        case instructionAnswered(Int, refusal: String?)

        /// The party's answer to the media server's offer.
        case partyAnswered(Side, [UInt8])
        case partyRefused(Side, status: Int)
        /// The party wants its media elsewhere, on hold, or asks for an offer (nil).
        case partyOffered(Side, [UInt8]?)
        /// The party took its offer back.
        case partyWithdrew(Side)

        case timerFired(Timer)
    }

    enum Effect: Hashable, Sendable {
        case inviteLeg(Side, [UInt8])
        /// The same with what every phone and every media server can do, at the place of the description.
        case inviteLegPlainly(Side, [UInt8])
        /// Re-INVITE without a description.
        case askLeg(Side)
        /// ACK with the party's answer.
        case answerLeg(Side, [UInt8])
        /// Re-INVITE with the party's offer.
        case offerLeg(Side, [UInt8])
        case endLeg(Side)
        /// INFO, always on leg `a`.
        case instruct(Instruction, token: Int)

        case offerParty(Side, [UInt8])
        case answerParty(Side, [UInt8])
        case refuseParty(Side, status: Int)

        case setTimer(Timer, after: Duration)
        case report(RecorderReport)
    }

    enum Phase: Hashable, Sendable {
        case idle, inviting, instructing, moving, connected, restoring, ended
    }

    /// Where a party's media is.
    enum Place: Hashable, Sendable {
        /// It goes to the other party.
        case direct
        /// The media server was asked for an offer.
        case asked
        /// The party was given the media server's offer.
        case offered
        /// It goes to the media server.
        case moved
        /// It goes to the media server, which was given a new offer of the party.
        case renegotiating
        /// It goes to the media server, which was asked for an offer because the party asked for one.
        case lending
        /// The party was given the other party's description again.
        case returning
    }

    struct Leg: Hashable, Sendable {
        /// What the party last gave.
        var description: [UInt8] = []
        /// The media server's name of the leg; nil until it accepted.
        var connection: String?
        var isAlive = false
        /// Whether the leg was invited a second time, with what everybody can do.
        var isPlain = false
        var place = Place.direct
        /// What the party offers, until the media server has accepted it.
        var offer: [UInt8]?
    }

    /// How long to wait for the media server and the phones.
    struct Patience: Hashable, Sendable {
        var setUp = Duration.seconds(10)
        var instruction = Duration.seconds(5)
        var move = Duration.seconds(10)
    }

    struct Pending: Hashable, Sendable {
        var token: Int
        var instruction: Instruction
    }

    var patience = Patience()
    var phase = Phase.idle
    var legs: [Side: Leg] = [.a: Leg(), .b: Leg()]
    /// A stop that came while media was being moved.
    var stopWanted = false
    /// Whether anybody was told that a recording began.
    var hasStarted = false
    /// What the media server was told and has not yet answered.
    var inFlight: Pending?
    /// What it did not answer in time; nil as soon as it was told something else.
    var overdue: Pending?
    var waiting: [Instruction] = []
    var lastToken = 0

    /// Whether offers of the parties concern this dialog rather than the other party.
    var hasMedia: Bool { self.phase != .idle && self.phase != .ended }

    mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .start(let a, let b): self.start(a: a, b: b)
        case .startAgain: self.instruct(.start)
        case .pause: self.instruct(.pause)
        case .resume: self.instruct(.resume)
        case .stop: self.stop()
        case .hangUp: self.hangUp()
        case .legAnswered(let side, let connection): self.legAnswered(side, connection)
        case .legRefused(let side, let reason), .legEnded(let side, let reason): self.legEnded(side, reason)
        case .legUnacceptable(let side, let reason): self.legUnacceptable(side, reason)
        case .legOffered(let side, let description): self.legOffered(side, description)
        case .legAccepted(let side, let description): self.legAccepted(side, description)
        case .legOfferRefused(let side, let status): self.legOfferRefused(side, status)
        case .instructionAnswered(let token, let refusal): self.instructionAnswered(token, refusal)
        case .partyAnswered(let side, let description): self.partyAnswered(side, description)
        case .partyRefused(let side, let status): self.partyRefused(side, status)
        case .partyOffered(let side, let description): self.partyOffered(side, description)
        case .partyWithdrew(let side): self.partyWithdrew(side)
        case .timerFired(let timer): self.timerFired(timer)
        }
    }

    private mutating func timerFired(_ timer: Timer) -> [Effect] {
        switch timer {
        case .setUp: self.phase == .inviting ? self.fail("the media server did not answer") : []
        case .move: self.phase == .moving ? self.fail("the parties could not be moved in time") : []
        case .instruction(let token): self.instructionTimedOut(token)
        }
    }

    subscript(side: Side) -> Leg {
        get { self.legs[side] ?? Leg() }
        set { self.legs[side] = newValue }
    }
}
