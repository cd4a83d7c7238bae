import CallRecordingNIO
import SIP

/// One user agent with its transport and its timers.
actor EchoAgent {
    /// What is done in a call that we make.
    struct Plan {
        var offersAgain: Bool
        var takesBack: Bool
    }

    /// A call that we make.
    struct OwnCall {
        var plan: Plan
        var isAnswered = false
        var listener: Listener
    }

    /// Who wants to know how a call of ours has gone.
    enum Listener {
        case caller(CheckedContinuation<String?, Never>)
        /// A peer that has asked for the call in some session.
        case referrer(SIPSessionID, SIPTransactionID)
    }

    let transport: SIPTransport
    let user: String
    let beginning = ContinuousClock.now
    var userAgent: SIPUserAgent
    var ownCalls: [SIPSessionID: OwnCall] = [:]
    /// What the calls that we take are to, by the user part of their URI.
    var services: [SIPSessionID: String] = [:]

    init(_ transport: SIPTransport, user: String) {
        (self.transport, self.user) = (transport, user)
        self.userAgent = SIPUserAgent(
            localEndpoint: transport.localEndpoint, streams: transport.streams, seed: .random(in: .min ... .max),
            product: "sip-echo", capabilities: SIPCapabilities(transfers: true))
    }

    /// Answers challenges; with a realm, challenges INVITE and REGISTER of the same user.
    func authenticate(password: String, realm: String?) {
        self.userAgent.credentials = SIPDigestClient(user: self.user, password: password, functions: PlainDigests())
        guard let realm else { return }
        let secret = String(UInt64.random(in: .min ... .max), radix: 36)
        let server = SIPDigestServer(realm: realm, secret: secret, algorithms: [.md5], functions: PlainDigests())
        self.userAgent.challenger = SIPChallenger(server: server) { [user] in
            $0 == user ? password : nil
        } isNeeded: { request, _ in
            request.method == .register || request.method == .invite && request[.to]?.tag == nil
        }
    }

    /// Makes a call and waits for its end.
    ///
    /// - Returns: what went wrong; nil where nothing did.
    func call(_ uri: SIPURI, at destination: Endpoint, _ plan: Plan) async -> String? {
        await withCheckedContinuation { self.start(uri, at: destination, plan, .caller($0)) }
    }

    func start(_ uri: SIPURI, at destination: Endpoint, _ plan: Plan, _ listener: Listener) {
        let session = self.userAgent.makeSession()
        let own = SIPAddress(SIPURI(user: self.user, endpoint: self.transport.localEndpoint))
        let invitation = SIPInvitation(
            requestURI: uri, from: own, to: SIPAddress(uri), contactUser: self.user, destination: destination,
            offer: self.description)
        self.ownCalls[session] = OwnCall(plan: plan, listener: listener)
        self.handle(.order(session, .invite(invitation)))
    }

    /// Hands an event to the user agent and does what it asks for.
    func handle(_ event: SIPUserAgent.Event) {
        let now = MonotonicTime.zero + self.beginning.duration(to: .now)
        for effect in self.userAgent.handle(event, at: now) {
            switch effect {
            case .send(let message, let peer): try? self.transport.send(message, to: peer)
            case .setTimer(let timer, let delay): Task { await self.wait(delay, for: timer) }
            case .session(let session, let report): self.take(report, of: session)
            case .request(let request, _, let transaction):
                var response = SIPMessage(response: .ok, to: request)
                response.setAll(request.all(.contact), for: .contact)
                self.handle(.respond(transaction, response))
            case .response, .noResponse: break
            }
        }
    }

    private func wait(_ delay: Duration, for timer: SIPTimer) async {
        try? await Task.sleep(for: delay)
        self.handle(.timerFired(timer))
    }

    /// What we say of our media, of which there is none.
    var description: SIPBody {
        let host = self.transport.localEndpoint.host
        return SIPBody(
            type: "application/sdp",
            text: """
                v=0\r
                o=echo 1 1 IN IP4 \(host)\r
                s=-\r
                c=IN IP4 \(host)\r
                t=0 0\r
                m=audio 40000 RTP/AVP 0\r
                a=rtpmap:0 PCMU/8000\r\n
                """)
    }
}
