internal import CSRTP
internal import RTP

/// The C library: its beginning, its policies, its words for failures.
enum SRTPLibrary {
    /// Whether it could be started; it checks its ciphers itself.
    static let isReady = srtp_init() == srtp_err_status_ok

    /// The suites that it has, the best first.
    static let suites: [SRTPSuite] = {
        let best: [SRTPSuite] = [
            .aes256GCM, .aes128GCM, .aes256CounterSHA1Tag80, .aes128CounterSHA1Tag80, .aes256CounterSHA1Tag32,
            .aes128CounterSHA1Tag32,
        ]
        return best.filter { suite in
            let nothing = [UInt8](repeating: 0, count: suite.keyByteCount + suite.saltByteCount)
            guard let key = SRTPKey(suite: suite, keyAndSalt: nothing) else { return false }
            return (try? SRTPStream(.receiving, key)) != nil
        }
    }()

    /// Lends a policy, with the secret where the key keeps it.
    static func withPolicy(
        _ key: SRTPKey, for source: srtp_ssrc_t, _ body: (UnsafePointer<srtp_policy_t>) -> srtp_err_status_t
    ) -> srtp_err_status_t {
        var policy = srtp_policy_t()
        policy.ssrc = source
        Self.set(key.suite, &policy)
        return key.withKeyAndSalt { secret in
            secret.withUnsafeBufferPointer { secret in
                // The library reads it only.
                policy.key = UnsafeMutablePointer(mutating: secret.baseAddress)
                return body(&policy)
            }
        }
    }

    /// - Source: RFC 4568 §6.2: the tag on RTCP has ten bytes also where that on RTP has four.
    private static func set(_ suite: SRTPSuite, _ policy: inout srtp_policy_t) {
        switch suite {
        case .aes128CounterSHA1Tag80:
            srtp_crypto_policy_set_rtp_default(&policy.rtp)
            srtp_crypto_policy_set_rtcp_default(&policy.rtcp)
        case .aes128CounterSHA1Tag32:
            srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp)
            srtp_crypto_policy_set_rtcp_default(&policy.rtcp)
        case .aes256CounterSHA1Tag80:
            srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtp)
            srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtcp)
        case .aes256CounterSHA1Tag32:
            srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32(&policy.rtp)
            srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80(&policy.rtcp)
        case .aes128GCM:
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp)
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp)
        case .aes256GCM:
            srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp)
            srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtcp)
        }
    }

    static func code(of status: srtp_err_status_t) -> SRTPError.Code {
        switch status {
        case srtp_err_status_auth_fail, srtp_err_status_cipher_fail: .unauthentic
        case srtp_err_status_replay_fail, srtp_err_status_replay_old, srtp_err_status_pkt_idx_old: .replayed
        case srtp_err_status_bad_param, srtp_err_status_parse_err, srtp_err_status_cant_check: .malformed
        case srtp_err_status_key_expired, srtp_err_status_pkt_idx_adv: .expired
        default: .failed
        }
    }
}
