import CallAudio
import CaptureJournal
import RTP

extension MediaPlane {
    /// Takes one datagram.
    mutating func receive(_ datagram: Span<UInt8>, _ arrival: MediaArrival) {
        guard self.placeOfPort.indices.contains(arrival.port), let place = self.placeOfPort[arrival.port] else {
            return
        }
        if arrival.isControl {
            self.legs[place].takeControl(datagram, arrival)
            return
        }
        guard let (packet, codec, isDoubtful) = self.legs[place].admit(datagram, arrival) else { return }
        if codec == .telephoneEvent { self.endPrompt(withKeyOf: place, at: arrival.time) }
        if !self.legs[place].taps.isEmpty, !isDoubtful {
            for one in self.legs[place].takeConfirmed() {
                self.capture(one.datagram.span, one.packet, one.codec, of: place, at: one.time)
            }
            self.capture(datagram, packet, codec, of: place, at: arrival.time)
        }
        let leg = self.legs[place].id
        // By index, here and below: an iterator of an array is allocated where it is not optimised away.
        for index in self.legs[place].listeners.indices {
            self.pass(datagram, packet, codec, of: leg, to: self.legs[place].listeners[index], at: arrival.time)
        }
    }

    private mutating func capture(
        _ datagram: Span<UInt8>, _ packet: RTPHeader, _ codec: LegCodec, of place: Int, at time: MonotonicTime
    ) {
        guard codec == .telephoneEvent else {
            for index in self.legs[place].taps.indices {
                let tap = self.legs[place].taps[index]
                guard time >= tap.since else { continue }
                self.journal.append(
                    .packet, recording: tap.recording, channel: tap.channel, at: time, payload: datagram)
            }
            return
        }
        // That the packet came is all that most recordings need; which key was pressed, of a card's number perhaps, is
        // not for the disk.
        self.copy(datagram)
        var blank: [UInt8] = []
        swap(&blank, &self.scratch)
        for index in packet.payloadRange { blank[index] = 0 }
        for tap in self.legs[place].taps where time >= tap.since {
            if let since = tap.keysSince, time >= since {
                self.journal.append(
                    .packet, recording: tap.recording, channel: tap.channel, at: time, payload: datagram)
            } else {
                self.journal.append(
                    .packet, recording: tap.recording, channel: tap.channel, at: time, payload: blank.span)
            }
        }
        swap(&blank, &self.scratch)
    }

    private mutating func copy(_ datagram: Span<UInt8>) {
        self.scratch.removeAll(keepingCapacity: true)
        // Safe: the pointer is read within the call only; byte by byte a packet costs ten times as much.
        unsafe datagram.withUnsafeBufferPointer { unsafe self.scratch.append(contentsOf: $0) }
    }

    private mutating func pass(
        _ datagram: Span<UInt8>, _ packet: RTPHeader, _ codec: LegCodec, of leg: LegID, to listener: Int,
        at time: MonotonicTime
    ) {
        guard let destination = self.legs[listener].destination else { return }
        let isPrompted = !self.legs[listener].prompts.isEmpty
        if isPrompted, !self.passes(codec, to: listener) {
            self.legs[listener].outgoing.skip(packet, of: leg)
            return
        }
        guard let way = self.legs[listener].way(for: codec) else {
            self.legs[listener].outgoing.skip(packet, of: leg)
            self.legs[listener].counts.packetsNotRelayed += 1
            return
        }
        let header = self.legs[listener].outgoing.header(
            for: packet, of: leg, payloadType: way.payloadType, codec: codec, at: time)
        self.copy(datagram)
        var bytes = self.scratch.mutableSpan
        header.rewrite(&bytes)
        if way.transcodes, let law = codec.law {
            for index in packet.payloadRange { bytes[index] = law.transcode(bytes[index]) }
        }
        if isPrompted, let law = codec.law {
            self.mixPrompt(of: listener, packet.payloadRange, way.transcodes ? law.other : law, at: time)
        }
        self.legs[listener].port.send(self.scratch.span, to: destination)
        self.legs[listener].counts.packetsSent += 1
        self.legs[listener].counts.bytesSent += datagram.count
        self.legs[listener].payloadSent += packet.payloadRange.count
    }

    /// Sends each party a report every five seconds.
    ///
    /// - Source: RFC 3550 §6.2, §6.4.1.
    mutating func sendControl(at now: MonotonicTime) {
        for place in self.legs.indices where self.legs[place].isOpen && now >= self.legs[place].nextControl {
            let leg = self.legs[place]
            guard let remote = leg.destination,
                let timestamp = leg.outgoing.timestamp, remote.port < .max
            else { continue }
            self.legs[place].nextControl = now + .seconds(5)
            let reports = self.legs[place].receptionReports(at: now)
            let sender = RTCPSenderReport(
                ssrc: leg.outgoing.ssrc, ntpTime: Self.ntpTime(now), rtpTimestamp: timestamp,
                packetCount: UInt32(truncatingIfNeeded: leg.counts.packetsSent),
                octetCount: UInt32(truncatingIfNeeded: leg.payloadSent), reports: reports)
            let name = RTCPSourceDescription(ssrc: leg.outgoing.ssrc, items: [.cname("media-\(leg.id)")])
            let datagram = RTCPCompound([.senderReport(sender), .sourceDescription([name])]).encoded()
            leg.port.sendControl(datagram.span, to: remote.withPort(remote.port + 1))
            self.legs[place].counts.controlSent += 1
        }
    }

    /// The time on the plane's own clock, which need not be the date.
    private static func ntpTime(_ now: MonotonicTime) -> UInt64 {
        let nanoseconds = UInt64(max(0, now.nanoseconds))
        let fraction = (nanoseconds % 1_000_000_000) << 32 / 1_000_000_000
        return nanoseconds / 1_000_000_000 << 32 | fraction
    }
}

extension LegCodec {
    /// Whether the payload is what was said, so that its timestamps go on with the time.
    var isSound: Bool {
        switch self {
        case .muLaw, .aLaw, .encoded: true
        case .comfortNoise, .telephoneEvent: false
        }
    }

    /// The law of the samples; nil where there are none of G.711.
    var law: G711? {
        switch self {
        case .muLaw: .muLaw
        case .aLaw: .aLaw
        case .comfortNoise, .telephoneEvent, .encoded: nil
        }
    }
}
