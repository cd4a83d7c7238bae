import CallRecordingSRTP
import Foundation
import RTP
import Testing

/// - Source: RFC 3711 appendix B, RFC 6188 §7, RFC 7714 §16 and §17, put together by `Tests/Fixtures/srtp/make.py`.
@Suite struct `SRTP by the letter` {
    struct Vector: CustomTestStringConvertible {
        var suite: SRTPSuite
        var kind: String
        var key: SRTPKey
        var packet: [UInt8]
        var protected: [UInt8]
        var testDescription: String { "\(self.suite.rawValue) \(self.kind)" }
        var isControl: Bool { self.kind == "rtcp" }
    }

    static let vectors: [Vector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/srtp/packets.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let parts = line.components(separatedBy: " | ")
            guard parts.count == 5, let suite = SRTPSuite(rawValue: parts[0]),
                let key = SRTPKey(suite: suite, keyAndSalt: bytes(hex: parts[2]))
            else { return nil }
            return Vector(
                suite: suite, kind: parts[1], key: key, packet: bytes(hex: parts[3]), protected: bytes(hex: parts[4]))
        }
    }()

    @Test func `every suite has its packets`() {
        #expect(Self.vectors.count == 3 * SRTPSuite.allCases.count)
    }

    @Test(arguments: Self.vectors)
    func `a packet is protected to the byte`(vector: Vector) throws {
        let stream = try SRTPStream(.sending, vector.key)
        if vector.kind == "rtp wrapped" {
            let joined = stream.join(0xCAFE_BABE, rolloverCounter: 1)
            #expect(joined)
        }
        #expect(try stream.protected(vector.packet, isControl: vector.isControl) == vector.protected)
    }

    @Test(arguments: Self.vectors)
    func `a protected packet is taken to the byte`(vector: Vector) throws {
        let stream = try SRTPStream(.receiving, vector.key)
        if vector.kind == "rtp wrapped" {
            let joined = stream.join(0xCAFE_BABE, rolloverCounter: 1)
            #expect(joined)
        }
        #expect(try stream.unprotected(vector.protected, isControl: vector.isControl) == vector.packet)
        if !vector.isControl {
            #expect(stream.rolloverCounter(of: 0xCAFE_BABE) == (vector.kind == "rtp wrapped" ? 1 : 0))
        }
    }

    @Test func `a packet after a wrap is not taken by whoever does not know of it`() throws {
        let vector = try #require(Self.vectors.first { $0.kind == "rtp wrapped" })
        let stream = try SRTPStream(.receiving, vector.key)
        #expect(throws: SRTPError(.unauthentic)) { try stream.unprotected(vector.protected) }
    }
}
