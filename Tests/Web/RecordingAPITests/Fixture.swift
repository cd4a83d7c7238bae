import CallCore
import Foundation
import RecordingAPI
import RecordingStorage
import Testing

/// A file of Tests/Fixtures/rws.
func fixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
    let tests = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appendingPathComponent("Fixtures/rws/\(name)")))
}

/// A file with something in every field.
func sampleFile(_ mediaID: String = "a-006B015F-1000427D-00000001.mp3") throws -> MediaFile {
    let start = try #require(WallTime(iso8601: "2015-09-10T16:58:22.125+0000"))
    let pause = Mask(start: .milliseconds(2_000), end: .milliseconds(4_500))
    return MediaFile(
        mediaID: mediaID, playID: "4f82ee48-4fe4-40e1-961d-309ba6e38698",
        path: try #require(RecordingPath("2015/\(mediaID)")), storage: "directory", type: "audio/mp3",
        duration: .milliseconds(12_523), byteCount: 25_046, startTime: start, stopTime: start + .milliseconds(12_523),
        callUUID: try #require(CallUUID("011AP643CSAPR4FKQGQE31TAES00029V")), tenant: "Environment", profile: "record",
        masks: [pause], parameters: ["ani": "8522001", "rp.speechminer_uri": "http://10.0.0.10/", "": "\"\\\u{1}ü"],
        verdict: Verdict(
            streams: [
                Verdict.Stream(dn: "8522001", channel: 0, received: 626, lost: 1, late: 2, duplicate: 3),
                Verdict.Stream(dn: "7001", channel: 1),
            ],
            pauses: [pause], exceptions: ["7001 said nothing"],
            prompts: [
                PlayedPrompt(
                    dn: "7001", channel: 1, kind: .consent, name: "file:a.wav",
                    span: Mask(start: .milliseconds(100), end: .milliseconds(600)), played: .milliseconds(500),
                    length: .milliseconds(700), interruption: "the party was put on hold")
            ],
            consent: RecordingConsent(heardAt: nil, reason: "7001: it was put on hold")),
        sound: SoundProfile(
            length: .milliseconds(12_520), silence: .milliseconds(7_500), peakInterval: .milliseconds(100),
            channels: [
                SoundProfile.Channel(
                    talk: .milliseconds(5_020), crossTalk: .milliseconds(20), level: -234, peaks: [-128, 127, -1, 0]),
                SoundProfile.Channel(talk: .zero, crossTalk: .zero, level: nil, peaks: []),
            ]))
}
