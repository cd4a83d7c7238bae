internal import RTP
private import Synchronization

/// One pair of ports, and the keys of its media.
final class SRTPPort: MediaPort, @unchecked Sendable {
    // Sendable by the port's promise: all that can change is used by the media thread alone, but for what is atomic.

    private let port: any MediaPort
    private let media: SRTPMedia
    private var sending: SRTPStream?
    private var receiving: SRTPReceiver?
    private let refused = Atomic(0)

    init(_ port: any MediaPort, of media: SRTPMedia) { (self.port, self.media) = (port, media) }

    deinit { self.port.close() }

    var index: Int { self.port.index }
    var localEndpoint: Endpoint { self.port.localEndpoint }
    var isProtected: Bool { self.receiving != nil }
    var unprotectedCount: Int { self.refused.load(ordering: .relaxed) + self.port.unprotectedCount }

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

    func send(_ datagram: Span<UInt8>, to peer: Endpoint) { self.send(datagram, isControl: false, to: peer) }

    func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) { self.send(datagram, isControl: true, to: peer) }

    func close() {
        self.media.forget(self)
        self.port.close()
    }

    /// Takes the protection off a copy of a datagram; false where it is not what it must be.
    func unprotect(_ copy: inout OutputSpan<UInt8>, _ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Bool {
        guard self.receiving != nil else { return false }
        let isControl = arrival.isControl || MediaDatagramKind(of: datagram) == .rtcp
        let isTaken = self.receiving?.take(&copy, datagram, isControl: isControl) ?? false
        if !isTaken { self.refuse() }
        return isTaken
    }

    func refuse() { self.refused.add(1, ordering: .relaxed) }

    private func send(_ datagram: Span<UInt8>, isControl: Bool, to peer: Endpoint) {
        guard let sending = self.sending else {
            return isControl ? self.port.sendControl(datagram, to: peer) : self.port.send(datagram, to: peer)
        }
        let fits = self.media.sent.with(datagram) { copy in
            guard (try? sending.protect(&copy, isControl: isControl)) != nil else { return self.refuse() }
            if isControl {
                self.port.sendControl(copy.span, to: peer)
            } else {
                self.port.send(copy.span, to: peer)
            }
        }
        if !fits { self.refuse() }
    }
}

/// What a party sends, over a change of its key.
///
/// - Source: RFC 4568 §7.1.4: there is a while in which packets come under both.
struct SRTPReceiver {
    private let stream: SRTPStream
    /// That of the key before, until the first packet under the new one has come.
    private var previous: SRTPStream?
    /// How often it was tried whether the party goes on counting wraps under its new key.
    private var trials = 0

    private static let maximumTrials = 16

    init(_ stream: SRTPStream, after previous: SRTPReceiver?) {
        (self.stream, self.previous) = (stream, previous?.stream)
    }

    var key: SRTPKey { self.stream.key }

    /// Takes the protection off a copy of a datagram; false where no key fits.
    mutating func take(_ copy: inout OutputSpan<UInt8>, _ datagram: Span<UInt8>, isControl: Bool) -> Bool {
        if (try? self.stream.unprotect(&copy, isControl: isControl)) != nil {
            self.previous = nil
            return true
        }
        guard let previous, copy.replace(with: datagram) else { return false }
        if (try? previous.unprotect(&copy, isControl: isControl)) != nil { return true }
        guard !isControl, self.trials < Self.maximumTrials, copy.replace(with: datagram), copy.count >= 12 else {
            return false
        }
        // RFC 4568 counts from zero under a new key, RFC 3711 §3.3.1 goes on; whoever has not wrapped does both.
        let source = copy.span.source(at: 8)
        guard let wraps = previous.rolloverCounter(of: source), wraps > 0,
            self.stream.join(source, rolloverCounter: wraps)
        else { return false }
        self.trials += 1
        if (try? self.stream.unprotect(&copy, isControl: false)) != nil {
            self.previous = nil
            return true
        }
        self.stream.leave(source)
        return false
    }
}
