#include "doc/source.h"

#include "base/limits.h"
#include "doc/lines.h"
#include "doc/words.h"
#include "text/fold.h"
#include "text/lookalike.h"

struct str source_format_name(enum source_format f)
{
	static const struct str names[] = {
	        [SOURCE_TEXT] = STR_INIT("txt"),
	        [SOURCE_DOCX] = STR_INIT("docx"),
	        [SOURCE_ODT] = STR_INIT("odt"),
	        [SOURCE_HTML] = STR_INIT("html"),
	        [SOURCE_PDF] = STR_INIT("pdf"),
	        [SOURCE_IMAGE] = STR_INIT("image"),
	};
	return names[f];
}

void source_place(const struct source *s, uint32_t at, uint32_t *ret_page, uint32_t *ret_line)
{
	uint32_t page = 1, line = 1;
	for (uint32_t i = 0; i < at && i < s->text.n; i++) {
		page += s->text.p[i] == '\f';
		line += s->text.p[i] == '\n';
	}
	*ret_page = page;
	*ret_line = line;
}

struct str raw_text(const struct reader *r, size_t i)
{
	return str_sub(r->src->text, r->line[i].from, r->line[i].to);
}

static bool rule_line(struct str s)
{
	size_t dashes = 0, pipes = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '|')
			pipes++;
		else if (c == '-')
			dashes++;
		else if (c != ' ' && c != ':' && c != '+' && c != '=')
			return false;
	}
	return dashes >= 3 && pipes >= 1;
}

/* Box drawing characters are U+2500…U+257F: E2 94 xx and E2 95 xx. */
static bool box_line(struct str s)
{
	if (s.n >= 3 && s.p[0] == '\xE2' && (s.p[1] == '\x94' || s.p[1] == '\x95'))
		return true;
	if (s.n < 5 || s.p[0] != '+' || s.p[s.n - 1] != '+')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '+' && s.p[i] != '-' && s.p[i] != '=' && s.p[i] != ' ' &&
		        s.p[i] != '|')
			return false;
	return str_has(s, STR("--")) || str_has(s, STR("=="));
}

static enum line_look look_of(struct str s)
{
	struct str t = str_trim(s);
	if (t.n == 0)
		return LOOK_BLANK;
	if (box_line(t))
		return LOOK_BOX;
	size_t pipes = 0, tabs = 0;
	for (size_t i = 0; i < s.n; i++) {
		pipes += s.p[i] == '|';
		tabs += s.p[i] == '\t';
	}
	if (pipes > 0 && rule_line(t))
		return LOOK_RULE;
	if (pipes >= 2 || (pipes == 1 && t.n > 1 && (t.p[0] == '|' || t.p[t.n - 1] == '|')))
		return LOOK_PIPES;
	return tabs >= 2 ? LOOK_TABS : LOOK_TEXT;
}

static uint32_t indent_of(struct str s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		if (!cp_space(cp))
			break;
		n += cp == '\t' ? 8 : 1;
	}
	return n;
}

static void split_lines(struct reader *r)
{
	struct str text = r->src->text;
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n' || text.p[i] == '\f';
	r->line = arena_new(r->a, struct rawline, n);
	uint32_t page = 1, line = 1;
	size_t from = 0;
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != '\n' && text.p[i] != '\f')
			continue;
		struct rawline *l = &r->line[r->n++];
		*l = (struct rawline){
		        .from = (uint32_t)from, .to = (uint32_t)i, .page = page, .line = line};
		struct str s = str_sub(text, from, i);
		l->indent = indent_of(s);
		l->look = look_of(s);
		from = i + 1;
		if (i < text.n)
			*(text.p[i] == '\n' ? &line : &page) += 1;
	}
	r->src->pages = page;
}

/* «2», «- 2 -», «стр. 2» alone on a line. */
static bool page_number(struct str s)
{
	s = str_trim(s);
	if (str_starts(s, STR("стр.")))
		s = str_skip(s, STR("стр.").n);
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] != ' ' && s.p[i] != '-')
			return false;
	}
	return digits >= 1 && digits <= 3 && s.n <= 12;
}

static bool table_look(enum line_look k)
{
	return k == LOOK_TABS || k == LOOK_PIPES || k == LOOK_BOX;
}

/* Page numbers stand beside a page end, or far from the margin between empty lines. */
static void mark_page_numbers(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct rawline *l = &r->line[i];
		if (l->look != LOOK_TEXT || !page_number(raw_text(r, i)))
			continue;
		size_t next = i + 1;
		while (next < r->n && next < i + 4 && r->line[next].look == LOOK_BLANK)
			next++;
		bool last = next < r->n && r->line[next].page > l->page;
		bool first = i > 0 && r->line[i - 1].page < l->page;
		bool alone = l->indent >= 20 && (i == 0 || r->line[i - 1].look == LOOK_BLANK) &&
		             (i + 1 >= r->n || r->line[i + 1].look == LOOK_BLANK);
		/* between the rows of a table */
		bool inside = i > 0 && next < r->n && table_look(r->line[i - 1].look) &&
		              table_look(r->line[next].look);
		if (last || first || alone || inside)
			l->look = LOOK_PAGE;
	}
}

/* Words of both alphabets: a few are slips, many are a recognised page. */
static bool looks_recognised(struct str s)
{
	size_t mixed = 0;
	bool latin = false, cyrillic = false;
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		if (cp_latin(cp))
			latin = true;
		else if (cp_cyrillic(cp))
			cyrillic = true;
		else {
			mixed += latin && cyrillic;
			latin = cyrillic = false;
		}
	}
	return mixed >= 3;
}

static bool bold(struct str raw)
{
	struct str t = str_trim(raw);
	return str_starts(t, STR("#")) || (str_starts(t, STR("**")) && str_ends(t, STR("**")));
}

static void add_line(struct reader *r, size_t i)
{
	const struct rawline *l = &r->line[i];
	struct str raw = raw_text(r, i);
	size_t from = l->from;
	while (from < l->to && (r->src->text.p[from] == '#' || r->src->text.p[from] == ' '))
		from++;
	struct traced t = traced_clean(r->a, r->src->text, from, l->to, r->src->ocr, CLEAN_LINE);
	t = traced_trim(t);
	if (t.s.n == 0 || letters(t.s) + word_nth(t.s, 0).n == 0)
		return;
	struct block *b = vec_push(r->a, &r->out);
	*b = (struct block){
	        .kind = BLOCK_LINE,
	        .text = t,
	        .page = l->page,
	        .line = l->line,
	        .line_end = l->line,
	        .indent = l->indent,
	        .heading = bold(raw),
	        .blank_above = i == 0 || r->line[i - 1].look == LOOK_BLANK ||
	                       r->line[i - 1].page != l->page || r->line[i - 1].look == LOOK_PAGE,
	};
}

static void read_blocks(struct reader *r)
{
	for (size_t i = 0; i < r->n;) {
		size_t used = 0;
		switch (r->line[i].look) {
		case LOOK_BOX:
			used = table_of_box(r, i);
			break;
		case LOOK_PIPES:
			used = table_of_pipes(r, i);
			break;
		case LOOK_TABS:
			used = table_of_tabs(r, i);
			break;
		case LOOK_TEXT:
			used = table_of_columns(r, i);
			break;
		case LOOK_BLANK:
		case LOOK_RULE:
		case LOOK_PAGE:
			used = 1;
			break;
		}
		if (used == 0) {
			add_line(r, i);
			used = 1;
		}
		i += used;
	}
}

enum ec source_room(const struct arena *a, struct str text, struct err *e)
{
	if (arena_left(a) / DOC_MEMORY_FACTOR < text.n)
		return err_set(e, EC_LIMIT, "документ слишком велик для отведённой памяти");
	return EC_OK;
}

static enum ec from_text(
        struct arena *a, struct str text, bool recognised, struct source *ret, struct err *e)
{
	if (text.n > LIMIT_DOC_TEXT)
		return err_set(e, EC_LIMIT, "документ больше %lu МБ", LIMIT_DOC_TEXT / MIB);
	TRY(source_room(a, text, e));
	struct source src = {.format = SOURCE_TEXT, .text = text, .pages = 1};
	src.ocr = recognised || looks_recognised(text);
	src.unreadable = text.n > 200 && lookalike_share(text) > 0.6;
	struct reader r = {.a = a, .src = &src};
	split_lines(&r);
	if (r.n > LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в документе больше %d строк", LIMIT_DOC_PARAS);
	mark_page_numbers(&r);
	read_blocks(&r);
	src.block = r.out.v;
	src.n = r.out.n;
	*ret = src;
	return EC_OK;
}

enum ec source_from_text(struct arena *a, struct str text, struct source *ret, struct err *e)
{
	return from_text(a, text, false, ret, e);
}

enum ec source_from_scan(struct arena *a, struct str text, struct source *ret, struct err *e)
{
	return from_text(a, text, true, ret, e);
}
