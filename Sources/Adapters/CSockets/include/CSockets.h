#pragma once

// What of Linux's datagram sockets Swift cannot reach by itself, or not without allocating for each packet.

#if defined(__linux__)

#include <stdbool.h>
#include <stdint.h>

// An address without allocation. IPv4 fills the low 32 bits of `low`; both halves are in host order.
struct cs_endpoint {
    uint64_t high;
    uint64_t low;
    uint16_t port;
    bool is_ipv6;
};

// One datagram that was received into a ring; the bytes are at `bytes` until the next call.
struct cs_datagram {
    const uint8_t *bytes;
    int32_t length;
    // When the kernel received it, nanoseconds since 1970; 0 where it did not say.
    int64_t realtime;
    struct cs_endpoint source;
};

// Space for many datagrams, used again and again.
struct cs_ring;

struct cs_ring *cs_ring_create(void);
void cs_ring_destroy(struct cs_ring *ring);

// How many datagrams one call of cs_receive takes at most.
int32_t cs_ring_capacity(void);

// Receives what has arrived, without waiting: the number of datagrams, or a negative errno.
int32_t cs_receive(struct cs_ring *ring, int32_t socket);

// A datagram of the last call; an index past its result is an error of the caller. Longer ones than the ring's places
// have a length of -1.
struct cs_datagram cs_ring_datagram(struct cs_ring *ring, int32_t index);

// Sends at once or not at all.
void cs_send(int32_t socket, const uint8_t *bytes, int32_t length, struct cs_endpoint peer);

// A socket bound to an address, with the kernel's times of arrival; or a negative errno.
int32_t cs_open(struct cs_endpoint address);

// Lets this process open so many files more than the usual thousand, as far as the system allows it.
void cs_allow_files(int32_t count);

// An epoll instance and its alarm. Each returns a descriptor or a negative errno.
int32_t cs_epoll_create(void);
int32_t cs_alarm_create(void);
void cs_alarm_set(int32_t alarm);
void cs_alarm_clear(int32_t alarm);

// Watches a descriptor for bytes to read; 0 or a negative errno. One watched for arrivals is told of once for each time
// that something arrives, and not for as long as something is there; so it must be emptied, or else be told of again.
int32_t cs_epoll_add(int32_t epoll, int32_t descriptor, uint64_t key, bool arrivals);
void cs_epoll_again(int32_t epoll, int32_t descriptor, uint64_t key);

// The keys of descriptors with something to read, without waiting.
int32_t cs_epoll_take(int32_t epoll, uint64_t *keys, int32_t count);

// Waits until the alarm is set, something is to be told by the epoll instance (which may be -1), or the time is over.
// Whether the alarm is set.
bool cs_wait(int32_t alarm, int32_t epoll, int64_t nanoseconds);

void cs_close(int32_t descriptor);

// The date, nanoseconds since 1970: the clock of the kernel's times of arrival.
int64_t cs_realtime(void);

// Runs a function on a thread of its own, and returns at once: 0 or an errno.
int32_t cs_thread_start(const char *name, void (*body)(void *), void *context);

#endif
