import CallRecordingTesting
import FoundationEssentials
import RecordingControl
import Testing

@testable import SIPServer

@Suite struct MediaDialogTests {
    @Test(arguments: [
        "start", "mid-call-control", "pause-refused", "hold", "media-server-lost", "media-server-refuses",
        "media-server-silent", "media-server-speaks-less",
        "recorder-refused", "party-refuses", "hang-up-while-starting", "stop-while-starting",
    ])
    func `the media dialog does what its transcript says`(name: String) throws {
        let file = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let path = "/\(file)/Fixtures/transcripts/media-dialog.\(name).call"
        let transcript = try Transcript(String(contentsOf: URL(filePath: path), encoding: .utf8))
        var dialog = MediaDialog()
        try transcript.replay(on: &dialog, event: Self.event, describe: Self.text)
    }

    private static func event(_ text: String) -> MediaDialog.Event? {
        let words = text.split(separator: " ").map(String.init)
        let rest = text.split(separator: ":", maxSplits: 1).dropFirst().first.map { String($0.dropFirst()) } ?? ""
        func word(_ index: Int) -> String { index < words.count ? words[index] : "" }
        let side = MediaDialog.Side(rawValue: String(word(1).prefix(1))) ?? .a
        let bytes = Array(word(2).utf8)
        switch word(0) {
        case "start": return .start(a: Array(word(1).dropFirst(2).utf8), b: Array(word(2).dropFirst(2).utf8))
        case "startAgain": return .startAgain
        case "pause": return .pause
        case "resume": return .resume
        case "stop": return .stop
        case "hangUp": return .hangUp
        case "legAnswered": return .legAnswered(side, connection: word(2))
        case "legUnacceptable": return .legUnacceptable(side, reason: rest)
        case "legEnded": return .legEnded(side, reason: rest)
        case "legOffered": return .legOffered(side, bytes)
        case "legAccepted": return .legAccepted(side, bytes)
        case "legOfferRefused": return .legOfferRefused(side, status: Int(word(2)) ?? 0)
        case "instructionAnswered":
            return .instructionAnswered(Int(word(1)) ?? 0, refusal: words.count > 2 ? rest : nil)
        case "partyAnswered": return .partyAnswered(side, bytes)
        case "partyRefused": return .partyRefused(side, status: Int(word(2)) ?? 0)
        case "partyOffered": return .partyOffered(side, word(2) == "-" ? nil : bytes)
        case "timer":
            switch word(1) {
            case "setUp": return .timerFired(.setUp)
            case "move": return .timerFired(.move)
            default: return .timerFired(.instruction(Int(word(2)) ?? 0))
            }
        default: return nil
        }
    }

    private static func text(_ effect: MediaDialog.Effect) -> String? {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        switch effect {
        case .inviteLeg(let side, let bytes): return "inviteLeg \(side) \(text(bytes))"
        case .inviteLegPlainly(let side, let bytes): return "inviteLegPlainly \(side) \(text(bytes))"
        case .askLeg(let side): return "askLeg \(side)"
        case .answerLeg(let side, let bytes): return "answerLeg \(side) \(text(bytes))"
        case .offerLeg(let side, let bytes): return "offerLeg \(side) \(text(bytes))"
        case .endLeg(let side): return "endLeg \(side)"
        case .instruct(.create(let a, let b), let token): return "instruct \(token) create a=\(a) b=\(b)"
        case .instruct(let instruction, let token): return "instruct \(token) \(instruction)"
        case .offerParty(let side, let bytes): return "offerParty \(side) \(text(bytes))"
        case .answerParty(let side, let bytes): return "answerParty \(side) \(text(bytes))"
        case .refuseParty(let side, let status): return "refuseParty \(side) \(status)"
        case .setTimer(.instruction(let token), let after):
            return "setTimer instruction \(token) \(after.milliseconds) ms"
        case .setTimer(let timer, let after): return "setTimer \(timer) \(after.milliseconds) ms"
        case .report(let report): return "report \(report)"
        }
    }
}
