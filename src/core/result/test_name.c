#include "base/cur.h"
#include "core/result/test.h"
#include "text/fold.h"
#include "text/stem.h"

enum { YEAR_MIN = 2015, YEAR_MAX = 2099, GRADE_MAX = 11, FOLDERS = 3 };

static bool number(struct str s, uint64_t max, uint64_t *ret)
{
	struct cur c = CUR(s);
	return cur_uint(&c, 4, max, ret) && cur_end(&c);
}

static void year_read(struct str key, struct test_name *io)
{
	struct str word;
	uint64_t v;
	while (io->year == 0 && str_next(&key, ' ', &word)) {
		if (number(word, YEAR_MAX, &v) && v >= YEAR_MIN)
			io->year = (int)v;
	}
}

/* «4 класс», «класс 4», «4 кл»; a folder may be the number alone. */
static void grade_read(struct str key, bool folder, struct test_name *io)
{
	uint64_t v, before = 0;
	bool after = false;
	if (folder && number(key, GRADE_MAX, &v) && v > 0 && io->grade == 0)
		io->grade = (int)v;
	struct str word;
	while (io->grade == 0 && str_next(&key, ' ', &word)) {
		bool is_class = str_starts(word, STR("класс")) || str_eq(word, STR("кл"));
		if (is_class && before > 0)
			io->grade = (int)before;
		before = number(word, GRADE_MAX, &v) ? v : 0;
		if (after && before > 0 && io->grade == 0)
			io->grade = (int)before;
		after = is_class;
	}
}

/* The subject all whose words stand in the text, by stems; the longest one wins. */
static void subject_read(struct arena *a, struct stemmer *st, struct str key,
        const struct subject_list *subjects, struct test_name *io)
{
	struct stem_set text = text_stems(st, a, key);
	size_t best = 0;
	if (io->subject.n > 0)
		return;
	for (size_t i = 0; i < subjects->n; i++) {
		struct stem_set name = text_stems(st, a, text_key(a, subjects->v[i]));
		if (name.n > best && stem_common(name, text) == name.n) {
			best = name.n;
			io->subject = subjects->v[i];
		}
	}
}

static struct str without_ending(struct str name)
{
	for (size_t i = name.n; i > 0 && name.n - i < 6; i--) {
		if (name.p[i - 1] == '.')
			return str_sub(name, 0, i - 1);
	}
	return name;
}

void test_name_read(
        struct arena *a, struct str path, const struct subject_list *subjects, struct test_name *io)
{
	AUTO_STEMMER(st);
	bool folder = false;
	for (int depth = 0; depth <= FOLDERS; depth++) {
		size_t cut = path.n;
		while (cut > 0 && path.p[cut - 1] != '/' && path.p[cut - 1] != '\\')
			cut--;
		struct str part = str_skip(path, cut);
		struct str key = text_key(a, folder ? part : without_ending(part));
		year_read(key, io);
		grade_read(key, folder, io);
		subject_read(a, &st, key, subjects, io);
		if (cut == 0)
			return;
		path = str_sub(path, 0, cut - 1);
		folder = true;
	}
}

struct str item_label_normal(struct arena *a, struct str label)
{
	struct str s = text_upper(a, str_trim(label));
	s = str_replace(a, s, STR("К"), STR("K"));
	s = str_replace(a, s, STR(","), STR("."));
	s = str_replace(a, s, STR(" "), STR(""));
	s = str_replace(a, s, STR("("), STR("."));
	return str_replace(a, s, STR(")"), STR(""));
}
