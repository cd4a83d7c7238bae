internal import RTP
private import Synchronization

/// The keys of one port at work, both ways.
final class SRTPSession: @unchecked Sendable {
    // Sendable by the port's promise: all that can change is used by the media thread alone, but for what is atomic.

    private var sending: SRTPStream?
    private var receiving: SRTPReceiver?
    private let refused = Atomic(0)

    /// Whether it has keys.
    var isProtected: Bool { self.sending != nil }
    /// Datagrams that were not what they must be, or could not be sent.
    var refusedCount: Int { self.refused.load(ordering: .relaxed) }

    func setProtection(_ protection: MediaProtection?) throws(TransportError) {
        guard let protection else {
            (self.sending, self.receiving) = (nil, nil)
            return
        }
        guard protection.sent != protection.received else {
            throw TransportError(.failed, "both sides have the same key; each needs one of its own")
        }
        do throws(SRTPError) {
            let sending =
                if let old = self.sending, old.key == protection.sent { old } else {
                    try SRTPStream(.sending, protection.sent)
                }
            if self.receiving?.key != protection.received {
                let stream = try SRTPStream(.receiving, protection.received)
                self.receiving = SRTPReceiver(stream, after: self.receiving)
            }
            self.sending = sending
        } catch {
            throw TransportError(.failed, "\(protection.sent): \(error)")
        }
    }

    /// Protects a copy of a datagram; false where it must not be sent.
    func protect(_ copy: inout OutputSpan<UInt8>, isControl: Bool) -> Bool {
        guard let sending = self.sending, (try? sending.protect(&copy, isControl: isControl)) != nil else {
            self.refuse()
            return false
        }
        return true
    }

    /// Takes the protection off a copy of a datagram; false where it is not what it must be.
    func unprotect(_ copy: inout OutputSpan<UInt8>, _ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Bool {
        let isControl = arrival.isControl || MediaDatagramKind(of: datagram) == .rtcp
        guard self.receiving?.take(&copy, datagram, isControl: isControl) == true else {
            self.refuse()
            return false
        }
        return true
    }

    func refuse() { self.refused.add(1, ordering: .relaxed) }
}
