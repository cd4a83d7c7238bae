internal import RTP

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
