import CallCore
import CallRecordingCrypto
import Testing

@Suite struct CryptoSignaturesTests {
    private let functions = CryptoSignatures()

    /// A test vector of RFC 8032 §7.1, in hexadecimal.
    struct Vector: Sendable {
        var seed: String
        var publicKey: String
        var message: String
        var signature: String
    }

    static let vectors = [
        Vector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46"
                + "bd25bf5f0595bbe24655141438e7a100b"),
        Vector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8"
                + "c387b2eaeb4302aeeb00d291612bb0c00"),
        Vector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc65"
                + "94a7c15e9716ed28dc027beceea1ec40a"),
    ]

    @Test(arguments: vectors)
    func `keys and signatures are those of RFC 8032`(vector: Vector) throws {
        let (seed, message) = (Self.bytes(vector.seed), Self.bytes(vector.message))
        #expect(try self.functions.publicKey(ofSeed: seed) == Self.bytes(vector.publicKey))
        #expect(try self.functions.signature(of: message, seed: seed) == Self.bytes(vector.signature))
    }

    @Test(arguments: vectors)
    func `a signature is valid for its message and its key alone`(vector: Vector) {
        let (message, key) = (Self.bytes(vector.message), Self.bytes(vector.publicKey))
        let signature = Self.bytes(vector.signature)
        #expect(self.functions.isValid(signature, of: message, publicKey: key))
        #expect(!self.functions.isValid(signature, of: message + [0], publicKey: key))
        var other = signature
        other[0] ^= 1
        #expect(!self.functions.isValid(other, of: message, publicKey: key))
        for wrong in Self.vectors where wrong.publicKey != vector.publicKey {
            #expect(!self.functions.isValid(signature, of: message, publicKey: Self.bytes(wrong.publicKey)))
        }
    }

    @Test(arguments: [0, 31, 33, 64])
    func `what is no seed signs nothing, and what is no key or signature is not valid`(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(throws: SignatureError.self) { try self.functions.signature(of: [], seed: bytes) }
        #expect(throws: SignatureError.self) { try self.functions.publicKey(ofSeed: bytes) }
        let valid = Self.vectors[0]
        #expect(!self.functions.isValid(Self.bytes(valid.signature), of: [], publicKey: bytes))
        #expect(!self.functions.isValid(bytes, of: [], publicKey: Self.bytes(valid.publicKey)))
    }

    private static func bytes(_ digits: String) -> [UInt8] {
        stride(from: 0, to: digits.count, by: 2).map { index in
            let start = digits.index(digits.startIndex, offsetBy: index)
            return UInt8(digits[start...].prefix(2), radix: 16) ?? 0
        }
    }
}
