/* Reproducible random numbers: the same seed gives the same stream on every machine and compiler.
 * Not for secrets. */
#ifndef STAT_RANDOM_H
#define STAT_RANDOM_H

#include <stdint.h>

/* SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"). */
struct random_stream {
	uint64_t state;
};

struct random_stream random_seed(uint64_t seed);
uint64_t random_next(struct random_stream *r);
/* Uniform in [0, 1) with 53 bits. */
double random_unit(struct random_stream *r);
/* Uniform integer in [0, n); n > 0. Bias below 2^-32 for n < 2^31. */
uint32_t random_below(struct random_stream *r, uint32_t n);
/* Standard normal (Box and Muller 1958, first of the pair). */
double random_normal(struct random_stream *r);

#endif
