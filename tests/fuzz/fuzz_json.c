/* JSON from outside: what is accepted is a tree whose texts are valid UTF-8. */
#include "fuzz.h"
#include "pack/json.h"

static size_t walk(const struct json_value *v)
{
	size_t n = 1;
	CHECK_THAT(utf8_valid(v->text) && utf8_valid(v->key));
	for (size_t i = 0; i < v->n; i++)
		n += walk(&v->item[i]);
	return n;
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct json_value *v = NULL;
	struct err e = {0};
	if (json_parse(a, bytes, &v, &e) == EC_OK)
		CHECK_THAT(walk(v) <= bytes.n);
	else
		CHECK_THAT(e.msg[0] != '\0');
}
