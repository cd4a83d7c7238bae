public import CallCore
public import SDP
public import SIP

/// A phone with one line: registers, calls, rings and answers, follows re-INVITEs, hangs up.
public struct PhoneMachine: StateMachine {
    /// Waits that end.
    public enum Timer: Hashable, Sendable {
        /// One of SIP's own.
        case sip(SIPTimer)
        /// The registration is to be made anew; the number is that of the registration.
        case register(Int)
        /// The phone has rung long enough.
        case answer(SIPSessionID)
    }

    /// What happens to a phone.
    public enum Event: Sendable {
        /// Register, and stay registered.
        case register
        /// Take the registration back.
        case unregister
        /// Call a number.
        case call(DN)
        /// Take the call that rings.
        case answer
        /// End the call.
        case hangUp
        /// A message came.
        case sip(SIPMessage, from: Endpoint)
        /// A wait is over.
        case timerFired(Timer)
    }

    /// What a phone asks for.
    public enum Effect: Hashable, Sendable {
        /// Send a message.
        case sendSIP(SIPMessage, to: Endpoint)
        /// Bring a timer back.
        case setTimer(Timer, after: Duration)
        /// Speak, and send it there.
        case speak(AudioTarget)
        /// Say and hear nothing more.
        case fallSilent
        /// Something happened that whoever holds the phone wants to know.
        case tell(PhoneReport)
    }

    /// How far a call has come.
    enum CallState: Hashable, Sendable {
        case calling
        case ringing(from: DN, offer: SessionDescription?)
        case established
    }

    struct Call: Hashable, Sendable {
        var session: SIPSessionID
        var state: CallState
        /// What both have said of the media.
        var exchange: OfferAnswer
    }

    let configuration: PhoneConfiguration
    let sipEndpoint: Endpoint
    let mediaEndpoint: Endpoint
    var tokens: TokenGenerator
    var userAgent: SIPUserAgent
    var call: Call?
    var registration = PhoneRegistration()
    var effects: [Effect] = []

    /// A phone on the hook.
    ///
    /// - Parameters:
    ///   - sipEndpoint: where it is called.
    ///   - mediaEndpoint: where it hears.
    public init(configuration: PhoneConfiguration, sipEndpoint: Endpoint, mediaEndpoint: Endpoint, seed: UInt64) {
        (self.configuration, self.sipEndpoint, self.mediaEndpoint) = (configuration, sipEndpoint, mediaEndpoint)
        self.tokens = TokenGenerator(seed: seed)
        self.registration.callID = self.tokens.token() + self.tokens.token()
        self.userAgent = SIPUserAgent(
            localEndpoint: sipEndpoint, seed: self.tokens.next(), product: configuration.product)
    }

    /// Whether there is a call, in whatever state.
    public var isBusy: Bool { self.call != nil }

    /// Takes one event and says what must be done.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .register: self.register(at: now)
        case .unregister: self.unregister(at: now)
        case .call(let number): self.call(number, at: now)
        case .answer: self.pickUp(at: now)
        case .hangUp: if let call { self.tell(.order(call.session, .end), at: now) }
        case .sip(let message, let peer): self.tell(.received(message, from: peer), at: now)
        case .timerFired(.sip(let timer)): self.tell(.timerFired(timer), at: now)
        case .timerFired(.register(let number)): self.registrationIsDue(number, at: now)
        case .timerFired(.answer(let session)): if self.call?.session == session { self.pickUp(at: now) }
        }
        defer { self.effects.removeAll() }
        return self.effects
    }

    /// Hands an event to the user agent and carries out what it asks for.
    mutating func tell(_ event: SIPUserAgent.Event, at now: MonotonicTime) {
        for effect in self.userAgent.handle(event, at: now) {
            switch effect {
            case .send(let message, let peer): self.effects.append(.sendSIP(message, to: peer))
            case .setTimer(let timer, let wait): self.effects.append(.setTimer(.sip(timer), after: wait))
            case .session(let session, let report): self.take(report, of: session, at: now)
            case .request(let message, _, let transaction): self.answer(message, transaction, at: now)
            case .response(let message, let request): self.registered(message, request, at: now)
            case .noResponse(let request): self.registered(nil, request, at: now)
            }
        }
    }

    private mutating func answer(_ request: SIPMessage, _ transaction: SIPTransactionID, at now: MonotonicTime) {
        let status: SIPStatus = request.method == .options ? .ok : .methodNotAllowed
        var response = SIPMessage(response: status, to: request, tag: self.tokens.token())
        response.setAll(SIPUserAgent.allowedMethods, for: .allow)
        self.tell(.respond(transaction, response), at: now)
    }

    /// The address of a number at this phone's registrar.
    func address(of number: DN) -> SIPURI {
        var uri = SIPURI(user: number.rawValue, endpoint: self.configuration.registrar)
        if let domain = self.configuration.domain { (uri.host, uri.port) = (domain, nil) }
        return uri
    }
}

/// What whoever holds a phone wants to know.
public enum PhoneReport: Hashable, Sendable {
    /// The registrar knows the phone.
    case registered
    /// The registrar has refused, or not answered (408); the phone tries again.
    case registrationFailed(SIPStatus)
    /// The phone rings.
    case ringing(from: DN)
    /// The phone that was called rings, or something like it.
    case progress(SIPStatus)
    /// Both can speak.
    case established
    /// The call was refused.
    case refused(SIPStatus)
    /// The call is over.
    case ended
}
