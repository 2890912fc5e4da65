/* The entry that clang's libFuzzer calls. */
#include "base/limits.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	AUTO_ARENA(a, 1 * GIB);
	fuzz_one(&a, (struct str){(const char *)p, n});
	return 0;
}
