#include "text/word_diff.h"

#include "base/buf.h"

struct words {
	struct str *v; /* with the blanks behind */
	struct str *bare;
	size_t n;
};

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static struct words split(struct arena *a, struct str s)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += blank(s.p[i]);
	struct words w = {arena_new(a, struct str, n), arena_new(a, struct str, n), 0};
	size_t i = 0;
	while (i < s.n) {
		size_t from = i;
		while (i < s.n && !blank(s.p[i]))
			i++;
		size_t end = i;
		while (i < s.n && blank(s.p[i]))
			i++;
		w.bare[w.n] = str_sub(s, from, end);
		w.v[w.n++] = str_sub(s, from, i);
	}
	return w;
}

struct writer {
	VEC(struct diff_piece) out;
	struct arena *a;
};

static void put(struct writer *w, struct str text, enum diff_mark mark)
{
	struct diff_piece *last = w->out.n > 0 ? &w->out.v[w->out.n - 1] : NULL;
	if (text.n == 0)
		return;
	if (last != NULL && last->mark == mark && last->text.p + last->text.n == text.p) {
		last->text.n += text.n;
		return;
	}
	*vec_push(w->a, &w->out) = (struct diff_piece){text, mark};
}

/* len[i][k]: common words of the rests from i and k. */
static uint16_t *common(struct arena *a, const struct words *x, const struct words *y)
{
	size_t row = y->n + 1;
	uint16_t *len = arena_new(a, uint16_t, (x->n + 1) * row);
	for (size_t i = x->n; i-- > 0;)
		for (size_t k = y->n; k-- > 0;) {
			uint16_t down = len[(i + 1) * row + k];
			uint16_t right = len[i * row + k + 1];
			uint16_t best = down > right ? down : right;
			len[i * row + k] = str_eq(x->bare[i], y->bare[k])
			                           ? (uint16_t)(len[(i + 1) * row + k + 1] + 1)
			                           : best;
		}
	return len;
}

struct word_diff word_diff(struct arena *a, struct str before, struct str after)
{
	struct words x = split(a, before);
	struct words y = split(a, after);
	struct writer w = {.a = a};
	size_t same = 0;
	size_t i = 0;
	size_t k = 0;
	if (x.n > DIFF_WORDS || y.n > DIFF_WORDS) {
		bool equal = str_eq(before, after);
		put(&w, before, equal ? DIFF_SAME : DIFF_REMOVED);
		put(&w, equal ? STR("") : after, DIFF_ADDED);
		same = equal ? x.n : 0;
	} else {
		const uint16_t *len = common(a, &x, &y);
		size_t row = y.n + 1;
		while (i < x.n || k < y.n) {
			if (i < x.n && k < y.n && str_eq(x.bare[i], y.bare[k])) {
				put(&w, y.v[k++], DIFF_SAME);
				i++;
				same++;
			} else if (i < x.n &&
			           (k == y.n || len[(i + 1) * row + k] >= len[i * row + k + 1])) {
				put(&w, x.v[i++], DIFF_REMOVED);
			} else {
				put(&w, y.v[k++], DIFF_ADDED);
			}
		}
	}
	return (struct word_diff){w.out.v, w.out.n, same, x.n > y.n ? x.n : y.n};
}
