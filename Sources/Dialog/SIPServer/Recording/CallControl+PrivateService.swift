internal import MSML
internal import RecordingControl
internal import TLib

// TPrivateService 3013 to 3016.
extension CallControl {
    mutating func privateService(_ request: Request) {
        guard let service = request.message[.privateMsgID] else {
            return self.refuse(request, .invalidAttribute, "PrivateMsgID is missing")
        }
        let changes: [PrivateMsgID: (RecordingSession.Event, RecordingSession.Phase)] = [
            .recordStop: (.stopRequested, .stopping), .recordPause: (.pauseRequested, .pausing),
            .recordResume: (.resumeRequested, .resuming),
        ]
        guard service == .recordStart || changes[service] != nil else {
            return self.refuse(request, .unsupportedOperation)
        }
        guard let call = self.call(of: request) else { return }
        guard call.isAnswered else { return self.refuse(request, .invalidCallState, "The call is not established") }
        if let (event, phase) = changes[service] {
            self.ask(event, until: phase, request, call)
        } else {
            self.startRecording(request, call)
        }
    }

    private mutating func startRecording(_ request: Request, _ call: Call) {
        let extensions = request.message[.extensions] ?? KVList()
        guard let dn = self.recordedParty(of: call, asked: extensions.string("record"), by: request.message[.thisDN])
        else { return self.refuse(request, .invalidAttribute, "record is neither source nor destination") }
        guard let wish = CallRecording.Wish(extensions) else {
            return self.refuse(request, .invalidAttribute, "id cannot be the name of a file")
        }
        guard !self.isForbidden(call) else {
            return self.refuse(request, .unsupportedOperation, "The policy forbids recording this call")
        }
        if call.recording.session.phase == .off || call.recording.session.phase == .stopping {
            self.calls[call.connID]?.recording.wish = wish
        }
        self.ask(.requested(for: dn, by: .tLibraryClient), until: .starting, request, call)
    }

    /// Asks the recording session: EventError where it refuses, otherwise EventACK, and then it is done.
    private mutating func ask(
        _ event: RecordingSession.Event, until phase: RecordingSession.Phase, _ request: Request, _ call: Call
    ) {
        let effects = self.calls[call.connID]?.recording.session.handle(event, at: self.now) ?? []
        if case .refuse(let refusal)? = effects.first {
            return self.refuse(request, refusal.errorCode, refusal.description)
        }
        self.accept(request)
        // A second party joins what goes on already: nothing is under way then that could fail.
        let current = self.calls[call.connID]?.recording.session.phase
        if current == phase || current == .stopping { self.calls[call.connID]?.recording.requests[phase] = request }
        self.perform(effects, of: call.connID)
    }

    /// Which party is to be recorded.
    ///
    /// `source`, the default, is the DN on whose behalf it is asked, `destination` the other one. Somebody who is no
    /// party, a supervisor, means the agent unless he says otherwise.
    ///
    /// - Returns: nil where `asked` is neither.
    private func recordedParty(of call: Call, asked: String?, by dn: DN?) -> DN? {
        let own = dn.flatMap { call.role(of: $0) }
        switch asked?.lowercased() {
        case nil:
            if let own { return call[own].dn }
            return call.callee.agent == nil && call.caller.agent != nil ? call.caller.dn : call.callee.dn
        case "source": return call[own ?? .a].dn
        case "destination": return call[own?.other ?? .b].dn
        default: return nil
        }
    }
}

extension CallRecording.Wish {
    /// Reads the extensions of a request; keys in any case.
    ///
    /// - Returns: nil where the name that is asked for cannot be one.
    init?(_ extensions: KVList) {
        if let id = extensions.string("id") {
            guard RecordingName.isValid(id) else { return nil }
            self.id = id
        }
        self.destination = extensions.string("dest")
        self.secondDestination = extensions.string("dest2")
        switch extensions.value("params") {
        case .list(let list):
            self.parameters = list.pairs.map { GVPParameter($0.key, $0.value.text) }
        case .string(let text):
            self.parameters = text.split(separator: ";").compactMap { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let name = parts.first, !name.isEmpty else { return nil }
                return GVPParameter(String(name), parts.count > 1 ? String(parts[1]) : "")
            }
        case .integer, .binary, nil: break
        }
    }
}

extension CallControl {
    /// Names a recording, and collects what the media server is to know of it, in the order in which SIP Server says it.
    mutating func describeRecording(of connID: ConnID, for dn: DN) {
        guard let call = self.calls[connID] else { return }
        let role = call.role(of: dn) ?? .b
        let agent = call[role].agent ?? call[role.other].agent
        let wish = call.recording.wish
        let name =
            wish.id
            ?? self.recordingName.name(of: call.snapshot, recorded: dn, agent: agent?.id, start: self.wallTime)
        var parameters = [
            GVPParameter("id", name), GVPParameter("recordDN", dn.rawValue),
            GVPParameter("sipsAppName", self.configuration.applicationName),
            GVPParameter("ani", call.ani.rawValue), GVPParameter("dnis", call.dnis.rawValue),
            GVPParameter("dateTime", self.wallTime.iso8601), GVPParameter("callUuid", call.callUUID.rawValue),
            GVPParameter("connId", call.connID.description),
        ]
        if let agent { parameters.append(GVPParameter("agentId", agent.id.rawValue)) }
        if let destination = wish.destination { parameters.append(GVPParameter("dest", destination)) }
        if let destination = wish.secondDestination { parameters.append(GVPParameter("dest2", destination)) }
        // What the switch says of the call is not for clients to overwrite.
        let own = Set(parameters.map { $0.name.lowercased() })
        parameters += wish.parameters.filter { !own.contains($0.name.lowercased()) }
        self.calls[connID]?.recording.name = name
        self.calls[connID]?.recording.recordDN = dn
        self.calls[connID]?.recording.parameters = parameters
        // The next recording of the call is not named after this one.
        self.calls[connID]?.recording.wish = CallRecording.Wish()
    }
}
