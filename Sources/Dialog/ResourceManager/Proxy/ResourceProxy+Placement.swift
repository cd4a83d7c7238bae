import SIP

extension ResourceProxy {
    /// Places the leg that an INVITE asks for: where its conference is, or on the media server that is chosen for it.
    mutating func place(
        _ request: SIPMessage, callID: String, uri: SIPURI, from source: Endpoint, via: SIPVia, at now: MonotonicTime
    ) -> [Effect] {
        guard let wanted = RecordingURI(uri), wanted.isServed(by: self.configuration) else {
            return self.refuse(request, .notFound, via, source)
        }
        var effects: [Effect] = []
        let conference = wanted.conference
        if self.table.pins[conference] == nil {
            guard let server = self.choose(for: conference) else {
                return self.refuse(request, .serviceUnavailable, via, source)
                    + [.report(.alarm, "mediaServer.none", "no media server has room", ["conference": conference])]
            }
            let sessionID = self.makeSessionID()
            self.table.pin(conference, to: server, sessionID: sessionID, at: now)
            effects.append(
                .setTimer(
                    Timer(purpose: .aged(conference: conference, sessionID: sessionID)), after: Patience.aged))
        }
        guard let pin = self.table.pins[conference] else { return effects }
        let isRetransmission = self.table.legs[callID].map {
            $0.conference == conference && $0.clientTag == request[.from]?.tag && $0.state != .over
        }
        if isRetransmission != true,
            let leg = self.table.add(callID, of: conference, from: source, tag: request[.from]?.tag, at: now)
        {
            let timer = Timer(purpose: .unanswered(callID: callID, serial: leg.serial))
            effects.append(.setTimer(timer, after: Patience.unanswered))
            effects.append(self.placed(wanted, on: leg.server, callID: callID))
        }
        var copy = request
        self.address(&copy, to: pin, uri: uri)
        self.recordRoute(&copy, conference: conference)
        return [self.forward(copy, to: pin.server)] + effects
    }

    /// Asks the selection, and takes its answer only where that media server exists and has room.
    private mutating func choose(for conference: String) -> Endpoint? {
        let candidates = self.mediaServers.compactMap { server in
            var server = server
            server.legs = self.table.use[server.endpoint] ?? 0
            return server.hasRoom ? server : nil
        }
        guard !candidates.isEmpty, let chosen = self.selection.select(for: conference, among: candidates),
            candidates.contains(where: { $0.endpoint == chosen.endpoint })
        else { return nil }
        return chosen.endpoint
    }

    /// The new request URI, and what the media server is told of the profile and the session.
    ///
    /// - Source: RFC 3261 §16.6 step 2; header names from GVP.
    private func address(_ request: inout SIPMessage, to pin: LegTable.Pin, uri: SIPURI) {
        let server = SIPURI(endpoint: pin.server)
        var target = uri
        (target.host, target.port) = (server.host, server.port)
        request.requestURI = target
        request.setField("X-Genesys-gsw-ivr-profile-name", to: self.configuration.profile.name)
        request.setField("X-Genesys-GVP-Session-ID", to: pin.sessionID)
    }

    private func placed(_ wanted: RecordingURI, on server: Endpoint, callID: String) -> Effect {
        let name = self.mediaServers.first { $0.endpoint == server }?.name ?? server.description
        let dn = wanted.dn?.rawValue ?? ""
        return .report(
            .info, "leg.placed", "leg of \(dn.isEmpty ? "an unnamed DN" : dn) placed on \(name)",
            ["conference": wanted.conference, "dn": dn, "mediaServer": name, "callID": callID])
    }

    /// A name of the form `006B015F-1000427D`.
    private mutating func makeSessionID() -> String {
        let digits = self.tokens.token().uppercased()
        return "\(digits.prefix(8))-\(digits.suffix(8))"
    }
}
