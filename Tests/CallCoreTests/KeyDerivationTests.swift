import Testing

@testable import CallCore

@Suite struct KeyDerivationTests {
    @Test func `derived keys are those of RFC 5869, test case 1`() {
        let key = KeyDerivation.key(
            from: [UInt8](repeating: 0x0B, count: 22), salt: Array(0x00...0x0C), purpose: Array(0xF0...0xF9),
            byteCount: 42)
        #expect(
            self.hexadecimal(key)
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test func `derived keys are those of RFC 5869, test case 2, with more than a block of everything`() {
        let key = KeyDerivation.key(
            from: Array(0x00...0x4F), salt: Array(0x60...0xAF), purpose: Array(0xB0...0xFF), byteCount: 82)
        #expect(
            self.hexadecimal(key)
                == "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87")
    }

    @Test func `derived keys are those of RFC 5869, test case 3, without salt and purpose`() {
        let key = KeyDerivation.key(
            from: [UInt8](repeating: 0x0B, count: 22), salt: [], purpose: [], byteCount: 42)
        #expect(
            self.hexadecimal(key)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
