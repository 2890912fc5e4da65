/* What a browser may send: query, form, cookies; what is accepted is valid UTF-8 without NUL. */
#include "fuzz.h"
#include "web/http.h"

#include <string.h>

void fuzz_one(struct arena *a, struct str bytes)
{
	struct fields f = {0};
	struct err e = {0};
	struct str one;
	if (fields_parse(a, bytes, &f, &e) != EC_OK)
		CHECK_THAT(e.msg[0] != '\0');
	for (size_t i = 0; i < f.n; i++) {
		CHECK_THAT(utf8_valid(f.v[i].name) && utf8_valid(f.v[i].value));
		CHECK_THAT(
		        f.v[i].value.n == 0 || memchr(f.v[i].value.p, 0, f.v[i].value.n) == NULL);
	}
	if (url_decode(a, bytes, false, &one, &e) == EC_OK)
		CHECK_THAT(one.n <= bytes.n && utf8_valid(one));
}
