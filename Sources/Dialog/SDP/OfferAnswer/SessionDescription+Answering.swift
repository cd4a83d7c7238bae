extension SessionDescription {
    /// Answers this offer.
    ///
    /// There is an answer to each medium, in the same order; what is not proposed, cannot be done or is unknown is
    /// refused with port 0. Directions are the mirror of what the offer says, narrowed by the proposal. An address of
    /// `0.0.0.0` is no reason to hold in return: third parties that control the call need the whole answer.
    ///
    /// - Parameters:
    ///   - proposals: for each medium of the offer what this side would do; a missing one is as nil.
    ///   - origin: this side's own.
    /// - Returns: nil where media are offered and all are refused: refuse the offer with 488.
    /// - Source: RFC 3264 §6, §8.4; RFC 3725 §5 for offers without an address.
    public func answer(_ proposals: [MediaProposal?], from origin: SDPOrigin) -> SessionDescription? {
        let offered = self.media
        var (hasOffered, hasAccepted) = (false, false)
        var media: [(MediaDescription, SDPConnection?)] = []
        for (index, description) in offered.enumerated() {
            hasOffered = hasOffered || description.port != 0
            if index < proposals.count, let proposal = proposals[index],
                self.connection(of: description)?.isMulticast != true,
                let answer = description.answered(by: proposal, direction: self.saidDirection(of: description))
            {
                hasAccepted = true
                media.append((answer, proposal.connection))
            } else {
                media.append((description.refused, nil))
            }
        }
        guard hasAccepted || !hasOffered else { return nil }
        return SessionDescription(origin: origin, times: self.times, media: media)
    }

    /// Proposals for an answer with a single stream: to the first medium that can be answered with it and carries
    /// speech, if it is audio.
    ///
    /// - Returns: nil where there is no such medium: refuse the offer with 488.
    public func placing(_ proposal: MediaProposal) -> [MediaProposal?]? {
        let media = self.media
        let place = media.firstIndex { offered in
            let answer = offered.answered(by: proposal, direction: .sendrecv)
            return answer.map { !$0.isOf("audio") || $0.codecs.contains(where: \.isSpeech) } ?? false
        }
        return place.map { place in media.indices.map { $0 == place ? proposal : nil } }
    }
}
