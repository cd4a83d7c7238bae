#include "Allocations.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

// Of a thread, and in the executable's own block: to ask for them allocates nothing.
static _Thread_local bool is_counting;
static _Thread_local int64_t count;

void allocations_start(void) {
    count = 0;
    is_counting = true;
}

int64_t allocations_stop(void) {
    is_counting = false;
    return count;
}

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
