import CallCore
import CallRecordingCrypto
import RecordingStorage

/// A recording with something of everything, its files, and the key of the node that made it.
enum SampleManifest {
    static let seed = [UInt8](repeating: 0x42, count: 32)
    static let files: [String: [UInt8]] = [
        "call-1.mp3": Array("as if it were MP3".utf8), "call-1.wav": Array("as if it were WAV".utf8),
    ]

    static func publicKey() throws -> [UInt8] { try CryptoSignatures().publicKey(ofSeed: self.seed) }

    static func make() throws -> RecordingManifest {
        let duration = Duration.milliseconds(21_500)
        return RecordingManifest(
            number: 18_446_744_073_709_551_615, id: "01FES9JK_2026-11-25_03-00-00",
            callUUID: "01FES9JKSOFQLEKK3CSH5B5AES00JV1U", node: "mcp-1", publicKey: try self.publicKey(),
            startTime: WallTime(milliseconds: 1_795_575_600_250), duration: duration,
            files: self.files.sorted { $0.key < $1.key }.map { name, bytes in
                RecordingManifest.File(
                    name: name, mediaType: "audio/" + name.suffix(3), byteCount: Int64(bytes.count),
                    duration: duration, sha256: PlainDigests().sha256(bytes))
            },
            evidence: self.evidence)
    }

    static let evidence = RecordingEvidence(
        streams: [
            RecordingEvidence.Stream(
                counts: Verdict.Stream(dn: "7001", channel: 0, received: 996, lost: 3, late: 1, duplicate: 2),
                runs: [
                    RecordingEvidence.Run(
                        ssrc: 0xFEED_BEEF, first: 65_530, last: 66_029, received: 498, lost: 2, duplicate: 2),
                    RecordingEvidence.Run(
                        ssrc: 0xFEED_BEF0, first: 131_072, last: 131_571, received: 498, lost: 1, late: 1),
                ],
                gaps: RecordingEvidence.Gaps(
                    spans: [
                        Mask(start: .milliseconds(1_400), end: .milliseconds(1_440)),
                        Mask(start: .milliseconds(10_600), end: .milliseconds(10_640)),
                    ]),
                codecs: [
                    RecordingEvidence.CodecChange(at: .zero, name: "PCMU"),
                    RecordingEvidence.CodecChange(at: .milliseconds(10_020), name: "G722"),
                ],
                sender: RecordingEvidence.Sender(
                    reportCount: 4, packetCount: 5_021, byteCount: 803_360, sent: 750, accounted: 749, hasLeft: true)),
            RecordingEvidence.Stream(
                counts: Verdict.Stream(dn: "+49 89 \"München\"", channel: 1, received: 500),
                runs: [RecordingEvidence.Run(ssrc: 1, first: 0, last: 499, received: 500)],
                codecs: [RecordingEvidence.CodecChange(at: .microseconds(125), name: "PCMA")]),
        ],
        pauses: [
            RecordingEvidence.Pause(
                span: Mask(start: .seconds(5), end: .milliseconds(7_125)),
                paused: Requester(who: "7001 (agent1) by Desktop", why: "card=yes"), resumed: .unknown),
            RecordingEvidence.Pause(span: Mask(start: .seconds(20), end: .milliseconds(21_500))),
        ],
        journal: RecordingEvidence.JournalSpan(
            recordCount: 1_510, byteCount: 302_000, sha256: [UInt8](repeating: 0xA5, count: 32)))
}
