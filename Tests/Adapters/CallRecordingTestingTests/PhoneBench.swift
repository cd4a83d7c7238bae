import CallCore
import SDP
import SIP
import Testing

@testable import CallRecordingTesting

/// Two phones that call each other without a switch between them: the registrar of each is the other.
struct PhoneBench {
    static let ends = [Endpoint.loopback(5_061), Endpoint.loopback(5_062)]
    static let ears = [Endpoint.loopback(6_000), Endpoint.loopback(6_002)]

    var phones: [PhoneMachine]
    var now = MonotonicTime.zero
    var told: [[PhoneReport]] = [[], []]
    /// Where each phone sends its media; nil while it is silent.
    var targets: [AudioTarget?] = [nil, nil]
    var timers: [[(timer: PhoneMachine.Timer, wait: Duration)]] = [[], []]
    var sent: [SIPMessage] = []
    /// Whether messages arrive.
    var delivers = true

    init(
        codecs: [[AudioCodec]] = [[.pcmu, .pcma], [.pcmu, .pcma]], answersAfter: Duration? = .seconds(1)
    ) {
        self.phones = (0..<2).map { index in
            PhoneMachine(
                configuration: PhoneConfiguration(
                    number: DN("700\(index)"), registrar: Self.ends[1 - index], answersAfter: answersAfter,
                    codecs: codecs[index]),
                sipEndpoint: Self.ends[index], mediaEndpoint: Self.ears[index], seed: UInt64(index))
        }
    }

    mutating func give(_ event: PhoneMachine.Event, to phone: Int) {
        var messages: [(SIPMessage, Endpoint)] = []
        for effect in self.phones[phone].handle(event, at: self.now) {
            switch effect {
            case .sendSIP(let message, let peer): messages.append((message, peer))
            case .setTimer(let timer, let wait): self.timers[phone].append((timer, wait))
            case .speak(let target): self.targets[phone] = target
            case .fallSilent: self.targets[phone] = nil
            case .tell(let report): self.told[phone].append(report)
            }
        }
        for (message, peer) in messages {
            self.sent.append(message)
            guard self.delivers, let other = Self.ends.firstIndex(of: peer) else { continue }
            self.give(.sip(message, from: Self.ends[phone]), to: other)
        }
    }

    /// Lets the phone that rings answer.
    mutating func fire(of phone: Int, where matches: (PhoneMachine.Timer) -> Bool) throws {
        let timer = try #require(self.timers[phone].last { matches($0.timer) }?.timer)
        self.give(.timerFired(timer), to: phone)
    }

    mutating func ringOut(_ phone: Int) throws {
        try self.fire(of: phone) { if case .answer = $0 { true } else { false } }
    }
}
