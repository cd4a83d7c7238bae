internal import MSML
internal import RecordingControl
internal import RecordingStorage
internal import SIP
internal import TLib

// What is decided about the recording of a call, and what everybody is told.
extension CallControl {
    /// `GSIP_RECORD`: ON, PAUSED or OFF.
    static let recordKey = "GSIP_RECORD"
    /// `GSIP_REC_FN`: the name of the recording.
    static let fileNameKey = "GSIP_REC_FN"

    /// Both parties are connected: records where the policy wants it.
    mutating func applyPolicy(to connID: ConnID) {
        guard let call = self.calls[connID], !self.isForbidden(call) else { return }
        for role in [Call.Role.b, .a] {
            guard self.policy.decision(on: call.party(role), joining: call.snapshot) == .record else { continue }
            self.recording(.requested(for: call[role].dn, by: .dnOption), of: connID)
        }
    }

    /// Whether the policy rules out the recording of a call.
    func isForbidden(_ call: Call) -> Bool {
        Call.Role.allCases.contains {
            self.policy.decision(on: call.party($0), joining: call.snapshot) == .forbid
        }
    }

    /// Tells the recording session something, and does what it asks for.
    mutating func recording(_ event: RecordingSession.Event, of connID: ConnID) {
        let effects = self.calls[connID]?.recording.session.handle(event, at: self.now) ?? []
        self.perform(effects, of: connID)
    }

    mutating func perform(_ effects: [RecordingSession.Effect], of connID: ConnID, change: Change? = nil) {
        for effect in effects {
            switch effect {
            case .startRecorder(let dn):
                self.calls[connID]?.recording.deferred = dn
                self.startDeferredRecording(of: connID)
            case .pauseRecorder: self.media(.pause, of: connID)
            case .resumeRecorder: self.media(.resume, of: connID)
            case .stopRecorder: self.stopRecorder(of: connID)
            case .announce(let state): self.announce(state, of: connID, change)
            case .refuse(let refusal): self.refused(refusal, of: connID, change)
            }
        }
    }

    /// Starts a recording that was wanted before the call was ready for it.
    mutating func startDeferredRecording(of connID: ConnID) {
        guard let call = self.calls[connID], let dn = call.recording.deferred, call.phase == .established,
            call.negotiation == nil, call.recording.dialog.phase != .restoring
        else { return }
        self.calls[connID]?.recording.deferred = nil
        self.describeRecording(of: connID, for: dn)
        if call.recording.dialog.phase == .connected { return self.media(.startAgain, of: connID) }
        guard let a = call.caller.description, let b = call.callee.description else {
            return self.recorderReported(.failed("a party has not said where its media is"), of: connID)
        }
        self.calls[connID]?.recording.dialog = MediaDialog()
        self.calls[connID]?.recording.legs = [:]
        self.calls[connID]?.recording.conference = CallUUID(tokens: &self.tokens).rawValue
        self.report(.info, "recording.starting", "A recording for \(dn) begins", about: call)
        self.media(.start(a: a, b: b), of: connID)
    }

    private mutating func stopRecorder(of connID: ConnID) {
        guard self.calls[connID]?.recording.deferred != nil else { return self.media(.stop, of: connID) }
        self.calls[connID]?.recording.deferred = nil
        self.recorderReported(.stopped, of: connID)
    }

    /// The call is over before a recording could begin.
    mutating func dropRecording(of connID: ConnID) {
        self.calls[connID]?.recording.deferred = nil
    }
}

// MARK: - What the recorder says

extension CallControl {
    /// A change that the recorder reports, and who asked for it.
    struct Change: Sendable {
        let report: RecorderReport
        /// Where the recording stood before.
        let before: RecordingSession.Phase
        let request: Request?

        /// As the call history has it.
        var name: String {
            switch self.report {
            case .started: "Started"
            case .paused: "Paused"
            case .resumed: "Resumed"
            case .stopped: "Stopped"
            case .refused, .failed: "Failed"
            }
        }

        /// As EventPrivateInfo has it.
        var service: PrivateMsgID {
            switch self.report {
            case .started: .recordStart
            case .paused: .recordPause
            case .resumed: .recordResume
            case .stopped, .refused, .failed: .recordStop
            }
        }
    }

    mutating func recorderReported(_ report: RecorderReport, of connID: ConnID) {
        guard let before = self.calls[connID]?.recording.session.phase else { return }
        let effects = self.calls[connID]?.recording.session.handle(.recorder(report), at: self.now) ?? []
        let after = self.calls[connID]?.recording.session.phase
        // A report that changes nothing leaves the request open.
        let request = before == after ? nil : self.calls[connID]?.recording.requests.removeValue(forKey: before)
        if after == .off || after == .starting {
            for phase in [RecordingSession.Phase.pausing, .resuming, .stopping] {
                self.calls[connID]?.recording.requests[phase] = nil
            }
        }
        self.perform(effects, of: connID, change: Change(report: report, before: before, request: request))
    }

    private mutating func announce(_ state: RecordingState, of connID: ConnID, _ change: Change?) {
        guard let call = self.calls[connID], let change else { return }
        var reasons = change.request?.message[.reason]?.texts ?? [:]
        if case .failed(let reason) = change.report { reasons["reason"] = reason }
        self.history(.recording(change.name, dn: call.recording.recordDN, reasons: reasons), of: call.callUUID)
        self.report(
            .info, "recording.\(change.name.lowercased())",
            "The recording for \(call.recording.recordDN) is \(state.rawValue)",
            [
                "callUUID": call.callUUID.rawValue, "connID": call.connID.description, "state": state.rawValue,
                "name": call.recording.name, "recordDN": call.recording.recordDN.rawValue,
            ])
        // Who has left the call is not told of it any more.
        guard call.phase != .ended else { return }
        var data = KVList()
        data[Self.recordKey] = .string(state.rawValue)
        if case .started = change.report { data[Self.fileNameKey] = .string(call.recording.name) }
        let requester = change.request?.message
        self.attach(data, to: connID, by: requester?[.thisDN], reasons: requester?[.reason])
        for role in Call.Role.allCases {
            self.distribute(
                .eventPrivateInfo, to: role, of: connID, service: change.service, reasons: requester?[.reason])
        }
    }

    private mutating func refused(_ refusal: RecordingRefusal, of connID: ConnID, _ change: Change?) {
        guard let call = self.calls[connID] else { return }
        self.report(
            .alarm, "recording.failed", "\(refusal)",
            [
                "callUUID": call.callUUID.rawValue, "connID": call.connID.description,
                "recordDN": call.recording.recordDN.rawValue,
            ])
        if let change, case .failed(let reason) = change.report, change.before == .starting {
            // Nothing was announced, yet whoever looks for the recording must find out why there is none.
            self.history(
                .recording("Failed", dn: call.recording.recordDN, reasons: ["reason": reason]), of: call.callUUID)
        }
        if let request = change?.request { self.refuse(request, refusal.errorCode, refusal.description) }
    }
}

extension RecordingRefusal {
    /// How a client is told.
    var errorCode: TErrorCode {
        switch self {
        case .notRecording, .notPaused, .busy: .invalidState
        case .alreadyRecording, .alreadyPaused: .alreadyInState
        case .recorderRefused, .recorderFailed: .internalError
        }
    }
}
