/// Both sides' descriptions in one dialog, and whose turn it is.
///
/// Knows what must not change from one exchange to the next: the originator, whose version grows only with a change,
/// the places of media, and what a payload type stands for. That offers do not cross is for SIP to see to.
///
/// - Source: RFC 3264 §4, §8.
public struct OfferAnswer: Hashable, Sendable {
    /// Whose turn it is.
    public enum State: Hashable, Sendable {
        /// No offer is open: either side may make one.
        case stable
        /// This side's offer waits for its answer.
        case offeredLocally
        /// The other side's offer waits for its answer.
        case offeredRemotely
    }

    /// Whose turn it is.
    public private(set) var state = State.stable
    /// What this side has said in the last exchange that succeeded; nil before the first.
    public private(set) var local: SessionDescription?
    /// What the other side has said in it.
    public private(set) var remote: SessionDescription?
    /// What was agreed in it, one for each medium; nil where one was refused or is over.
    public private(set) var agreements: [MediaAgreement?] = []
    /// The offer that is open.
    private var open: SessionDescription?
    /// What this side has said last, also in an offer that was refused.
    private var said: SessionDescription?
    private var origin: SDPOrigin
    /// What each payload type stands for, for each medium.
    private var payloadTypes: [PayloadTypes] = []

    /// Begins a dialog.
    ///
    /// - Parameter origin: who this side is, with the version of its first description.
    public init(origin: SDPOrigin) { self.origin = origin }
}

extension OfferAnswer {
    /// Makes an offer.
    ///
    /// - Parameter proposals: what each medium is to be; nil, missing, or without codecs where a medium is to end. A place
    ///   that has been given up may be used again, and new ones come at the end.
    /// - Returns: what to send; the description of before where nothing changes.
    /// - Source: RFC 3264 §5, §8.
    /// - Throws: where an offer is open.
    public mutating func offer(_ proposals: [MediaProposal?]) throws(OfferAnswerError) -> SessionDescription {
        guard self.state == .stable else { throw OfferAnswerError(.notNow) }
        let former = self.local?.media ?? []
        var media: [(MediaDescription, SDPConnection?)] = []
        for index in 0..<max(former.count, proposals.count) {
            guard index < proposals.count, var proposal = proposals[index], !proposal.codecs.isEmpty else {
                if index < former.count { media.append((former[index].refused, nil)) }
                continue
            }
            let isRunning = index < former.count && former[index].port != 0
            if isRunning, index < self.payloadTypes.count { self.payloadTypes[index].settle(&proposal.codecs) }
            let wasSecure = isRunning && former[index].carriage == .secure
            media.append((MediaDescription(offering: proposal, wasSecure: wasSecure), proposal.connection))
        }
        let offer = self.say(SessionDescription(origin: self.origin, times: [], media: media))
        (self.state, self.open) = (.offeredLocally, offer)
        return offer
    }

    /// Notes that what this side has said last was offered once more, unchanged, as a session timer does.
    ///
    /// - Throws: where an offer is open, or nothing holds yet.
    public mutating func offerAgain() throws(OfferAnswerError) {
        guard self.state == .stable, let local = self.local else { throw OfferAnswerError(.notNow) }
        (self.state, self.open) = (.offeredLocally, local)
    }

    /// Takes the answer to this side's offer.
    ///
    /// - Throws: where it is none; the offer counts as refused then.
    public mutating func take(answer: SessionDescription) throws(OfferAnswerError) {
        guard self.state == .offeredLocally, let offer = self.open else { throw OfferAnswerError(.notNow) }
        self.rollBack()
        self.agreements = try MediaAgreement.agreements(offer: offer, answer: answer, isOfferer: true)
        self.settle(local: offer, remote: answer)
    }

    /// Takes an offer of the other side.
    ///
    /// - Throws: where an offer is open.
    public mutating func take(offer: SessionDescription) throws(OfferAnswerError) {
        guard self.state == .stable else { throw OfferAnswerError(.notNow) }
        (self.state, self.open) = (.offeredRemotely, offer)
    }

    /// Answers the other side's offer; see ``SessionDescription/answer(_:from:)``.
    ///
    /// - Returns: what to send; the description of before where nothing changes.
    /// - Throws: where there is no offer, or nothing in common; the offer counts as refused then.
    public mutating func answer(_ proposals: [MediaProposal?]) throws(OfferAnswerError) -> SessionDescription {
        guard self.state == .offeredRemotely, let offer = self.open else { throw OfferAnswerError(.notNow) }
        self.rollBack()
        guard let answer = offer.answer(proposals, from: self.origin) else { throw OfferAnswerError(.nothingInCommon) }
        let said = self.say(answer)
        self.agreements = try MediaAgreement.agreements(offer: offer, answer: said, isOfferer: false)
        self.settle(local: said, remote: offer)
        return said
    }

    /// Ends an exchange without an answer: what held before holds on.
    public mutating func rollBack() { (self.state, self.open) = (.stable, nil) }

    private mutating func settle(local: SessionDescription, remote: SessionDescription) {
        (self.local, self.remote) = (local, remote)
        let (mine, its) = (local.media, remote.media)
        self.payloadTypes += Array(repeating: PayloadTypes(), count: max(0, mine.count - self.payloadTypes.count))
        for index in mine.indices {
            if mine[index].port == 0 || its[index].port == 0 {
                self.payloadTypes[index] = PayloadTypes()
            } else {
                self.payloadTypes[index].note(mine[index].codecs)
                self.payloadTypes[index].note(its[index].codecs)
            }
        }
    }

    /// Gives a description the next version, unless it is what was said last.
    private mutating func say(_ description: SessionDescription) -> SessionDescription {
        guard let said = self.said else {
            self.said = description
            return description
        }
        guard said != description else { return said }
        self.origin.version &+= 1
        var next = description
        next.origin = self.origin
        self.said = next
        return next
    }
}
