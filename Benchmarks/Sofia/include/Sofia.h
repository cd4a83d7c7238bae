#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Parses one SIP message with sofia-sip and lets it go again.
///
/// - Parameter with_sdp: whether the body is parsed as well, where it is SDP.
/// - Returns: the number of header fields that it made structures of; 0 where it found the message in error.
size_t sofia_parse(const void *bytes, size_t count, bool with_sdp);
