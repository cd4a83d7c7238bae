internal import CallCore

// MARK: - What has passed through the legs, once a second

extension MediaControl {
    /// Tells once of a leg at which media arrives and none is taken: its party is silent in the recording, though it
    /// speaks.
    private mutating func watch(_ leg: PartyLeg, _ counts: LegCounts) {
        let before = leg.counts ?? LegCounts(leg: leg.id)
        self.legs[leg.id]?.counts = counts
        guard !leg.isRefusing, leg.conference != nil, counts.packetsReceived == before.packetsReceived,
            counts.packetsRefused - before.packetsRefused >= Self.refusedPackets
        else { return }
        self.legs[leg.id]?.isRefusing = true
        self.report(
            .alarm, "media.refused",
            "Nothing of \(leg.dn) is recorded: what arrives at its leg is from another source, in another codec or under "
                + "another key than was agreed.", self.metadata(of: leg))
    }

    /// In a second; less may be what is left of before a new agreement.
    private static let refusedPackets = 20

    mutating func report(_ counts: [LegCounts]) {
        for count in counts {
            guard let leg = self.legs[count.leg] else { continue }
            self.watch(leg, count)
            self.report(
                .debug, "media.counts", "\(leg.dn): \(count.packetsReceived) packets in, \(count.packetsSent) out.",
                self.metadata(of: leg).merging([
                    "packetsReceived": "\(count.packetsReceived)", "bytesReceived": "\(count.bytesReceived)",
                    "packetsSent": "\(count.packetsSent)", "bytesSent": "\(count.bytesSent)",
                    "packetsRefused": "\(count.packetsRefused)",
                ]) { own, _ in own })
        }
    }
}
