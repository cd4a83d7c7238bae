#pragma once

#include <stdint.h>

// libsrtp2 called from C and nothing else: what the adapter is held to.

// The library must have been started, which whoever holds it to the adapter has done already.

// A stream of AES_CM_128_HMAC_SHA1_80 (0) or AEAD_AES_128_GCM (1), for sending or for receiving.
struct bare_stream;
struct bare_stream *bare_create(int suite, int sending, const uint8_t *key);
void bare_destroy(struct bare_stream *stream);

// Copies each of `count` packets, which stand `stride` bytes apart, and protects the copy or takes its protection off.
// The number of those that succeeded.
int32_t bare_apply(struct bare_stream *stream, const uint8_t *packets, int32_t count, int32_t stride, int32_t length);
