/* The kinds of documents: one row each. Adding a kind: its score, its parser, a row, a folder in
 * tests/golden/doc and a seed in tests/fuzz/corpus/document. */
#include "doc/parse.h"
#include "doc/words.h"

#include <string.h>

#define HEAD_BLOCKS 60 /* the kind is said on the first page */

static size_t head_blocks(const struct parse *p)
{
	return p->src->n < HEAD_BLOCKS ? p->src->n : HEAD_BLOCKS;
}

/* The line is the heading `word` («П Р И К А З», «Приказ № 41 от …»), not a sentence with it. */
static bool heading(struct str tight, const char *word)
{
	if (!str_starts(tight, str_c(word)))
		return false;
	struct str rest = str_skip(tight, str_c(word).n);
	static const char *const whose[] = {
	        "коллегии", "совета", "комиссии", "педагогическогосовета", NULL};
	if (str_eq_z(str_c(word), "решение") && starts_any(rest, whose))
		return true;
	return rest.n == 0 || str_starts(rest, STR("№")) || str_starts(rest, STR("n")) ||
	       str_starts(rest, STR("от")) || (rest.p[0] >= '0' && rest.p[0] <= '9');
}

/* «Утверждаю: / Директор … / Приказ № 77 от …» names another act. */
static bool in_stamp(const struct parse *p, size_t i, const char *word)
{
	static const char *const marks[] = {"утвержд", "рассмотрен", "принят", "согласован", NULL};
	if (p->tight[i].n == strlen(word))
		return false;
	for (size_t k = i; k > 0 && i - k < 5; k--)
		if (has_any(p->tight[k - 1], marks) && p->tight[k - 1].n < 79)
			return true;
	return false;
}

static size_t find_heading(const struct parse *p, const char *word)
{
	for (size_t i = 0; i < head_blocks(p); i++)
		if (p->src->block[i].kind == BLOCK_LINE && heading(p->tight[i], word) &&
		        !in_stamp(p, i, word))
			return i;
	return SIZE_MAX;
}

static size_t find_start(const struct parse *p, const char *const *words, bool tight)
{
	for (size_t i = 0; i < head_blocks(p); i++)
		if (starts_any(tight ? p->tight[i] : p->fold[i], words))
			return i;
	return SIZE_MAX;
}

static bool plan_title(struct str tight)
{
	static const char *const titles[] = {"план", "«дорожнаякарта", "дорожнаякарта",
	        "\"дорожная", "муниципальнаядорожная", "региональнаядорожная", "комплексмер",
	        "переченьмероприятий", "циклограмма", "графикоценочных", "графикпроведения",
	        "комплексныйплан", "муниципальныйплан", "региональныйплан", "единыйграфик",
	        "сводныйплан", "график", "муниципальнаяпрограмма", "региональнаяпрограмма",
	        "муниципальныйкомплекс", "региональныйкомплекс", "программамероприятий",
	        "комплексмероприятий", "календарь", "календарныйплан", NULL};
	if (starts_any(tight, titles))
		return true;
	/* «Муниципальная «дорожная карта» …», «Школьная дорожная карта» */
	size_t at = str_find(tight, STR("дорожнаякарта"), 0);
	if (at == SIZE_MAX || at > 44)
		return false;
	struct str before = str_sub(tight, 0, at);
	return str_ends(before, STR("ая")) || str_ends(before, STR("ая«")) ||
	       str_ends(before, STR("ая\""));
}

size_t kind_line(const struct parse *p, enum doc_kind k)
{
	switch (k) {
	case DOC_ORDER:
		return find_heading(p, "приказ");
	case DOC_DIRECTIVE:
		return find_heading(p, "распоряжение");
	case DOC_RESOLUTION:
		return find_heading(p, "постановление");
	case DOC_PROTOCOL: {
		static const char *const words[] = {"протокол", NULL};
		for (size_t i = 0; i < head_blocks(p); i++)
			if (starts_any(p->tight[i], words) && p->src->block[i].text.s.n < 160 &&
			        !str_starts(p->tight[i], STR("протоколот")) &&
			        !in_stamp(p, i, words[0]))
				return i;
		return SIZE_MAX;
	}
	case DOC_LETTER: {
		static const char *const words[] = {"уважаем", "на №", "на n", "на№", NULL};
		return find_start(p, words, false);
	}
	case DOC_ROADMAP:
	case DOC_PLAN:
		for (size_t i = 0; i < head_blocks(p); i++)
			if (p->src->block[i].kind == BLOCK_LINE && plan_title(p->tight[i]))
				return i;
		return SIZE_MAX;
	case DOC_OTHER:
		return find_heading(p, "решение");
	}
	return SIZE_MAX;
}

static int score_line(size_t line, int weight)
{
	return line == SIZE_MAX ? 0 : weight - (int)line;
}

static int score_verb(const struct parse *p, const char *verb, int weight)
{
	for (size_t i = 0; i < head_blocks(p); i++) {
		struct str f = words_fold(p->a, p->src->block[i].text.s);
		struct str t = str_replace(p->a, f, STR(" "), STR(""));
		if (str_has(t, str_c(verb)))
			return weight;
	}
	return 0;
}

static int score_order(const struct parse *p)
{
	int s = score_line(kind_line(p, DOC_ORDER), 1000);
	return s > 0 ? s : score_verb(p, "приказываю", 600);
}

static int score_directive(const struct parse *p)
{
	return score_line(kind_line(p, DOC_DIRECTIVE), 1000);
}

static int score_resolution(const struct parse *p)
{
	int s = score_line(kind_line(p, DOC_RESOLUTION), 1000);
	return s > 0 ? s : score_verb(p, "постановляет:", 550);
}

static int score_protocol(const struct parse *p)
{
	return score_line(kind_line(p, DOC_PROTOCOL), 980);
}

static int score_letter(const struct parse *p)
{
	int s = score_line(kind_line(p, DOC_LETTER), 990);
	if (s > 0)
		return s;
	static const char *const asks[] = {"просим", "прошу", "направляем", "направляет",
	        "сообщаем", "информируем", "информирует", NULL};
	bool act = score_order(p) > 0 || score_protocol(p) > 0;
	for (size_t i = 0; i < head_blocks(p) && !act; i++)
		if (has_any(p->fold[i], asks))
			return 560;
	return 0;
}

static bool any_table(const struct parse *p)
{
	for (size_t i = 0; i < p->src->n; i++)
		if (p->src->block[i].kind == BLOCK_TABLE)
			return true;
	return false;
}

static int score_roadmap(const struct parse *p)
{
	size_t at = kind_line(p, DOC_ROADMAP);
	for (size_t i = at; at != SIZE_MAX && i < p->src->n && i < at + 6; i++) {
		if (i > at && p->src->block[i].kind != BLOCK_LINE)
			break;
		if (str_has(p->fold[i], STR("дорожн")))
			return score_line(at, 520);
	}
	return 0;
}

static int score_plan(const struct parse *p)
{
	int s = score_line(kind_line(p, DOC_PLAN), 510);
	return s > 0 ? s : any_table(p) ? 100 : 0;
}

static int score_other(const struct parse *p)
{
	(void)p;
	return 1;
}

const struct kind doc_kinds[] = {
        {DOC_ORDER, score_order, parse_act},
        {DOC_DIRECTIVE, score_directive, parse_act},
        {DOC_RESOLUTION, score_resolution, parse_act},
        {DOC_LETTER, score_letter, parse_letter},
        {DOC_PROTOCOL, score_protocol, parse_protocol},
        {DOC_ROADMAP, score_roadmap, parse_plan},
        {DOC_PLAN, score_plan, parse_plan},
        {DOC_OTHER, score_other, parse_other},
};
const size_t doc_kinds_n = ARRAY_LEN(doc_kinds);

const struct kind *kind_find(const struct parse *p)
{
	const struct kind *best = &doc_kinds[0];
	int top = -1;
	for (size_t i = 0; i < doc_kinds_n; i++) {
		int s = doc_kinds[i].score(p);
		if (s > top) {
			top = s;
			best = &doc_kinds[i];
		}
	}
	return best;
}
