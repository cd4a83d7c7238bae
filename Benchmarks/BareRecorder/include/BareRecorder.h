#pragma once

#include <stdint.h>

// What recording cannot be had for less than: sockets that are swept by recvmmsg, payloads that are put where their
// sequence numbers say, and buffered writes. No journal, no checksum, no pause, no verdict; what was buffered is lost
// in a crash. Linux only; elsewhere everything fails.

struct bare_recorder;

// Opens two ports a call at 127.0.0.1, party 0 at `first_port`, the next two further on, and a file call-N.wav a call
// in `folder`. NULL where that fails.
struct bare_recorder *bare_recorder_create(const char *folder, int32_t calls, uint16_t first_port);

// Sweeps all sockets every so many milliseconds until nothing has come for a second after something had, and ends the
// files. Returns the number of packets in them, or -1 where a file could not be written.
int64_t bare_recorder_run(struct bare_recorder *recorder, int32_t sweep_milliseconds);

void bare_recorder_destroy(struct bare_recorder *recorder);
