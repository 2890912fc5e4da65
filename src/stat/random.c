#include "stat/random.h"

#include <math.h>

struct random_stream random_seed(uint64_t seed)
{
	return (struct random_stream){seed};
}

uint64_t random_next(struct random_stream *r)
{
	uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

double random_unit(struct random_stream *r)
{
	return (double)(random_next(r) >> 11) * 0x1.0p-53;
}

uint32_t random_below(struct random_stream *r, uint32_t n)
{
	return (uint32_t)(((random_next(r) >> 32) * n) >> 32);
}

double random_normal(struct random_stream *r)
{
	double u = 1.0 - random_unit(r);
	double v = random_unit(r);
	return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}
