#include "Allocations.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

// Of a thread, and in the executable's own block: to ask for them allocates nothing.
static _Thread_local bool is_counting;
static _Thread_local int64_t count;
static _Thread_local int64_t hops;

void allocations_start(void) {
    count = 0;
    hops = 0;
    is_counting = true;
}

int64_t allocations_stop(void) {
    is_counting = false;
    return count;
}

int64_t allocations_hops(void) { return hops; }

// What the Swift runtime asks before it hands a task to its own threads.
typedef __attribute__((swiftcall)) void (*enqueue_function)(void *job);
extern __attribute__((swiftcall)) void (*swift_task_enqueueGlobal_hook)(void *job, enqueue_function original);

static __attribute__((swiftcall)) void enqueue(void *job, enqueue_function original) {
    if (is_counting) hops++;
    original(job);
}

static __attribute__((constructor)) void watch_tasks(void) { swift_task_enqueueGlobal_hook = enqueue; }

#if defined(__GLIBC__)

// The executable's symbols stand before those of the C library, for the Swift runtime too. What is given back needs no
// wrapper, as it all comes from the library's own allocator.

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void note(void) {
    if (is_counting) count++;
}

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    note();
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
    note();
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *place = memory;
    return 0;
}

#endif
