import CallRecordingSRTP
import CallRecordingSockets
import Foundation
import RTP
import Testing

/// Another implementation at the other end: `ffmpeg` protects and takes by code of its own.
@Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")))
struct `Protected media of ffmpeg` {
    private static let secret = (1...30).map { UInt8($0) }

    /// By this name of the second suite ffmpeg puts ten bytes on RTCP, as RFC 4568 §6.2 has it; by the RFC's own only four.
    @Test(
        arguments: [
            (SRTPSuite.aes128CounterSHA1Tag80, "AES_CM_128_HMAC_SHA1_80"),
            (.aes128CounterSHA1Tag32, "SRTP_AES128_CM_HMAC_SHA1_32"),
        ])
    func `what ffmpeg protects is taken, and sounds as it did`(suite: SRTPSuite, name: String) throws {
        let (media, port) = try Self.open(46_000, suite, partySends: true)
        let sender = try Self.run([
            "-re", "-f", "lavfi", "-i", "sine=frequency=500:sample_rate=8000", "-t", "2", "-c:a", "pcm_mulaw",
            "-f", "rtp", "-srtp_out_suite", name, "-srtp_out_params",
            Data(Self.secret).base64EncodedString(),
            // ffmpeg sends RTCP to the next port by itself.
            "srtp://127.0.0.1:\(port.localEndpoint.port)",
        ])
        var sound: [UInt8] = []
        var reports = 0
        var tracker = SequenceTracker()
        // Ten seconds at the most, for two of sound.
        for _ in 0..<500 where sound.count < 15_000 || sender.isRunning {
            media.wait(.milliseconds(20))
            media.drain { datagram, arrival in
                if arrival.isControl {
                    if (try? RTCPCompound(parsing: datagram)) != nil { reports += 1 }
                } else if let header = try? RTPHeader(parsing: datagram), header.payloadType == 0 {
                    _ = tracker.receive(header.sequenceNumber, ssrc: header.ssrc)
                    for index in header.payloadRange { sound.append(datagram[index]) }
                }
            }
        }
        sender.waitUntilExit()
        #expect(sender.terminationStatus == 0)
        #expect(port.unprotectedCount == 0)
        #expect(tracker.lost == 0 && tracker.duplicate == 0)
        #expect(reports > 0)
        #expect(sound.count > 15_000)
        // 500 Hz cross zero a thousand times a second; the first bit of the µ-law is the sign.
        let crossings = zip(sound, sound.dropFirst()).count { ($0 ^ $1) & 0x80 != 0 }
        #expect(abs(crossings - sound.count / 8) < 20)
    }

    @Test func `what we protect is taken by ffmpeg, and sounds as it did`() throws {
        let suite = SRTPSuite.aes128CounterSHA1Tag80
        let (media, port) = try Self.open(46_100, suite, partySends: false)
        let description = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).sdp")
        defer { try? FileManager.default.removeItem(at: description) }
        let text = """
            v=0
            o=- 0 0 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 46120 RTP/SAVP 0
            a=crypto:1 \(suite.rawValue) inline:\(Data(Self.secret).base64EncodedString())

            """
        try Data(text.utf8).write(to: description)
        let output = Pipe()
        let receiver = try Self.run(
            [
                "-protocol_whitelist", "file,udp,rtp,srtp", "-i", description.path, "-t", "1", "-f", "s16le", "-",
            ], output)
        let square = (0..<160).map { $0 / 8 % 2 == 0 ? 0x90 as UInt8 : 0x10 }
        // Until it has heard enough; what is sent before it listens is lost.
        for number in 0..<1_000 where receiver.isRunning {
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: UInt16(number), timestamp: UInt32(160 * number), ssrc: 5)
            let packet = header.encoded(payload: square.span)
            port.send(packet.span, to: .loopback(46_120))
            media.wait(.milliseconds(20))
        }
        receiver.terminate()
        let sound = output.fileHandleForReading.readDataToEndOfFile()
        receiver.waitUntilExit()
        let signs = stride(from: 1, to: sound.count, by: 2).map { sound[$0] & 0x80 }
        #expect(signs.count == 8_000)
        let crossings = zip(signs, signs.dropFirst()).count { $0 != $1 }
        #expect(abs(crossings - 1_000) < 20)
    }

    /// A port whose party has the secret: it sends with it, or takes with it.
    private static func open(
        _ first: UInt16, _ suite: SRTPSuite, partySends: Bool
    ) throws -> (SRTPMedia, any MediaPort) {
        let start = ContinuousClock.now
        let media = try SRTPMedia(
            UDPMedia(
                address: .loopback(0), ports: first..<first + 20,
                now: { MonotonicTime.zero + (ContinuousClock.now - start) }))
        let port = try media.openPort()
        let key = try #require(SRTPKey(suite: suite, keyAndSalt: Self.secret))
        var tokens = TokenGenerator(seed: 1)
        let other = SRTPKey(suite: suite, using: &tokens)
        try port.setProtection(
            partySends
                ? MediaProtection(sent: other, received: key) : MediaProtection(sent: key, received: other))
        return (media, port)
    }

    private static func run(_ arguments: [String], _ output: Pipe? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        process.arguments = ["-nostdin", "-hide_banner", "-loglevel", "error"] + arguments
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
