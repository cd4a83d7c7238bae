import CaptureJournal
import RTP

extension MediaPlane {
    mutating func open(_ id: LegID, at now: MonotonicTime) -> MediaPlaneReport {
        if let place = self.places[id] { return .portOpened(id, self.legs[place].port.localEndpoint) }
        let port: any MediaPort
        do throws(TransportError) {
            port = try self.transport.openPort()
        } catch {
            return .portFailed(id, error.message)
        }
        guard port.index >= 0 else {
            port.close()
            return .portFailed(id, "the transport gave a port the number \(port.index); numbers start at 0")
        }
        let leg = MediaLeg(id: id, port: port, outgoing: OutgoingStream(tokens: &self.tokens), at: now)
        let place = self.legs.firstIndex { !$0.isOpen } ?? self.legs.count
        if place == self.legs.count { self.legs.append(leg) } else { self.legs[place] = leg }
        self.places[id] = place
        while self.placeOfPort.count <= port.index { self.placeOfPort.append(nil) }
        self.placeOfPort[port.index] = place
        return .portOpened(id, port.localEndpoint)
    }

    /// - Returns: what failed; nil where nothing did.
    mutating func set(_ media: LegMedia, of id: LegID, at now: MonotonicTime) -> MediaPlaneReport? {
        guard let place = self.places[id] else { return nil }
        do throws(TransportError) {
            try self.legs[place].set(media)
        } catch {
            return .protectionFailed(id, error.message)
        }
        guard let conference = self.legs[place].conference else { return nil }
        for number in self.conferences[conference]?.recordings ?? [] { self.writeStream(of: id, in: number, at: now) }
        return nil
    }

    mutating func join(_ id: LegID, _ name: String, at now: MonotonicTime) {
        guard let place = self.places[id], self.legs[place].conference != name else { return }
        self.leave(id, at: now)
        self.legs[place].conference = name
        self.conferences[name, default: Conference()].members.append(place)
        self.connect(name)
    }

    mutating func leave(_ id: LegID, at now: MonotonicTime) {
        guard let place = self.places[id], let name = self.legs[place].conference else { return }
        self.endPrompts(of: place, isClosing: false, at: now)
        self.legs[place].conference = nil
        self.legs[place].listeners = []
        self.legs[place].dropDoubtful()
        self.legs[place].taps = []
        self.conferences[name]?.members.removeAll { $0 == place }
        self.connect(name)
    }

    mutating func close(_ id: LegID, at now: MonotonicTime) {
        self.leave(id, at: now)
        for number in self.recordings.keys.sorted() { self.writeRefusals(of: id, in: number, at: now) }
        guard let place = self.places.removeValue(forKey: id) else { return }
        self.endPrompts(of: place, isClosing: true, at: now)
        let port = self.legs[place].port
        if self.placeOfPort.indices.contains(port.index) { self.placeOfPort[port.index] = nil }
        port.close()
        self.legs[place].isOpen = false
    }

    /// Settles who hears whom, and what is captured of whom. Each leg hears the first of the others.
    mutating func connect(_ name: String) {
        guard let conference = self.conferences[name] else { return }
        if conference.isEmpty {
            self.conferences[name] = nil
            return
        }
        for place in conference.members {
            self.legs[place].listeners = []
            // What arrived before a pause must not be captured after it.
            self.legs[place].dropDoubtful()
            self.legs[place].taps = []
        }
        for place in conference.members {
            guard let heard = conference.members.first(where: { $0 != place }) else { continue }
            self.legs[heard].listeners.append(place)
        }
        for number in conference.recordings {
            guard let recording = self.recordings[number], !recording.isPaused else { continue }
            for (channel, party) in recording.ticket.channels.enumerated() {
                guard let place = self.places[party.leg], conference.members.contains(place) else { continue }
                self.legs[place].taps.append(
                    MediaLeg.Tap(
                        recording: number, channel: channel, since: recording.since,
                        keysSince: recording.ticket.keepsKeys ? recording.keysSince : nil))
            }
        }
    }
}
