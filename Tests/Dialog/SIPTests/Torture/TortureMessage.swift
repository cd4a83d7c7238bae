import CallCore
import Foundation
import SIP

/// One message of RFC 4475 or RFC 5118, kept byte for byte in `Tests/Fixtures/sip`, and what its receiver does.
struct TortureMessage: CustomStringConvertible {
    /// What becomes of a message.
    enum Outcome: Hashable {
        /// The box hears of it: a session is begun, or the request is handed on.
        case accepted
        /// It is refused at once.
        case refused(SIPStatus)
        /// Nobody hears of it and nothing is sent.
        case dropped
    }

    let name: String
    /// What the RFC says about it.
    let reason: String
    let outcome: Outcome

    init(_ name: String, _ outcome: Outcome, _ reason: String) {
        (self.name, self.reason, self.outcome) = (name, reason, outcome)
    }

    var description: String { self.name }

    func bytes() throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Fixtures/sip")
        return Array(try Data(contentsOf: folder.appending(path: self.name + ".sip")))
    }

    func message() throws -> SIPMessage {
        let bytes = try self.bytes()
        return try SIPMessage(parsing: bytes.span)
    }

    static func message(_ name: String) throws -> SIPMessage {
        try TortureMessage(name, .accepted, "").message()
    }
}

/// A receiver as it stands behind a socket: what cannot be read is refused by the transport, the rest goes to a user
/// agent.
struct TortureReceiver {
    var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
    static let source = Endpoint(ipv4: 0xC000_0263, port: 40_000)

    /// What is sent for a message, but for 100 Trying, and whether the box hears of it.
    mutating func receive(_ bytes: [UInt8]) -> (answers: [SIPMessage], isHandedOn: Bool) {
        guard let message = try? SIPMessage(parsing: bytes.span) else {
            return (SIPRefusal(of: bytes.span, from: Self.source).map { [$0.response] } ?? [], false)
        }
        var answers: [SIPMessage] = []
        var isHandedOn = false
        for effect in self.agent.handle(.received(message, from: Self.source), at: .zero) {
            switch effect {
            case .send(let answer, _): if answer.status != .trying { answers.append(answer) }
            case .session, .request: isHandedOn = true
            case .setTimer, .response, .noResponse: continue
            }
        }
        return (answers, isHandedOn)
    }

    mutating func outcome(of bytes: [UInt8]) -> TortureMessage.Outcome {
        let (answers, isHandedOn) = self.receive(bytes)
        if isHandedOn { return .accepted }
        return answers.first?.status.map { .refused($0) } ?? .dropped
    }
}
