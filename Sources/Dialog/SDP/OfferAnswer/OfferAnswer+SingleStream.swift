extension OfferAnswer {
    /// Offers a single stream: where it is, else in a place of its kind that was given up, else after all others, which
    /// end.
    ///
    /// - Throws: where an offer is open.
    public mutating func offer(only proposal: MediaProposal) throws(OfferAnswerError) -> SessionDescription {
        let media = self.local?.media ?? []
        let place =
            media.firstIndex { $0.port != 0 && $0.isOf(proposal.media) }
            ?? media.firstIndex { $0.port == 0 && $0.isOf(proposal.media) } ?? media.count
        return try self.offer(Array(repeating: nil, count: place) + [proposal])
    }

    /// Takes an offer and answers it with a single stream; see ``SessionDescription/placing(_:)``.
    ///
    /// - Throws: where an offer is open, or nothing is in common; then the offer counts as refused.
    public mutating func answer(
        _ offer: SessionDescription, only proposal: MediaProposal
    ) throws(OfferAnswerError) -> SessionDescription {
        try self.take(offer: offer)
        return try self.answer(offer.placing(proposal) ?? [])
    }

    /// What was agreed for the single stream; nil where there is none.
    public var agreement: MediaAgreement? { self.agreements.lazy.compactMap { $0 }.first }
}
