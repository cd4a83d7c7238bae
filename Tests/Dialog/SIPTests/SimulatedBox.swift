import CallCore
import SIP

/// What one side knows of one call in a simulation, and what must come out even at its end.
struct SimulatedParty {
    /// The offer and the answer that were last agreed on.
    struct Agreement: Equatable {
        var offer: String
        var answer: String
    }

    var agreement: Agreement?
    /// What we have offered or answered in the exchange under way.
    var own: String?
    /// What the peer has offered in the exchange under way.
    var theirs: String?
    /// Our offers that have no result yet, in order; nil asked for the peer's.
    var offers: [String?] = []
    var unansweredInfos: Set<Int> = []
    var infosReceived: [String] = []
    var ends: [String] = []
    var faults: [String] = []

    /// Takes a report.
    ///
    /// - Parameter answersEarly: whether the box describes its media before it takes a call.
    /// - Returns: what the box orders in turn; the text names its bodies.
    mutating func take(_ report: SIPSession.Report, name: String, answersEarly: Bool = false) -> [SIPSession.Order] {
        guard self.ends.isEmpty else {
            self.faults.append("\(report.name) after the end")
            return []
        }
        switch report {
        case .invited(let message):
            self.theirs = message.body?.text
            self.own = name
            return [.progress(.ringing, nil)] + (answersEarly ? [.progress(.sessionProgress, .sdp(name))] : [])
                + [.accept(.sdp(name))]
        case .progress(let message) where message[.rseq] != nil && message.body != nil:
            return self.takeAnswer(message.body?.text ?? "", name: name)
        case .established(let message) where message.body == nil:
            if self.agreement == nil { self.faults.append("established without an answer") }
        case .offered(let message):
            // A PRACK with an offer confirms our answer too.
            if message.method == .prack { self.settle(answeredBy: nil) }
            if self.theirs != nil || self.own != nil { self.faults.append("two offers at once") }
            self.theirs = message.body?.text ?? ""
            self.own = name
            return [.answer(.sdp(name))]
        case .confirmed where self.own == nil && self.agreement != nil:
            break
        case .confirmed(let message), .acknowledged(let message):
            self.settle(answeredBy: message.body?.text)
        case .offerWithdrawn:
            (self.own, self.theirs) = (nil, nil)
        case .established(let message), .answered(let message):
            return self.takeAnswer(message.body?.text ?? "", name: name)
        case .offerRefused:
            self.offers.removeFirst()
        case .info(let transaction, let message):
            self.infosReceived.append(message.body?.text ?? "")
            return [.answerInfo(transaction, .ok, nil)]
        case .infoAnswered(let token, _, _):
            if self.unansweredInfos.remove(token) == nil { self.faults.append("INFO \(token) answered twice") }
        case .rejected, .ended:
            self.ends.append(report.name)
        case .progress, .refreshed:
            break
        case .invitedToReplace, .referred, .referralAnswered, .notified:
            self.faults.append("\(report.name) without a cause")
        }
        return []
    }

    private mutating func settle(answeredBy answer: String?) {
        guard let own = self.own else {
            self.faults.append("acknowledged without an offer")
            return
        }
        if let offer = self.theirs, !offer.isEmpty {
            self.agreement = Agreement(offer: offer, answer: own)
        } else {
            self.agreement = Agreement(offer: own, answer: answer ?? "none")
        }
        (self.own, self.theirs) = (nil, nil)
    }

    private mutating func takeAnswer(_ body: String, name: String) -> [SIPSession.Order] {
        guard !self.offers.isEmpty else {
            self.faults.append("answered without an offer")
            return []
        }
        if let offer = self.offers.removeFirst() {
            self.agreement = Agreement(offer: offer, answer: body)
            return []
        }
        self.agreement = Agreement(offer: body, answer: name)
        return [.answer(.sdp(name))]
    }
}
