import RecordingStorage
import SIP
import TLib

@testable import SIPServer

/// A switch with phones, a media server and T-Library clients, in virtual time and on a network of its own.
final class Rig {
    static let switchEndpoint = Endpoint.loopback(5060)
    static let mediaEndpoint = Endpoint.loopback(5070)
    static let hop = Duration.milliseconds(1)

    private enum Arrival {
        case switchEvent(CallControl.Event)
        case phone(Endpoint, SIPUserAgent.Event)
        case mediaServer(SIPUserAgent.Event)
        case script((Rig) -> Void)
    }

    var control: CallControl
    var phones: [Endpoint: Phone] = [:]
    var mediaServer = MediaServerScript()
    /// What each client has been sent.
    var received: [Endpoint: [TMessage]] = [:]
    var history: [CallHistoryEntry] = []
    var reports: [CallReport] = []
    var hasFinished = false
    /// How many of a hundred messages the network loses.
    var loss: UInt64 = 0
    var dice = TokenGenerator(seed: 0)
    private(set) var now = MonotonicTime.zero
    private var arrivals: [(time: MonotonicTime, number: Int, arrival: Arrival)] = []
    private var lastNumber = 0

    init(_ dns: [DN: DNOptions], configure: (inout SwitchConfiguration) -> Void = { _ in }) throws {
        var configuration = SwitchConfiguration(
            applicationName: "sips", dns: dns, agents: ["kim": Agent(id: "kim", firstName: "Kim", lastName: "Doe")])
        configure(&configuration)
        self.control = try CallControl(
            configuration: configuration, sipEndpoint: Self.switchEndpoint, resourceManager: Self.mediaEndpoint,
            epoch: WallTime(milliseconds: 1_700_000_000_000), seed: 42)
    }

    // MARK: Time

    /// Lets everything happen that happens within `duration`.
    func run(_ duration: Duration = .milliseconds(500)) {
        let end = self.now + duration
        while let next = self.arrivals.min(by: { ($0.time, $0.number) < ($1.time, $1.number) }), next.time <= end {
            self.arrivals.removeAll { $0.number == next.number }
            self.now = next.time
            self.deliver(next.arrival)
        }
        self.now = end
    }

    private func schedule(_ arrival: Arrival, after delay: Duration) {
        self.lastNumber += 1
        self.arrivals.append((self.now + delay, self.lastNumber, arrival))
    }

    private func deliver(_ arrival: Arrival) {
        switch arrival {
        case .switchEvent(let event):
            for effect in self.control.handle(event, at: self.now) { self.perform(effect) }
        case .phone(let endpoint, let event): self.phones[endpoint]?.take(event, self)
        case .mediaServer(let event): self.mediaServer.take(event, self)
        case .script(let script): script(self)
        }
    }

    private func perform(_ effect: CallControl.Effect) {
        switch effect {
        case .sendSIP(let message, let peer): self.carry(message, from: Self.switchEndpoint, to: peer)
        case .sendTLibrary(let message, let client): self.received[client, default: []].append(message)
        case .setTimer(let timer, let delay): self.schedule(.switchEvent(.timerFired(timer)), after: delay)
        case .appendHistory(let entry): self.history.append(entry)
        case .report(let report): self.reports.append(report)
        case .finished: self.hasFinished = true
        }
    }

    // MARK: The network

    /// Carries a message over the wire: as bytes, as it would be.
    func carry(_ message: SIPMessage, from source: Endpoint, to peer: Endpoint) {
        if self.loss > 0, self.dice.next() % 100 < self.loss { return }
        let bytes = message.encoded()
        guard let message = try? SIPMessage(parsing: bytes.span) else { return }
        switch peer {
        case Self.switchEndpoint: self.schedule(.switchEvent(.sip(message, from: source)), after: Self.hop)
        case Self.mediaEndpoint: self.schedule(.mediaServer(.received(message, from: source)), after: Self.hop)
        default: self.schedule(.phone(peer, .received(message, from: source)), after: Self.hop)
        }
    }

    func setTimer(_ timer: SIPTimer, of endpoint: Endpoint, after delay: Duration) {
        if endpoint == Self.mediaEndpoint {
            self.schedule(.mediaServer(.timerFired(timer)), after: delay)
        } else {
            self.schedule(.phone(endpoint, .timerFired(timer)), after: delay)
        }
    }

    func after(_ delay: Duration, _ script: @escaping (Rig) -> Void) { self.schedule(.script(script), after: delay) }

    // MARK: People

    /// A phone of a DN, registered.
    @discardableResult
    func phone(_ dn: DN, port: UInt16, isRegistered: Bool = true, answers: Phone.Answer = .accept) -> Phone {
        let phone = Phone(dn: dn, endpoint: .loopback(port), mediaPort: port + 1_000)
        phone.answer = answers
        self.phones[phone.endpoint] = phone
        if isRegistered {
            phone.register(self)
            self.run(.milliseconds(10))
        }
        return phone
    }

    /// A client that has registered DNs.
    func client(_ number: UInt16 = 1, registering dns: DN...) -> Endpoint {
        let client = Endpoint.loopback(40_000 + number)
        self.tell(client, TMessage(.requestRegisterClient)) { $0[.applicationName] = "desktop" }
        for dn in dns { self.tell(client, TMessage(.requestRegisterAddress)) { $0[.thisDN] = dn } }
        self.run(.zero)
        self.received[client] = []
        return client
    }

    func tell(_ client: Endpoint, _ message: TMessage, _ fill: (inout TMessage) -> Void) {
        var message = message
        fill(&message)
        self.schedule(.switchEvent(.tLibrary(message, from: client)), after: .zero)
    }

    /// TPrivateService; runs until it is answered and done.
    func ask(
        _ client: Endpoint, _ service: PrivateMsgID, for dn: DN = "7001", connID: ConnID? = nil, reference: Int = 1,
        extensions: KVList = KVList(), run duration: Duration = .milliseconds(500)
    ) {
        self.tell(client, TMessage(.requestPrivateService)) { message in
            message[.privateMsgID] = service
            message[.thisDN] = dn
            message[.connID] = connID ?? self.control.calls.keys.first
            message[.referenceID] = reference
            message[.reason] = ["why": "card number"]
            if !extensions.isEmpty { message[.extensions] = extensions }
        }
        self.run(duration)
    }

    func shutDown() { self.schedule(.switchEvent(.shutDown), after: .zero) }

    // MARK: What happened

    /// The events that a client was sent, as `EventRinging 7001`, each with what matters of it; forgets them.
    func events(_ client: Endpoint) -> [String] {
        let messages = self.received[client] ?? []
        self.received[client] = []
        return messages.map(Self.describe)
    }

    static func describe(_ message: TMessage) -> String {
        var text = message.type.description
        if let dn = message[.thisDN] { text += " \(dn)" }
        switch message.type {
        case .eventError: text += " \(message[.errorCode]?.rawValue ?? 0) \(message[.errorMessage] ?? "")"
        case .eventAttachedDataChanged:
            text += " " + (message[.userData]?.pairs.map { "\($0.key)=\($0.value.text)" }.joined(separator: " ") ?? "")
        case .eventPrivateInfo: text += " \(message[.privateMsgID]?.description ?? "")"
        case .eventReleased, .eventAbandoned: text += " \(message[.callState].map(String.init(describing:)) ?? "")"
        default: break
        }
        return text
    }

    /// The changes of the recording that the call history has.
    var recordingHistory: [String] {
        self.history.compactMap { if case .recording(let change, _, _) = $0.kind { change } else { nil } }
    }

    /// The one call that stands.
    var call: Call? { self.control.calls.values.first }
    var connID: ConnID? { self.control.calls.keys.first }
}
