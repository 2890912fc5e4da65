/* A multipart body: the first line is the content type, the rest the body. Fields are valid UTF-8,
 * everything lies inside the body. */
#include "fuzz.h"
#include "web/http.h"

static bool inside(struct str whole, struct str part)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct fields f = {0};
	struct uploads u = {0};
	struct err e = {0};
	struct str type;
	if (!str_next(&bytes, '\n', &type))
		return;
	if (multipart_parse(a, type, bytes, &f, &u, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	for (size_t i = 0; i < f.n; i++)
		CHECK_THAT(utf8_valid(f.v[i].value) && inside(bytes, f.v[i].value));
	for (size_t i = 0; i < u.n; i++) {
		CHECK_THAT(inside(bytes, u.v[i].bytes) && utf8_valid(u.v[i].name));
		CHECK_THAT(str_find_byte(u.v[i].name, '/', 0) == SIZE_MAX);
	}
}
