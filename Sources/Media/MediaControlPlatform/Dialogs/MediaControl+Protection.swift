internal import CallCore
internal import RTP
internal import SDP

// MARK: - Keys of media in offers and answers

extension MediaControl {
    /// Whether media is protected, and our keys for it: the one in use as long as the party keeps its own, and else new
    /// ones. Whoever has a new key may be another phone, which does not know how far ours has been used.
    ///
    /// - Source: RFC 4568 §7.1.4.
    func security(towards offer: SessionDescription?, after agreement: MediaAgreement?) -> MediaSecurity {
        var crypto: [SDPCrypto] = []
        if let keys = agreement?.keys, offer.map({ $0.offers(keys.received) }) ?? true { crypto = [keys.sent] }
        for key in self.makeKeys() where crypto.first?.suite.rawValue != key.suite.rawValue {
            crypto.append(SDPCrypto(key))
        }
        if self.configuration.requiresProtectedMedia { return .required(crypto) }
        return crypto.isEmpty ? .never : .offered(crypto)
    }
}

extension SessionDescription {
    /// Whether the party still protects with a key.
    fileprivate func offers(_ crypto: SDPCrypto) -> Bool {
        self.media.contains { $0.crypto.contains { $0.suite == crypto.suite && $0.keys == crypto.keys } }
    }
}

extension SDPCrypto {
    /// Offers and answers put the tag right.
    fileprivate init(_ key: SRTPKey) {
        let secret = key.withKeyAndSalt { secret in secret.indices.map { secret[$0] } }
        self.init(tag: 1, suite: SDPCryptoSuite(rawValue: key.suite.rawValue), keys: [SDPKey(secret)])
    }
}

extension MediaProtection {
    /// The keys of an agreement; nil where they are none that can be used. Of several keys of one side the first.
    init?(_ keys: MediaAgreement.Keys) {
        guard let sent = SRTPKey(keys.sent), let received = SRTPKey(keys.received) else { return nil }
        self.init(sent: sent, received: received)
    }
}

extension SRTPKey {
    fileprivate init?(_ crypto: SDPCrypto) {
        guard let suite = SRTPSuite(rawValue: crypto.suite.rawValue), let key = crypto.keys.first else { return nil }
        let identifier = key.identifier.map { identifier in
            (0..<identifier.length).reversed().map { place in
                // Longer ones than a number begin with zeros.
                place < 8 ? UInt8(truncatingIfNeeded: identifier.value >> UInt64(8 * place)) : 0
            }
        }
        self.init(
            suite: suite, keyAndSalt: key.keyAndSalt, identifier: identifier ?? [], lifetime: key.lifetime)
    }
}
