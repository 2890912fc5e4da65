/* A fuzz target is one function: it reads the bytes as the outside world's and must neither crash
 * nor break its promises (CHECK_THAT). tests/fuzz/README.md says how to add one. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/str.h"

/* Written by each fuzz_<parser>.c. The arena is empty and is cleared afterwards. */
void fuzz_one(struct arena *a, struct str bytes);

/* A property that must hold for any input. */
#define CHECK_THAT(c) BUG_IF(!(c))

#endif
