import CallCore
import CallRecordingTesting
import CaptureJournal
import Foundation
import MSML
import SDP
import SIP
import Testing

@testable import MediaControlPlatform

@Suite struct MediaControlTranscriptTests {
    @Test(arguments: ["recorded-call", "mid-call-control", "media-plane-refuses"])
    func `a media server does what the transcript says`(name: String) throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Fixtures/transcripts").standardized
        let file = folder.appending(path: "media-server.\(name).call")
        let transcript = try Transcript(String(contentsOf: file, encoding: .utf8))
        var control = MediaControlBench().control
        let words = MediaControlWords()
        try transcript.replay(on: &control, event: words.event, describe: words.describe)
    }
}

/// Events and effects of a media server as transcripts write them.
private final class MediaControlWords {
    private var dialogs: [String: MediaControlBench.Dialog] = [:]
    private var recording = RecordingNumber(rawValue: 0)

    func event(_ text: String) -> MediaControl.Event? {
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count >= 2 else { return nil }
        switch parts[0] {
        case "plane": return self.report(parts[1], Int(parts.last ?? "") ?? 0).map { .media($0) }
        case "timer": return parts.last.flatMap { Int($0) }.map { .timerFired(.answer($0)) }
        default: return self.request(parts[0], in: parts[1], parts.count > 2 ? parts[2] : "")
        }
    }

    private func report(_ word: String, _ leg: Int) -> MediaPlaneReport? {
        let leg = LegID(rawValue: UInt64(leg))
        switch word {
        case "portOpened": return .portOpened(leg, .loopback(20_000 + 2 * UInt16(leg.rawValue)))
        case "portFailed": return .portFailed(leg, "all are taken")
        case "started": return .recordingStarted(self.recording, at: .zero)
        case "paused": return .recordingPaused(self.recording, at: .zero, position: 0)
        case "resumed": return .recordingResumed(self.recording, at: .zero)
        case "stopped": return .recordingStopped(self.recording, at: .zero)
        case "refused": return .recordingRefused(self.recording, "no")
        default: return nil
        }
    }

    private func request(_ method: String, in name: String, _ rest: String) -> MediaControl.Event? {
        let dn = rest.hasPrefix("dn=") ? String(rest.dropFirst(3).prefix { $0 != " " }) : ""
        var dialog =
            self.dialogs[name]
            ?? MediaControlBench.Dialog(
                callID: name,
                uri: "sip:msml=024V994RFGFQNEKK3CSH5B5AES00GJ4L@\(MediaControlBench.server);dn=\(dn);record")
        let body: String
        switch method {
        case "INFO": body = self.document(rest)
        default:
            // "offers 4000: 0 8": where media is wanted, and in which payload types.
            let words = rest.split(separator: " ")
            let port = words.first { $0.hasSuffix(":") }.flatMap { Int($0.dropLast()) }
            let types = words.drop { !$0.hasSuffix(":") }.dropFirst().joined(separator: " ")
            body = port.map { MediaControlBench.offer(port: $0, codecs: types) } ?? ""
        }
        let type = method == "INFO" ? MSML.mediaType : "application/sdp"
        let message = try? MediaControlBench.request(method, in: &dialog, type: type, body: body, fields: [])
        self.dialogs[name] = dialog
        return message.map { .sip($0, from: MediaControlBench.peer) }
    }

    private func document(_ word: String) -> String {
        let conference = "conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"
        switch word {
        case "create":
            guard let first = self.dialogs["a"], let second = self.dialogs["b"] else { return "" }
            return MediaControlBench.startDocument(first, second)
        case "createAlone":
            return MediaControlBench.msml(
                #"<createconference name="c"><gvp:recorder/></createconference>"#
                    + #"<join id1="conf:c" id2="conn:\#(self.dialogs["c"]?.toTag ?? "")"/>"#)
        case "destroy": return MediaControlBench.msml(#"<destroyconference id="\#(conference)"/>"#)
        default: return MediaControlBench.modify(word)
        }
    }

    func describe(_ effect: MediaControl.Effect) -> String? {
        switch effect {
        case .sendSIP(let message, _): self.describe(message)
        case .media(let order): self.describe(order)
        case .setTimer(.port(let leg), let wait): "setTimer port \(leg) \(wait.milliseconds) ms"
        case .setTimer(.answer(let number), let wait): "setTimer answer \(number) \(wait.milliseconds) ms"
        case .finished: "finished"
        case .setTimer(.sip, _), .report, .recordingBegan, .recordingRefused: nil
        }
    }

    private func describe(_ response: SIPMessage) -> String? {
        guard let status = response.status, status.isFinal, let name = response[.callID] else { return nil }
        if response.method == .invite, status.isSuccess { self.dialogs[name]?.toTag = response[.to]?.tag }
        var text = "\(status.code) \(response.method) \(name)"
        guard let body = response.body else { return text }
        if let target = (try? SessionDescription(parsing: body.bytes.span))?.audioTarget {
            text += " has \(target.endpoint.port): " + target.codecs.map { "\($0.payloadType)" }.joined(separator: " ")
        } else if let result = try? MSMLResult(parsing: body.bytes.span) {
            text += " result \(result.response.rawValue)"
        }
        return text
    }

    private func describe(_ order: MediaPlaneOrder) -> String {
        switch order {
        case .openPort(let leg): return "openPort \(leg)"
        case .setRemote(let leg, let media):
            let codecs = media.sent.map { "\($0.codec)" }.joined(separator: " ")
            return "setRemote \(leg) \(media.remote.map { "\($0.port)" } ?? "-"): \(codecs)"
        case .join(let leg, _): return "join \(leg)"
        case .leave(let leg): return "leave \(leg)"
        case .closeLeg(let leg): return "closeLeg \(leg)"
        case .startRecording(let ticket):
            self.recording = ticket.number
            return "start " + ticket.channels.map(\.dn).joined(separator: " ")
        case .pauseRecording: return "pause"
        case .resumeRecording: return "resume"
        case .markRecording(_, let isSensitive): return isSensitive ? "sensitive" : "not sensitive"
        case .promptParties: return "promptParties"
        case .play(let number, _, let leg): return "play \(number) \(leg)"
        case .stopPlaying(let number): return "stopPlaying \(number)"
        case .stopRecording: return "stop"
        case .shutDown: return "shutDown"
        }
    }
}
