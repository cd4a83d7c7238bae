public import CallCore
public import RecordingStorage

extension MetadataStoreConformance {
    /// A recording with something in every field.
    ///
    /// - Parameter user: log-in name of the agent who was on the call.
    public static func recording(_ call: CallUUID, user: String) -> Recording {
        let start = WallTime(milliseconds: 1_441_904_302_123)
        let pause = Mask(start: .milliseconds(2_000), end: .milliseconds(4_500))
        let file = RecordingPath("2015-09-10/\(call)-1.mp3").map { path in
            MediaFile(
                mediaID: "\(call)-1.mp3", playID: "4f82ee48-4fe4-40e1-961d-309ba6e38698", path: path,
                storage: "directory", type: "audio/mp3", duration: .milliseconds(12_523), byteCount: 25_046,
                startTime: start, stopTime: start + .milliseconds(12_523), callUUID: call, tenant: "Environment",
                profile: "record", masks: [pause], parameters: ["ani": "8522001", "": "\"'\u{0}ü"],
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
                            talk: .milliseconds(5_020), crossTalk: .zero, level: -234, peaks: [-128, 127, -1, 0]),
                        SoundProfile.Channel(talk: .zero, crossTalk: .zero, level: nil, peaks: []),
                    ]))
        }
        return Recording(
            id: RecordingID(call), callerPhoneNumber: "852-2001", dialedPhoneNumber: "+1 416 000 0001",
            callType: "Inbound", region: "us", startTime: start, stopTime: start + .milliseconds(12_523),
            mediaFiles: file.map { [$0] } ?? [],
            eventHistory: [
                HistoryEvent(occurredAt: start, callUUID: call, event: "Joined", phoneNumber: "8522001"),
                HistoryEvent(
                    occurredAt: start, callUUID: call, event: "Joined", phoneNumber: "7001", userName: user,
                    firstName: "Kristi", lastName: "Müller", data: ["key": "value"]),
            ])
    }
}
