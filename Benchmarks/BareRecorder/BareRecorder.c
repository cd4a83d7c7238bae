#define _GNU_SOURCE

#include "BareRecorder.h"

#include <stddef.h>

#if defined(__linux__)

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PLACES = 64, PLACE_SIZE = 2048, HEADER = 58, WRITE = 65536, SPACE = 98304, RTP_HEADER = 12 };

struct call {
    int file;
    bool started[2];
    uint16_t newest[2];
    int64_t position[2];  // of `newest`, in packets since the first
    int64_t base;         // where `bytes` begins in the samples of the file
    int64_t end;          // past the last byte that was placed
    uint8_t bytes[SPACE];
};

struct bare_recorder {
    int32_t calls;
    int *sockets;
    struct call *call;
    struct mmsghdr messages[PLACES];
    struct iovec vectors[PLACES];
    uint8_t space[PLACES][PLACE_SIZE];
};

static int open_socket(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    close(descriptor);
    return -1;
}

static bool write_all(int file, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t step = write(file, bytes, count);
        if (step <= 0) return false;
        bytes += step;
        count -= (size_t)step;
    }
    return true;
}

struct bare_recorder *bare_recorder_create(const char *folder, int32_t calls, uint16_t first_port) {
    struct bare_recorder *recorder = calloc(1, sizeof *recorder);
    if (recorder == NULL) return NULL;
    recorder->calls = calls;
    recorder->sockets = malloc(2 * (size_t)calls * sizeof *recorder->sockets);
    recorder->call = malloc((size_t)calls * sizeof *recorder->call);
    bool opened = recorder->sockets != NULL && recorder->call != NULL;
    for (int32_t i = 0; opened && i < 2 * calls; i++) {
        recorder->sockets[i] = open_socket((uint16_t)(first_port + 2 * i));
        if (recorder->sockets[i] < 0) opened = false;
    }
    for (int32_t i = 0; opened && i < calls; i++) {
        struct call *call = &recorder->call[i];
        memset(call, 0, offsetof(struct call, bytes));
        memset(call->bytes, 0xFF, sizeof call->bytes);
        char name[4096];
        snprintf(name, sizeof name, "%s/call-%d.wav", folder, i);
        call->file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        uint8_t header[HEADER] = {0};
        if (call->file < 0 || !write_all(call->file, header, sizeof header)) opened = false;
    }
    for (int i = 0; i < PLACES; i++) {
        recorder->vectors[i] = (struct iovec){recorder->space[i], PLACE_SIZE};
        recorder->messages[i].msg_hdr.msg_iov = &recorder->vectors[i];
        recorder->messages[i].msg_hdr.msg_iovlen = 1;
    }
    if (opened) return recorder;
    perror("bare_recorder_create");
    return NULL;
}

static bool flush(struct call *call) {
    if (!write_all(call->file, call->bytes, WRITE)) return false;
    memmove(call->bytes, call->bytes + WRITE, SPACE - WRITE);
    memset(call->bytes + SPACE - WRITE, 0xFF, WRITE);
    call->base += WRITE;
    return true;
}

static bool place(struct call *call, int channel, const uint8_t *packet, size_t length, int64_t *packets) {
    if (length <= RTP_HEADER || packet[0] != 0x80) return true;
    uint16_t number = (uint16_t)(packet[2] << 8 | packet[3]);
    int16_t step = call->started[channel] ? (int16_t)(number - call->newest[channel]) : 0;
    int64_t position = call->position[channel] + step;
    if (step > 0 || !call->started[channel]) {
        call->newest[channel] = number;
        call->position[channel] = position;
        call->started[channel] = true;
    }
    size_t count = length - RTP_HEADER;
    int64_t start = 2 * position * 160 - call->base;
    if (start < 0) return true;
    while (start + 2 * (int64_t)count > SPACE) {
        if (!flush(call)) return false;
        start -= WRITE;
    }
    uint8_t *out = call->bytes + start + channel;
    for (size_t i = 0; i < count; i++) out[2 * i] = packet[RTP_HEADER + i];
    int64_t end = call->base + start + 2 * (int64_t)count;
    if (end > call->end) call->end = end;
    (*packets)++;
    return true;
}

static bool finish(struct call *call) {
    if (call->end > call->base && !write_all(call->file, call->bytes, (size_t)(call->end - call->base))) return false;
    uint32_t bytes = (uint32_t)call->end;
    uint8_t header[HEADER];
    memcpy(header, "RIFF....WAVEfmt \x12\0\0\0\7\0\2\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x08\0\0\0fact\4\0\0\0....data....", HEADER);
    uint32_t riff = bytes + HEADER - 8, frames = bytes / 2;
    memcpy(header + 4, &riff, 4);
    memcpy(header + 46, &frames, 4);
    memcpy(header + 54, &bytes, 4);
    return pwrite(call->file, header, HEADER, 0) == HEADER;
}

int64_t bare_recorder_run(struct bare_recorder *recorder, int32_t sweep_milliseconds) {
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    int64_t packets = 0;
    for (int32_t idle = 0; idle * sweep_milliseconds < 1000 || packets == 0; idle++) {
        next.tv_nsec += sweep_milliseconds * 1000000L;
        for (; next.tv_nsec >= 1000000000; next.tv_nsec -= 1000000000) next.tv_sec++;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        for (int32_t party = 0; party < 2 * recorder->calls; party++) {
            int count;
            do {
                count = recvmmsg(recorder->sockets[party], recorder->messages, PLACES, MSG_DONTWAIT, NULL);
                for (int i = 0; i < count; i++) {
                    if (!place(&recorder->call[party / 2], party % 2, recorder->space[i],
                               recorder->messages[i].msg_len, &packets))
                        return -1;
                }
                if (count > 0) idle = 0;
            } while (count == PLACES);
        }
    }
    for (int32_t i = 0; i < recorder->calls; i++)
        if (!finish(&recorder->call[i])) return -1;
    return packets;
}

void bare_recorder_destroy(struct bare_recorder *recorder) {
    for (int32_t i = 0; i < 2 * recorder->calls; i++) close(recorder->sockets[i]);
    for (int32_t i = 0; i < recorder->calls; i++) close(recorder->call[i].file);
    free(recorder->sockets);
    free(recorder->call);
    free(recorder);
}

#else

struct bare_recorder *bare_recorder_create(const char *folder, int32_t calls, uint16_t first_port) { return NULL; }
int64_t bare_recorder_run(struct bare_recorder *recorder, int32_t sweep_milliseconds) { return -1; }
void bare_recorder_destroy(struct bare_recorder *recorder) {}

#endif
