#include "Sofia.h"

#include <sofia-sip/msg.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/sdp.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_alloc.h>

static bool sdp_is_read(const sip_t *sip) {
    if (sip->sip_payload == NULL) return true;
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    sdp_parser_t *parser = sdp_parse(home, sip->sip_payload->pl_data, sip->sip_payload->pl_len, 0);
    bool is_read = sdp_session(parser) != NULL;
    sdp_parser_free(parser);
    su_home_deinit(home);
    return is_read;
}

size_t sofia_parse(const void *bytes, size_t count, bool with_sdp) {
    // It makes the message and extracts every header in one go.
    msg_t *message = msg_make(sip_default_mclass(), 0, bytes, (ssize_t)count);
    if (message == NULL) return 0;
    size_t headers = 0;
    const sip_t *sip = sip_object(message);
    if (sip != NULL && sip->sip_error == NULL && !(sip->sip_flags & MSG_FLG_ERROR) && (!with_sdp || sdp_is_read(sip))) {
        for (const msg_header_t *header = (const msg_header_t *)(sip->sip_request ? (void *)sip->sip_request : (void *)sip->sip_status);
             header != NULL; header = header->sh_succ) {
            headers++;
        }
    }
    msg_destroy(message);
    return headers;
}
