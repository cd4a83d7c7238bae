import MSML
import SDP
import SIP

@testable import SIPServer

/// A media server with a script, reached as if through the Resource Manager.
final class MediaServerScript {
    enum Answer {
        case ok
        case refuse(Int)
        case silent
        /// 200 without a body, and the result in an INFO of its own.
        case later
    }

    /// How INVITEs are answered.
    var accepts = Answer.ok
    /// How the next INFOs are answered; `.ok` where none is left.
    var answers: [Answer] = []
    var makesOffers = true
    /// Whether it has lost its power.
    var isDead = false
    /// The legs, in the order in which they came: DN, name, request URI.
    private(set) var legs: [(session: SIPSessionID, uri: SIPURI, mediaPort: UInt16)] = []
    private(set) var requests: [MSMLRequest] = []
    private(set) var bodies: [String] = []
    private(set) var endedCount = 0
    private(set) var log: [String] = []
    private var userAgent = SIPUserAgent(localEndpoint: Rig.mediaEndpoint, seed: 99, product: "media server")
    private var lastPort: UInt16 = 30_000

    var conferences: Set<String> { Set(self.legs.compactMap(\.uri.user)) }

    /// The states that the recorder was told to reach.
    var states: [String] {
        self.requests.flatMap(\.elements).compactMap { element in
            switch element {
            case .createConference: "create"
            case .modifyConference(let order): order.recorder?.state?.rawValue
            default: nil
            }
        }
    }

    func tag(_ index: Int) -> String? {
        self.legs.indices.contains(index) ? self.userAgent.dialog(of: self.legs[index].session)?.localTag : nil
    }

    func hangUp(_ index: Int, _ rig: Rig) { self.take(.order(self.legs[index].session, .end), rig) }

    func take(_ event: SIPUserAgent.Event, _ rig: Rig) {
        if self.isDead { return }
        for effect in self.userAgent.handle(event, at: rig.now) {
            switch effect {
            case .send(let message, let peer): rig.carry(message, from: Rig.mediaEndpoint, to: peer)
            case .setTimer(let timer, let delay): rig.setTimer(timer, of: Rig.mediaEndpoint, after: delay)
            case .session(let session, let report): self.react(session, report, rig)
            case .request, .response, .noResponse: break
            }
        }
    }

    private func react(_ session: SIPSessionID, _ report: SIPSession.Report, _ rig: Rig) {
        switch report {
        case .invited(let message):
            self.log.append("invited")
            switch self.accepts {
            case .silent: break
            case .refuse(let status): self.take(.order(session, .reject(SIPStatus(status))), rig)
            case .ok, .later:
                let offer = message.sessionDescription.flatMap { try? SessionDescription(parsing: $0.span) }
                let names = offer?.audioTarget?.codecs.map(\.name) ?? ["PCMU"]
                guard names.contains("PCMU") || names.contains("PCMA") else {
                    return self.take(.order(session, .reject(.notAcceptableHere)), rig)
                }
                self.lastPort += 2
                if let uri = message.requestURI { self.legs.append((session, uri, self.lastPort)) }
                self.take(.order(session, .accept(self.description(self.lastPort))), rig)
            }
        case .info(let transaction, let message): self.instructed(session, transaction, message, rig)
        case .offered(let message):
            self.log.append(message.body == nil ? "asked" : "offered")
            if self.makesOffers, let leg = self.legs.first(where: { $0.session == session }) {
                self.take(.order(session, .answer(self.description(leg.mediaPort))), rig)
            } else {
                self.take(.order(session, .refuseOffer(.notAcceptableHere)), rig)
            }
        case .acknowledged(let message): self.log.append(message.body == nil ? "acknowledged" : "answered")
        case .ended:
            self.log.append("ended")
            self.endedCount += 1
        default: break
        }
    }

    private func instructed(
        _ session: SIPSessionID, _ transaction: SIPTransactionID, _ message: SIPMessage, _ rig: Rig
    ) {
        if let body = message.body, let request = try? MSMLRequest(parsing: body.bytes.span) {
            self.requests.append(request)
            self.bodies.append(body.text)
        }
        let answer = self.answers.isEmpty ? Answer.ok : self.answers.removeFirst()
        func result(_ response: Int) -> SIPBody {
            SIPBody(type: MSML.mediaType, bytes: MSMLResult(response: MSMLResponse(rawValue: response)).encoded())
        }
        switch answer {
        case .ok: self.take(.order(session, .answerInfo(transaction, .ok, result(200))), rig)
        case .refuse(let response): self.take(.order(session, .answerInfo(transaction, .ok, result(response))), rig)
        case .silent: break
        case .later:
            self.take(.order(session, .answerInfo(transaction, .ok, nil)), rig)
            self.take(.order(session, .info(result(200), token: 1)), rig)
        }
    }

    private func description(_ port: UInt16) -> SIPBody {
        SIPBody(
            type: "application/sdp",
            text: "v=0\r\no=mcp 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=audio \(port) RTP/AVP 0 8\r\na=sendrecv\r\n")
    }
}
