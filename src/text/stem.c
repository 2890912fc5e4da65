#include "text/stem.h"

#include "text/fold.h"

#include <libstemmer.h>
#include <stdlib.h>

void stemmer_open(struct stemmer *s)
{
	s->sb = sb_stemmer_new("russian", "UTF_8");
	BUG_IF(s->sb == NULL); /* the library is built with Russian or the program does not start */
}

void stemmer_close(struct stemmer *s)
{
	if (s->sb != NULL)
		sb_stemmer_delete(s->sb);
	s->sb = NULL;
}

struct str text_stem(struct stemmer *s, struct arena *a, struct str word)
{
	struct str key = text_key(a, word);
	if (key.n == 0 || key.n > 1000)
		return key;
	const sb_symbol *r = sb_stemmer_stem(s->sb, (const sb_symbol *)key.p, (int)key.n);
	BUG_IF(r == NULL); /* out of memory */
	return str_dup(a, (struct str){(const char *)r, (size_t)sb_stemmer_length(s->sb)});
}

static int by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

struct stem_set text_stems(struct stemmer *s, struct arena *a, struct str text)
{
	VEC(struct str) v = {0};
	struct str rest = text_key(a, text), word;
	while (str_next(&rest, ' ', &word)) {
		if (utf8_len(word) > 1)
			*vec_push(a, &v) = text_stem(s, a, word);
	}
	if (v.n > 1)
		qsort(v.v, v.n, sizeof(v.v[0]), by_bytes);
	size_t n = 0;
	for (size_t i = 0; i < v.n; i++) {
		if (n == 0 || !str_eq(v.v[n - 1], v.v[i]))
			v.v[n++] = v.v[i];
	}
	return (struct stem_set){v.v, n};
}

size_t stem_common(struct stem_set x, struct stem_set y)
{
	size_t n = 0;
	for (size_t i = 0, j = 0; i < x.n && j < y.n;) {
		int c = str_cmp(x.v[i], y.v[j]);
		n += c == 0;
		i += c <= 0;
		j += c >= 0;
	}
	return n;
}

double stem_likeness(struct stem_set x, struct stem_set y)
{
	if (x.n == 0 || y.n == 0)
		return 0;
	return 2.0 * (double)stem_common(x, y) / (double)(x.n + y.n);
}
