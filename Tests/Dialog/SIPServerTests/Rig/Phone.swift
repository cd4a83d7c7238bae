import SDP
import SIP

@testable import SIPServer

/// A phone with a script.
final class Phone {
    enum Answer {
        case accept
        /// Rings and waits.
        case ring
        case reject(SIPStatus)
        /// Not even an answer for the time being.
        case silent
    }

    let dn: DN
    let endpoint: Endpoint
    let mediaPort: UInt16
    var answer = Answer.accept
    var takesOffers = true
    /// Whether its answers to offers say nothing of media.
    var isVague = false
    /// The payload types that it speaks where it may choose; G.711 is always spoken to those who offer nothing else.
    var formats = "0 8"
    private(set) var session: SIPSessionID?
    /// What the switch last told it about media: the port of its peer.
    private(set) var peerPort: UInt16?
    /// The originators of all descriptions that it was given.
    private(set) var origins: [SDPOrigin] = []
    private(set) var log: [String] = []
    private(set) var registration: SIPMessage?
    private var userAgent: SIPUserAgent
    private var version: UInt64 = 1
    private var registrations: UInt64 = 0

    init(dn: DN, endpoint: Endpoint, mediaPort: UInt16) {
        (self.dn, self.endpoint, self.mediaPort) = (dn, endpoint, mediaPort)
        self.userAgent = SIPUserAgent(localEndpoint: endpoint, seed: UInt64(endpoint.port), product: "phone")
    }

    // MARK: What it does

    func register(_ rig: Rig, expires: Int = 600, contact: String? = nil) {
        let uri = SIPURI(user: self.dn.rawValue, endpoint: Rig.switchEndpoint)
        var request = SIPMessage(request: .register, uri: SIPURI(endpoint: Rig.switchEndpoint))
        request[.from] = SIPAddress(uri)
        request[.to] = SIPAddress(uri)
        if let contact {
            request.setField("Contact", to: contact)
        } else {
            request[.contact] = SIPAddress(SIPURI(user: self.dn.rawValue, endpoint: self.endpoint))
        }
        request[.expires] = expires
        self.registrations += 1
        self.take(.send(request, to: Rig.switchEndpoint, as: SIPRequestID(self.registrations)), rig)
    }

    func call(_ destination: DN, _ rig: Rig, offer: SIPBody?? = .none) {
        let session = self.userAgent.makeSession()
        self.session = session
        let to = SIPURI(user: destination.rawValue, endpoint: Rig.switchEndpoint)
        let from = SIPURI(user: self.dn.rawValue, endpoint: Rig.switchEndpoint)
        self.take(
            .order(
                session,
                .invite(
                    SIPInvitation(
                        requestURI: to, from: SIPAddress(from), to: SIPAddress(to), contactUser: self.dn.rawValue,
                        destination: Rig.switchEndpoint, offer: offer ?? self.description()))), rig)
    }

    func hangUp(_ rig: Rig) { self.order(.end, rig) }

    func hold(_ rig: Rig) { self.order(.offer(self.description(direction: "sendonly")), rig) }

    func askForOffer(_ rig: Rig) { self.order(.offer(nil), rig) }

    func order(_ order: SIPSession.Order, _ rig: Rig) {
        if let session { self.take(.order(session, order), rig) }
    }

    func description(direction: String = "sendrecv") -> SIPBody {
        self.version += 1
        return SIPBody(
            type: "application/sdp",
            text: "v=0\r\no=\(self.dn) 77 \(self.version) IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=audio \(self.mediaPort) RTP/AVP \(self.formats)\r\na=\(direction)\r\n")
    }

    // MARK: What happens to it

    func take(_ event: SIPUserAgent.Event, _ rig: Rig) {
        for effect in self.userAgent.handle(event, at: rig.now) {
            switch effect {
            case .send(let message, let peer): rig.carry(message, from: self.endpoint, to: peer)
            case .setTimer(let timer, let delay): rig.setTimer(timer, of: self.endpoint, after: delay)
            case .session(let session, let report): self.react(session, report, rig)
            case .response(let message, _): self.registration = message
            case .request, .noResponse: break
            }
        }
    }

    private func react(_ session: SIPSessionID, _ report: SIPSession.Report, _ rig: Rig) {
        switch report {
        case .invited(let message):
            self.session = session
            self.note("invited", message)
            switch self.answer {
            case .silent: break
            case .ring: self.order(.progress(.ringing, nil), rig)
            case .reject(let status): self.order(.reject(status), rig)
            case .accept:
                self.order(.progress(.ringing, nil), rig)
                self.order(.accept(self.description()), rig)
            }
        case .progress(let message): self.note("progress \(message.status?.code ?? 0)", message)
        case .established(let message):
            self.note("established", message)
            // An answer in the ACK, where the peer made the offer.
            self.order(.answer(self.description()), rig)
        case .confirmed(let message): self.note("confirmed", message)
        case .rejected(let status, _): self.log.append("rejected \(status.code)")
        case .offered(let message):
            guard self.takesOffers else { return self.order(.refuseOffer(.notAcceptableHere), rig) }
            self.note("offered", message)
            if message.body?.text.contains("RTP/AVP \(self.formats)") == false { self.formats = "0 8" }
            self.order(.answer(self.isVague ? SIPBody(type: "text/plain", text: "?") : self.description()), rig)
        case .answered(let message):
            self.note("answered", message)
            self.order(self.isVague ? .refuseOffer(.notAcceptableHere) : .answer(self.description()), rig)
        case .acknowledged(let message): self.note("acknowledged", message)
        case .offerRefused(let status): self.log.append("offerRefused \(status.code)")
        case .info(let transaction, let message):
            self.log.append("info \(message.body?.text ?? "")")
            self.order(.answerInfo(transaction, .ok, nil), rig)
        case .infoAnswered(_, let status, _): self.log.append("infoAnswered \(status.code)")
        case .offerWithdrawn: self.log.append("offerWithdrawn")
        case .invitedToReplace, .refreshed, .referred, .referralAnswered, .notified: self.log.append("\(report)")
        case .ended(let reason, _): self.log.append("ended \(reason)")
        }
    }

    private func note(_ what: String, _ message: SIPMessage) {
        self.log.append(what)
        guard let body = message.body, let description = try? SessionDescription(parsing: body.bytes.span) else {
            return
        }
        if let target = description.audioTarget { self.peerPort = target.endpoint.port }
        if let origin = description.origin { self.origins.append(origin) }
    }
}
