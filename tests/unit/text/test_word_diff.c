#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "test.h"
#include "text/word_diff.h"

static struct str said(struct arena *a, struct str x, struct str y)
{
	struct word_diff d = word_diff(a, x, y);
	struct buf b;
	buf_init(&b, a, MIB);
	for (size_t i = 0; i < d.n; i++)
		buf_printf(&b, "%s" STR_FMT "%s",
		        d.v[i].mark == DIFF_REMOVED ? "[-"
		        : d.v[i].mark == DIFF_ADDED ? "[+"
		                                    : "",
		        STR_ARG(d.v[i].text), d.v[i].mark == DIFF_SAME ? "" : "]");
	return buf_str(&b);
}

TEST(changed_words_are_told_and_the_rest_stays)
{
	AUTO_ARENA(a, 64 * MIB);
	CHECK_STR(said(&a, STR("до 1 марта 2022 года"), STR("до 15 марта 2022 года")),
	        STR("до [-1 ][+15 ]марта 2022 года"));
	CHECK_STR(said(&a, STR("а б"), STR("а б")), STR("а б"));
	CHECK_STR(said(&a, STR(""), STR("новое")), STR("[+новое]"));
	CHECK_STR(said(&a, STR("старое"), STR("")), STR("[-старое]"));
	CHECK_STR(said(&a, STR(""), STR("")), STR(""));
	CHECK_STR(said(&a, STR("а  б\nв"), STR("а б в")), STR("а б в")); /* blanks are no change */
}

TEST(both_sides_can_be_read_out_of_the_pieces)
{
	AUTO_ARENA(a, 64 * MIB);
	uint32_t seed = 7;
	for (int round = 0; round < 200; round++) {
		char x[64];
		char y[64];
		size_t n = 0;
		size_t m = 0;
		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			if (seed >> 31)
				x[n++] = (char)('a' + (seed >> 20) % 3), x[n++] = ' ';
			if ((seed >> 30) & 1)
				y[m++] = (char)('a' + (seed >> 24) % 3), y[m++] = ' ';
		}
		struct str s = {x, n};
		struct str t = {y, m};
		struct word_diff d = word_diff(&a, s, t);
		struct buf before;
		struct buf after;
		buf_init(&before, &a, KIB);
		buf_init(&after, &a, KIB);
		for (size_t i = 0; i < d.n; i++) {
			if (d.v[i].mark != DIFF_ADDED)
				buf_add(&before, d.v[i].text);
			if (d.v[i].mark != DIFF_REMOVED)
				buf_add(&after, d.v[i].text);
		}
		CHECK_STR(buf_str(&before), s);
		CHECK_STR(buf_str(&after), t);
		CHECK_INT(word_diff(&a, t, s).n_same, d.n_same); /* as long either way */
	}
}
