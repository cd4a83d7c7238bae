// While the media is in the media server, a party's offer – hold, another address – is the media server's to answer.
extension MediaDialog {
    /// "Request Pending": the phone tries again a little later.
    ///
    /// - Source: RFC 3261 §14.2, §21.4.27.
    static let requestPending = 491

    mutating func partyOffered(_ side: Side, _ description: [UInt8]?) -> [Effect] {
        guard self.phase == .connected, self[side].place == .moved else {
            return [.refuseParty(side, status: Self.requestPending)]
        }
        if let description {
            self[side].place = .renegotiating
            self[side].offer = description
            return [.offerLeg(side, description)]
        }
        self[side].place = .lending
        return [.askLeg(side)]
    }

    mutating func partyWithdrew(_ side: Side) -> [Effect] {
        // The media server is asked already; its answer finds nobody, and changes nothing that the party gave.
        self[side].offer = nil
        return []
    }

    mutating func legAccepted(_ side: Side, _ description: [UInt8]) -> [Effect] {
        guard self[side].place == .renegotiating else { return [] }
        self[side].place = .moved
        self[side].description = self[side].offer ?? self[side].description
        self[side].offer = nil
        return [.answerParty(side, description)]
    }

    mutating func legOfferRefused(_ side: Side, _ status: Int) -> [Effect] {
        switch self[side].place {
        case .asked:
            return self.fail("the media server made no offer: \(status)")
        case .renegotiating, .lending:
            self[side].place = .moved
            self[side].offer = nil
            return [.refuseParty(side, status: status)]
        default:
            return []
        }
    }
}
