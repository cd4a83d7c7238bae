#pragma once

#include <stdint.h>

// Counts calls of malloc and its kin on the calling thread, between these two.
void allocations_start(void);
int64_t allocations_stop(void);
