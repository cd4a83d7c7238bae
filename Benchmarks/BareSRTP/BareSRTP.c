#include "BareSRTP.h"

#include <srtp2/srtp.h>
#include <stdlib.h>
#include <string.h>

struct bare_stream {
    srtp_t session;
    int sending;
    _Alignas(16) uint8_t packet[2048 + 160];
};

struct bare_stream *bare_create(int suite, int sending, const uint8_t *key) {
    srtp_policy_t policy;
    memset(&policy, 0, sizeof policy);
    if (suite == 0) {
        srtp_crypto_policy_set_rtp_default(&policy.rtp);
        srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    } else {
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    }
    policy.ssrc.type = sending ? ssrc_any_outbound : ssrc_any_inbound;
    policy.key = (uint8_t *)key;
    struct bare_stream *stream = aligned_alloc(16, sizeof *stream);
    if (stream == NULL) return NULL;
    stream->sending = sending;
    if (srtp_create(&stream->session, &policy) != srtp_err_status_ok) {
        free(stream);
        return NULL;
    }
    return stream;
}

void bare_destroy(struct bare_stream *stream) {
    srtp_dealloc(stream->session);
    free(stream);
}

int32_t bare_apply(struct bare_stream *stream, const uint8_t *packets, int32_t count, int32_t stride, int32_t length) {
    int32_t done = 0;
    for (int32_t i = 0; i < count; i++) {
        memcpy(stream->packet, packets + (size_t)i * stride, length);
        int size = length;
        srtp_err_status_t status = stream->sending ? srtp_protect(stream->session, stream->packet, &size)
                                                   : srtp_unprotect(stream->session, stream->packet, &size);
        if (status == srtp_err_status_ok) done++;
    }
    return done;
}
