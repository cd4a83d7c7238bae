#pragma once

#include <stdint.h>

// Counts calls of malloc and its kin on the calling thread, between these two.
void allocations_start(void);
int64_t allocations_stop(void);

// How many tasks the calling thread has started or woken between the last two of those: each is a hop.
int64_t allocations_hops(void);
