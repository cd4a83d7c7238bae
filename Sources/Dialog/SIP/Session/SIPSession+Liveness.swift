// The session timer: how one side notices that the other has died. RFC 4028.

extension SIPSession {
    struct Liveness: Sendable {
        /// Nil where nobody refreshes the session. - Unit: seconds.
        var interval: Int?
        /// Whether we refresh the session, or wait for the peer to do so.
        var isOurs = false
        /// The shortest interval that anybody on the way has demanded; 0 where nobody has. - Unit: seconds.
        var minimum = 0
        /// Counts the refreshes, so that timers of earlier ones are known to be stale.
        var round = 0
        /// How often a request of ours was refused because of its interval.
        var raises = 0

        var isRunning: Bool { self.interval != nil }
    }

    /// What the session timer adds to a request.
    struct LivenessFields: Sendable {
        var interval: SIPSessionExpires?
        var minimum: Int?

        func write(to message: inout SIPMessage) {
            message[.sessionExpires] = self.interval
            message[.minSE] = self.minimum
        }
    }

    /// A demand for a longer interval is met so often.
    private static let raiseLimit = 8

    /// Adds what our INVITE asks for.
    ///
    /// - Source: RFC 4028 §7.1.
    mutating func askForLiveness(_ message: inout SIPMessage) {
        guard let timer = self.context.capabilities.sessionTimer else { return }
        let interval = max(timer.interval, self.liveness.minimum)
        LivenessFields(interval: SIPSessionExpires(seconds: interval), minimum: self.demandedMinimum)
            .write(to: &message)
    }

    /// What a re-INVITE or UPDATE of ours says: who refreshes does not change.
    ///
    /// - Source: RFC 4028 §7.4.
    var refreshFields: LivenessFields {
        guard let interval = self.liveness.interval else { return LivenessFields() }
        let seconds = max(interval, self.liveness.minimum, SIPSessionTimer.shortest)
        return LivenessFields(
            interval: SIPSessionExpires(seconds: seconds, refresher: self.liveness.isOurs ? .uac : .uas),
            minimum: self.demandedMinimum)
    }

    private var demandedMinimum: Int? {
        let own = self.context.capabilities.sessionTimer?.minimum ?? 0
        let minimum = max(own, self.liveness.minimum)
        return minimum > SIPSessionTimer.shortest ? minimum : nil
    }

    /// 422 has come: asks for as much as is demanded.
    ///
    /// - Returns: false where that would not help.
    mutating func raiseInterval(_ response: SIPMessage) -> Bool {
        guard let timer = self.context.capabilities.sessionTimer, let demanded = response[.minSE],
            demanded > max(self.liveness.interval ?? timer.interval, self.liveness.minimum),
            self.liveness.raises < Self.raiseLimit
        else { return false }
        self.liveness.minimum = demanded
        self.liveness.raises += 1
        return true
    }

    /// Refuses by 422 a request of the peer whose interval is too short for us.
    mutating func refusesInterval(of request: SIPMessage, _ transaction: SIPTransactionID) -> Bool {
        guard let minimum = self.context.capabilities.sessionTimer?.minimum(against: request) else { return false }
        self.respond(.intervalTooSmall, to: transaction, request, adding: { $0[.minSE] = minimum })
        return true
    }

    /// Adds to our 2xx what becomes of the timer, and goes by it.
    ///
    /// - Source: RFC 4028 §9, table 2.
    mutating func agreeOnLiveness(_ request: SIPMessage, _ response: inout SIPMessage) {
        guard let timer = self.context.capabilities.sessionTimer else { return }
        let peerKnows = request.supports(.timer)
        let asked = request[.sessionExpires]
        guard peerKnows || asked != nil else { return self.goOnAlone() }
        let demanded = max(request[.minSE] ?? 0, SIPSessionTimer.shortest)
        self.liveness.minimum = max(self.liveness.minimum, request[.minSE] ?? 0)
        let wanted = max(timer.interval, demanded)
        let seconds = asked.map { min(max($0.seconds, demanded), wanted) } ?? wanted
        let refresher: SIPSessionExpires.Refresher = peerKnows ? asked?.refresher ?? .uac : .uas
        response[.sessionExpires] = SIPSessionExpires(seconds: seconds, refresher: refresher)
        if peerKnows { response.setAll([.timer], for: .require) }
        self.startLiveness(seconds, isOurs: refresher == .uas)
    }

    /// Goes by the peer's 2xx. A peer that does not know the timer is asked for a sign of life by us.
    ///
    /// - Source: RFC 4028 §7.2.
    mutating func adoptLiveness(of response: SIPMessage) {
        guard let timer = self.context.capabilities.sessionTimer else { return }
        if let agreed = response[.sessionExpires] {
            self.startLiveness(agreed.seconds, isOurs: agreed.refresher != .uas)
        } else {
            self.startLiveness(self.liveness.interval ?? max(timer.interval, self.liveness.minimum), isOurs: true)
        }
    }

    /// Begins a round: half of it until we refresh the session; or, where that is the peer's business, until shortly
    /// before its end.
    ///
    /// - Source: RFC 4028 §10.
    private mutating func startLiveness(_ seconds: Int, isOurs: Bool) {
        let interval = max(seconds, SIPSessionTimer.shortest)
        self.liveness.interval = interval
        self.liveness.isOurs = isOurs
        self.liveness.round += 1
        let length = Duration.seconds(interval)
        if isOurs { self.outputs.append(.setTimer(.refresh(self.liveness.round), after: length / 2)) }
        self.outputs.append(.setTimer(.expired(self.liveness.round), after: length - min(.seconds(32), length / 3)))
    }

    /// The peer knows no timer: that we go by one all the same is our own business.
    private mutating func goOnAlone() {
        if let interval = self.liveness.interval, self.liveness.isOurs {
            self.startLiveness(interval, isOurs: true)
        } else {
            self.liveness.interval = nil
            self.liveness.round += 1
        }
    }

    mutating func refresh(_ round: Int) {
        guard self.liveness.round == round, self.liveness.isRunning else { return }
        self.enqueue(.refresh(round))
    }

    /// Our refresh was refused: there is time for another before the session expires.
    mutating func refreshLater() {
        guard let interval = self.liveness.interval, self.liveness.isOurs else { return }
        self.outputs.append(.setTimer(.refresh(self.liveness.round), after: .seconds(interval) / 12))
    }

    mutating func expire(_ round: Int) {
        guard self.liveness.round == round, self.liveness.isRunning, self.isAlive else { return }
        self.abandon(.expired, nil)
    }
}

extension SIPSessionTimer {
    /// What we demand of a request whose interval is too short for us; nil where it is not, or its sender could not
    /// meet the demand.
    ///
    /// - Source: RFC 4028 §9.
    func minimum(against request: SIPMessage) -> Int? {
        guard let asked = request[.sessionExpires], asked.seconds < self.minimum,
            request.supports(.timer)
        else { return nil }
        return self.minimum
    }
}
