#define _GNU_SOURCE

#include "CSockets.h"

#if defined(__linux__)

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PLACES = 64, PLACE_SIZE = 2048, CONTROL_SIZE = 64, MAX_EVENTS = 256 };

struct cs_ring {
    struct mmsghdr messages[PLACES];
    struct iovec vectors[PLACES];
    struct sockaddr_in6 sources[PLACES];
    _Alignas(struct cmsghdr) uint8_t controls[PLACES][CONTROL_SIZE];
    uint8_t bytes[PLACES][PLACE_SIZE];
};

void cs_allow_files(int32_t count) {
    struct rlimit limit;
    rlim_t wanted = (rlim_t)(count > 0 ? count : 0) + 1024;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

struct cs_ring *cs_ring_create(void) {
    struct cs_ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL) return NULL;
    for (int i = 0; i < PLACES; i++) {
        ring->vectors[i] = (struct iovec){ring->bytes[i], PLACE_SIZE};
        ring->messages[i].msg_hdr.msg_iov = &ring->vectors[i];
        ring->messages[i].msg_hdr.msg_iovlen = 1;
        ring->messages[i].msg_hdr.msg_name = &ring->sources[i];
        ring->messages[i].msg_hdr.msg_control = ring->controls[i];
        ring->messages[i].msg_hdr.msg_namelen = sizeof ring->sources[i];
        ring->messages[i].msg_hdr.msg_controllen = CONTROL_SIZE;
    }
    return ring;
}

void cs_ring_destroy(struct cs_ring *ring) { free(ring); }

int32_t cs_ring_capacity(void) { return PLACES; }

int32_t cs_receive(struct cs_ring *ring, int32_t socket) {
    int count;
    do count = recvmmsg(socket, ring->messages, PLACES, MSG_DONTWAIT, NULL);
    while (count < 0 && errno == EINTR);
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno;
    return count;
}

static struct cs_endpoint endpoint_of(const struct sockaddr_in6 *address) {
    struct cs_endpoint endpoint = {0};
    if (address->sin6_family == AF_INET6) {
        uint64_t halves[2];
        memcpy(halves, &address->sin6_addr, sizeof halves);
        endpoint.high = be64toh(halves[0]);
        endpoint.low = be64toh(halves[1]);
        endpoint.port = ntohs(address->sin6_port);
        endpoint.is_ipv6 = true;
    } else {
        struct sockaddr_in ipv4;
        memcpy(&ipv4, address, sizeof ipv4);
        endpoint.low = ntohl(ipv4.sin_addr.s_addr);
        endpoint.port = ntohs(ipv4.sin_port);
    }
    return endpoint;
}

static socklen_t address_of(struct cs_endpoint endpoint, struct sockaddr_in6 *address) {
    memset(address, 0, sizeof *address);
    if (endpoint.is_ipv6) {
        uint64_t halves[2] = {htobe64(endpoint.high), htobe64(endpoint.low)};
        address->sin6_family = AF_INET6;
        address->sin6_port = htons(endpoint.port);
        memcpy(&address->sin6_addr, halves, sizeof halves);
        return sizeof *address;
    }
    struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(endpoint.port)};
    ipv4.sin_addr.s_addr = htonl((uint32_t)endpoint.low);
    memcpy(address, &ipv4, sizeof ipv4);
    return sizeof ipv4;
}

struct cs_datagram cs_ring_datagram(struct cs_ring *ring, int32_t index) {
    // The kernel wrote its own lengths over those of the space; they are put back here, for the next call.
    struct mmsghdr *message = &ring->messages[index];
    struct cs_datagram datagram = {
        .bytes = ring->bytes[index],
        .length = message->msg_hdr.msg_flags & MSG_TRUNC ? -1 : (int32_t)message->msg_len,
        .source = endpoint_of(&ring->sources[index]),
    };
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message->msg_hdr); c != NULL; c = CMSG_NXTHDR(&message->msg_hdr, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;
            memcpy(&time, CMSG_DATA(c), sizeof time);
            datagram.realtime = time.tv_sec * 1000000000LL + time.tv_nsec;
        }
    }
    message->msg_hdr.msg_namelen = sizeof ring->sources[index];
    message->msg_hdr.msg_controllen = CONTROL_SIZE;
    return datagram;
}

void cs_send(int32_t socket, const uint8_t *bytes, int32_t length, struct cs_endpoint peer) {
    struct sockaddr_in6 address;
    socklen_t size = address_of(peer, &address);
    // What cannot be sent now is not sent: the stream goes on with the next packet.
    (void)sendto(socket, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&address, size);
}

int32_t cs_open(struct cs_endpoint endpoint) {
    struct sockaddr_in6 address;
    socklen_t size = address_of(endpoint, &address);
    int descriptor = socket(address.sin6_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    int one = 1;
    // Without the kernel's time the time of reading is taken, so a failure here is none.
    (void)setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
    if (bind(descriptor, (struct sockaddr *)&address, size) < 0) {
        int error = errno;
        close(descriptor);
        return -error;
    }
    return descriptor;
}

int32_t cs_epoll_create(void) {
    int descriptor = epoll_create1(EPOLL_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int32_t cs_alarm_create(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

void cs_alarm_set(int32_t alarm) {
    uint64_t one = 1;
    // Fails only where the alarm is already set four billion times over.
    ssize_t written = write(alarm, &one, sizeof one);
    (void)written;
}

void cs_alarm_clear(int32_t alarm) {
    uint64_t count;
    // Fails where the alarm is not set.
    ssize_t taken = read(alarm, &count, sizeof count);
    (void)taken;
}

int32_t cs_epoll_add(int32_t epoll, int32_t descriptor, uint64_t key, bool arrivals) {
    struct epoll_event event = {.events = EPOLLIN | (arrivals ? EPOLLET : 0), .data.u64 = key};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) < 0 ? -errno : 0;
}

void cs_epoll_again(int32_t epoll, int32_t descriptor, uint64_t key) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = key};
    // Cannot fail for a descriptor that is watched.
    (void)epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event);
}

int32_t cs_epoll_take(int32_t epoll, uint64_t *keys, int32_t count) {
    struct epoll_event events[MAX_EVENTS];
    int ready = epoll_wait(epoll, events, count < MAX_EVENTS ? count : MAX_EVENTS, 0);
    for (int i = 0; i < ready; i++) keys[i] = events[i].data.u64;
    return ready < 0 ? 0 : ready;
}

bool cs_wait(int32_t alarm, int32_t epoll, int64_t nanoseconds) {
    // poll passes over negative descriptors.
    struct pollfd descriptors[2] = {{.fd = alarm, .events = POLLIN}, {.fd = epoll, .events = POLLIN}};
    struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(descriptors, 2, &time, NULL) > 0 && descriptors[0].revents != 0;
}

void cs_close(int32_t descriptor) { close(descriptor); }

int64_t cs_realtime(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

struct start {
    void (*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.body(start.context);
    return NULL;
}

int32_t cs_thread_start(const char *name, void (*body)(void *), void *context) {
    struct start *start = malloc(sizeof *start);
    if (start == NULL) return ENOMEM;
    *start = (struct start){body, context};
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, start);
    if (error != 0) {
        free(start);
        return error;
    }
    pthread_setname_np(thread, name);
    pthread_detach(thread);
    return 0;
}

#endif
