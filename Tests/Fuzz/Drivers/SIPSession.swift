// modules: CallCore SIP
// inputs: 70000
// seeds: Tests/Fixtures/sip
import CallCore
import SIP

/// A user agent whose session has come so far as the first byte says hears what a hostile peer sends within it, and
/// answers every request once.
func fuzz(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    var scene = Scene(stage: first & 7)
    var decoder = SIPStreamDecoder()
    let stream = Array(bytes.dropFirst())
    decoder.append(stream.span)
    while let message = try? decoder.next() { scene.receive(message) }
    scene.letTimePass()
}

private struct Scene {
    var agent: SIPUserAgent
    var session: SIPSessionID
    var dialog: SIPDialog?
    var timers: [SIPTimer] = []
    var sent: [SIPMessage] = []
    var sequence: UInt32 = 10
    let peer = Endpoint.loopback(5061)

    init(stage: UInt8) {
        self.agent = SIPUserAgent(
            localEndpoint: .loopback(5060), seed: 1, product: "Fuzz",
            capabilities: SIPCapabilities(reliableProvisionals: true, transfers: true, infoPackages: ["foo"]))
        self.session = self.agent.makeSession()
        let sdp = SIPBody(type: "application/sdp", text: "v=0\r\n")
        let target = SIPAddress(SIPURI(user: "a", endpoint: self.peer))
        let invitation = SIPInvitation(
            requestURI: target.uri, from: target, to: target, destination: self.peer, offer: stage & 1 == 0 ? sdp : nil)
        if stage >= 6 {
            self.give(.order(self.session, .refer(SIPReferral(to: target), token: 1, to: invitation)))
        } else {
            self.give(.order(self.session, .invite(invitation)))
        }
        guard let opening = self.sent.first else { return }
        if stage >= 2 {
            var response = SIPMessage(response: stage < 4 ? .sessionProgress : .ok, to: opening, tag: "peer")
            response[.contact] = target
            response.setAll([.reliableProvisional], for: .require)
            response[.rseq] = 7
            response.setAll([.update], for: .allow)
            response.body = sdp
            self.give(.received(response, from: self.peer))
            self.give(.order(self.session, .answer(sdp)))
            self.give(.order(self.session, .update(sdp)))
            self.give(.order(self.session, .refer(SIPReferral(to: target), token: 2)))
        }
        self.dialog = self.agent.dialog(of: self.session)
    }

    /// What the peer sends is made to belong to the session: a request to its dialog, a response to what was sent last.
    mutating func receive(_ message: SIPMessage) {
        var message = message
        self.sequence += 1
        let method = message.method
        if message.isRequest, let dialog = self.dialog {
            (message[.from], message[.to], message[.callID]) = (dialog.remote, dialog.local, dialog.callID)
            message[.via] = SIPVia(self.peer, branch: "z9hG4bK\(self.sequence)")
            message[.cseq] = SIPCSeq(self.sequence, method)
        } else if let request = self.sent.last(where: { $0.isRequest && $0.method != .ack }) {
            for name in ["Via", "From", "Call-ID", "CSeq"] { message.setField(name, to: request.field(name)) }
            if var to = request[.to] {
                to.tag = to.tag ?? "peer"
                message[.to] = to
            }
        }
        let count = self.sent.count
        let reports = self.give(.received(message, from: self.peer))
        let isAnswered = self.sent.count > count || reports > 0
        expect(
            isAnswered || !message.isRequest || method == .ack || self.dialog == nil, "\(method) was not answered")
    }

    @discardableResult
    private mutating func give(_ event: SIPUserAgent.Event) -> Int {
        var reports = 0
        for effect in self.agent.handle(event, at: .zero) {
            switch effect {
            case .send(let message, _):
                let bytes = message.encoded()
                expect((try? SIPMessage(parsing: bytes.span)) != nil, "What was sent cannot be read")
                self.sent.append(message)
            case .setTimer(let timer, _): self.timers.append(timer)
            case .session(let id, let report):
                reports += 1
                self.react(to: report, id)
            case .request(let message, _, let id):
                reports += 1
                self.give(.respond(id, SIPMessage(response: .ok, to: message)))
            case .response, .noResponse: reports += 1
            }
        }
        return reports
    }

    private mutating func react(to report: SIPSession.Report, _ id: SIPSessionID) {
        let sdp = SIPBody(type: "application/sdp", text: "v=0\r\n")
        switch report {
        case .invited, .invitedToReplace: self.give(.order(id, .accept(sdp)))
        case .offered, .answered, .established, .progress: self.give(.order(id, .answer(sdp)))
        case .info(let transaction, _): self.give(.order(id, .answerInfo(transaction, .ok, nil)))
        case .referred(let transaction, _): self.give(.order(id, .acceptReferral(transaction)))
        default: break
        }
    }

    /// The first timers fire, and what they bring about.
    mutating func letTimePass() {
        for _ in 0..<40 where !self.timers.isEmpty { self.give(.timerFired(self.timers.removeFirst())) }
    }
}
