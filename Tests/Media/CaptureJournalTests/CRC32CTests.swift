import Testing

@testable import CaptureJournal

@Suite struct CRC32CTests {
    /// RFC 3720 appendix B.4, and the check value of the polynomial.
    private static let vectors: [(bytes: [UInt8], checksum: UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
        (Array((0..<32).reversed()), 0x113F_DB5C),
        (Array("123456789".utf8), 0xE306_9283),
        ([], 0),
    ]

    @Test(arguments: Self.vectors.indices) func `the checksum is that of the standard`(index: Int) {
        let (bytes, expected) = Self.vectors[index]
        let checksum = CRC32C.checksum(bytes.span, 0..<bytes.count)
        #expect(checksum == expected)
    }

    @Test func `a part of the bytes has the checksum of the part`() {
        let bytes = Array("....123456789..".utf8)
        let checksum = CRC32C.checksum(bytes.span, 4..<13)
        #expect(checksum == 0xE306_9283)
    }
}
