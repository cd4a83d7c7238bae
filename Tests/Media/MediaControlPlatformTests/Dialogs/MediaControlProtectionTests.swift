import CallCore
import RTP
import SDP
import SIP
import Synchronization
import Testing

@testable import MediaControlPlatform

/// - Source: RFC 4568 §5.1, §7.1.
@Suite struct `Offers of protected media` {
    /// Keys that differ from call to call of what makes them, as those of the system do.
    private static func bench(_ configuration: MediaServerConfiguration = MediaServerConfiguration())
        -> MediaControlBench
    {
        let tokens = Mutex(TokenGenerator(seed: 4_568))
        return MediaControlBench(configuration) {
            tokens.withLock { tokens in
                [SRTPSuite.aes256GCM, .aes128CounterSHA1Tag80].map { SRTPKey(suite: $0, using: &tokens) }
            }
        }
    }

    private static let partyKey = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e"
    private static let otherKey = "/////wUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e"

    private static func offer(_ crypto: [String], protocol: String = "RTP/SAVP") -> String {
        ([
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 4000 \(`protocol`) 0",
        ] + crypto.map { "a=crypto:\($0)" }).joined(separator: "\r\n") + "\r\n"
    }

    private static func offer(_ key: String) -> String { Self.offer(["7 AES_CM_128_HMAC_SHA1_80 inline:\(key)"]) }

    private static func protection(_ bench: MediaControlBench) -> MediaProtection? {
        guard case .setRemote(_, let media) = bench.orders.last else { return nil }
        return media.protection
    }

    private static func crypto(_ response: SIPMessage?) throws -> [SDPCrypto] {
        let body = try #require(response?.body)
        let media = try #require(try SessionDescription(parsing: body.bytes.span).media.first)
        #expect(media.protocol == "RTP/SAVP")
        return media.crypto
    }

    private static func bytes(_ key: SRTPKey?) -> [UInt8]? {
        key?.withKeyAndSalt { secret in secret.indices.map { secret[$0] } }
    }

    @Test func `an offer of protected media is answered with a key of ours, and the leg is given both`() throws {
        var bench = Self.bench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
        let answer = try Self.crypto(try bench.send("INVITE", in: &dialog, body: Self.offer(Self.partyKey)))
        #expect(answer.map(\.tag) == [7])
        #expect(answer.map(\.suite) == [.aes128CounterSHA1Tag80])
        let protection = try #require(Self.protection(bench))
        #expect(Self.bytes(protection.received) == Array(1...30))
        #expect(protection.received.suite == .aes128CounterSHA1Tag80)
        #expect(Self.bytes(protection.sent) == answer.first?.keys.first?.keyAndSalt)
        #expect(protection.sent != protection.received)
    }

    @Test func `lifetime and identifier of the party's key reach the leg`() throws {
        var bench = Self.bench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
        let offer = Self.offer(["1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.partyKey)|2^20|258:4"])
        try bench.send("INVITE", in: &dialog, body: offer)
        #expect(Self.protection(bench)?.received.identifier == [0, 0, 1, 2])
        #expect(Self.protection(bench)?.received.lifetime == 1 << 20)
    }

    @Test func `media in the clear stays so where protection is not required`() throws {
        var bench = Self.bench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
        #expect(try bench.send("INVITE", in: &dialog, body: MediaControlBench.offer())?.status == .ok)
        #expect(bench.orders.count == 2)
        #expect(Self.protection(bench) == nil)
    }

    @Test func `what cannot be protected as it must be is refused, and costs no port`() throws {
        let required = MediaServerConfiguration(requiresProtectedMedia: true)
        let cases: [(MediaControlBench, String)] = [
            (Self.bench(required), MediaControlBench.offer()),
            (Self.bench(), Self.offer([])),
            (Self.bench(), Self.offer(["1 F8_128_HMAC_SHA1_80 inline:\(Self.partyKey)"])),
            (Self.bench(), Self.offer(["1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.partyKey) UNENCRYPTED_SRTP"])),
            (Self.bench(), Self.offer(["1 AES_CM_128_HMAC_SHA1_80 inline:AQID"])),
            // Without a transport that can protect.
            (MediaControlBench(), Self.offer(Self.partyKey)),
            (MediaControlBench(required), Self.offer(Self.partyKey)),
        ]
        for (index, scene) in cases.enumerated() {
            var bench = scene.0
            var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
            let status = try bench.send("INVITE", in: &dialog, body: scene.1)?.status
            #expect(status == .notAcceptableHere, "case \(index)")
            #expect(bench.orders.isEmpty, "case \(index)")
        }
    }

    @Test func `the same key again keeps ours, and a new one gets a new one`() throws {
        var bench = Self.bench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
        let response = try bench.send("INVITE", in: &dialog, body: Self.offer(Self.partyKey))
        dialog.toTag = response?[.to]?.tag
        try bench.send("ACK", in: &dialog)
        let first = Self.protection(bench)
        _ = try Self.crypto(try bench.send("INVITE", in: &dialog, body: Self.offer(Self.partyKey)))
        #expect(first != nil && Self.protection(bench) == first)
        try bench.send("ACK", in: &dialog)
        _ = try Self.crypto(try bench.send("INVITE", in: &dialog, body: Self.offer(Self.otherKey)))
        let second = try #require(Self.protection(bench))
        #expect(second.received != first?.received && second.sent != first?.sent)
    }

    @Test func `no report and no printed order shows a key`() throws {
        var bench = Self.bench()
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=c@127.0.0.1:5080;dn=7001")
        let answer = try Self.crypto(try bench.send("INVITE", in: &dialog, body: Self.offer(Self.partyKey)))
        let own = try #require(answer.first?.value.split(separator: "inline:").last.map(String.init))
        var dumped = ""
        dump(bench.orders, to: &dumped)
        dump(bench.reports, to: &dumped)
        #expect(!dumped.contains(own) && !dumped.contains(Self.partyKey))
        #expect(dumped.contains("AES_CM_128_HMAC_SHA1_80"))
    }
}
