/* The text of a template: reading its head, filling its places, lines as blocks of a document. */
#include "base/cur.h"
#include "base/limits.h"
#include "core/fact.h"
#include "core/order/document_seen.h"
#include "core/template/template.h"
#include "doc/document.h"
#include "text/decline.h"
#include "text/fold.h"

#define CELLS_MAX 12

static const struct {
	const char *name;
	enum template_type type;
} types[] = {
        {"line", TEMPLATE_LINE},
        {"text", TEMPLATE_TEXT},
        {"date", TEMPLATE_DATE},
        {"number", TEMPLATE_NUMBER},
        {"year", TEMPLATE_YEAR},
        {"executor", TEMPLATE_EXECUTOR},
        {"post", TEMPLATE_POST},
        {"person", TEMPLATE_PERSON},
};

/* "today+30", "09-01", "2027-01-15" → ISO. */
static struct str date_default(const struct ctx *c, struct str s)
{
	struct date today = clock_today(c->clock);
	struct cur at = CUR(s);
	int64_t n = 0;
	if (cur_lit(&at, STR("today"))) {
		if (cur_lit(&at, STR("+")) && !cur_int(&at, 0, 3660, &n))
			n = 0;
		return date_iso(c->a, date_add_days(today, (int)n));
	}
	if (s.n != 5)
		return s;
	struct str this = str_printf(c->a, "%d-" STR_FMT, today.y, STR_ARG(s));
	return str_cmp(this, date_iso(c->a, today)) >= 0
	               ? this
	               : str_printf(c->a, "%d-" STR_FMT, today.y + 1, STR_ARG(s));
}

/* «{y}», «{y+1}»: years in defaults. */
static struct str value_default(const struct ctx *c, const struct template_field *f, struct str s)
{
	int year = clock_today(c->clock).y;
	if (f->type == TEMPLATE_DATE)
		return date_default(c, s);
	s = str_replace(c->a, s, STR("{y}"), str_printf(c->a, "%d", year));
	return str_replace(c->a, s, STR("{y+1}"), str_printf(c->a, "%d", year + 1));
}

static struct str next_part(struct str *rest)
{
	struct str part = STR("");
	(void)str_next(rest, '|', &part);
	return str_trim(part);
}

static enum ec read_field(
        const struct ctx *c, struct template_doc *t, struct str line, struct err *e)
{
	if (t->n_fields == TEMPLATE_FIELDS)
		return err_set(e, EC_LIMIT, "полей больше %d", TEMPLATE_FIELDS);
	struct template_field *f = &t->field[t->n_fields++];
	*f = (struct template_field){.name = next_part(&line)};
	struct str type = next_part(&line);
	bool known = false;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eq_z(type, types[i].name)) {
			f->type = types[i].type;
			known = true;
		}
	f->label = next_part(&line);
	f->value = value_default(c, f, str_trim(line));
	if (!known || f->name.n == 0 || f->label.n == 0)
		return err_set(e, EC_INPUT, "поле «" STR_FMT "»: нужны имя, тип и подпись",
		        STR_ARG(f->name));
	return EC_OK;
}

static struct str audience_title(struct arena *a, struct str s)
{
	s = str_replace(a, s, STR("region"), STR("департамент"));
	s = str_replace(a, s, STR("municipality"), STR("муниципалитет"));
	return str_replace(a, s, STR("school"), STR("школа"));
}

static bool head_line(struct str line, const char *key, struct str *ret)
{
	struct str k = str_c(key);
	if (!str_starts(line, k))
		return false;
	*ret = str_trim(str_skip(line, k.n));
	return true;
}

enum ec template_parse(const struct ctx *c, struct str name, struct str text,
        struct template_doc *ret, struct err *e)
{
	struct template_doc t = {.name = name};
	struct str rest = str_replace(c->a, text, STR("\r\n"), STR("\n"));
	struct str line;
	struct str field;
	bool body = false;
	size_t n = 0;
	while (!body && str_next(&rest, '\n', &line)) {
		n++;
		body = str_eq(str_trim(line), STR("---"));
		if (body || str_blank(line))
			continue;
		if (head_line(line, "field:", &field)) {
			TRY(read_field(c, &t, field, e));
			continue;
		}
		if (!head_line(line, "kind:", &t.kind) && !head_line(line, "title:", &t.title) &&
		        !head_line(line, "for:", &t.audience) &&
		        !head_line(line, "about:", &t.about))
			return err_set(e, EC_INPUT, "строка %zu: неизвестное поле заголовка", n);
	}
	enum doc_kind kind;
	if (!body || !doc_kind_of(t.kind, &kind) || t.title.n == 0)
		return err_set(e, EC_INPUT, "шаблон без вида, названия или черты «---»");
	t.kind_title = document_kind_title_of(t.kind);
	t.audience_title = audience_title(c->a, t.audience);
	t.body = str_trim(rest);
	*ret = t;
	return EC_OK;
}

/* «15 января 2027 года» */
static struct str date_words(struct arena *a, struct date d)
{
	static const char *const month[] = {"января", "февраля", "марта", "апреля", "мая", "июня",
	        "июля", "августа", "сентября", "октября", "ноября", "декабря"};
	return str_printf(a, "%d %s %d года", d.d, month[d.m - 1], d.y);
}

static struct str in_form(
        struct arena *a, const struct template_field *f, struct str value, struct str form)
{
	enum ru_case to = str_eq_z(form, "genitive")     ? CASE_GENITIVE
	                  : str_eq_z(form, "dative")     ? CASE_DATIVE
	                  : str_eq_z(form, "accusative") ? CASE_ACCUSATIVE
	                                                 : CASE_NOMINATIVE;
	struct date d = f->type == TEMPLATE_DATE ? iso_date(value) : (struct date){0};
	if (value.n == 0)
		return STR("____");
	if (f->type == TEMPLATE_DATE && date_none(d))
		return value;
	if (f->type == TEMPLATE_DATE)
		return str_eq_z(form, "words") ? date_words(a, d) : iso_ru(a, value);
	if (str_eq_z(form, "upper"))
		return text_upper(a, value);
	return f->type == TEMPLATE_PERSON ? text_decline_name(a, value, to)
	                                  : text_decline(a, value, to);
}

static struct str place(
        struct arena *a, const struct template_doc *t, const struct str *value, struct str what)
{
	size_t colon = str_find_byte(what, ':', 0);
	struct str name = str_trim(colon == SIZE_MAX ? what : str_sub(what, 0, colon));
	struct str form = colon == SIZE_MAX ? STR("") : str_trim(str_skip(what, colon + 1));
	for (size_t i = 0; i < t->n_fields; i++)
		if (str_eq(t->field[i].name, name))
			return in_form(a, &t->field[i], value[i], form);
	return STR("____");
}

struct str template_fill(struct arena *a, const struct template_doc *t, const struct str *value)
{
	struct buf b;
	buf_init(&b, a, LIMIT_DOC_TEXT);
	size_t i = 0;
	while (i < t->body.n) {
		size_t from = str_find(t->body, STR("{{"), i);
		size_t to = from == SIZE_MAX ? SIZE_MAX : str_find(t->body, STR("}}"), from);
		if (to == SIZE_MAX)
			break;
		buf_add(&b, str_sub(t->body, i, from));
		buf_add(&b, place(a, t, value, str_sub(t->body, from + 2, to)));
		i = to + 2;
	}
	buf_add(&b, str_skip(t->body, i));
	return buf_str(&b);
}

static void add_row(struct arena *a, struct docx_block *x, struct str line, bool head)
{
	struct str *cell = arena_new(a, struct str, CELLS_MAX);
	struct str rest = str_skip(line, 1);
	struct str part;
	size_t n = 0;
	if (str_ends(str_trim(rest), STR("|")))
		rest = str_sub(str_trim(rest), 0, str_trim(rest).n - 1);
	while (n < CELLS_MAX && str_next(&rest, '|', &part))
		cell[n++] = str_trim(part);
	*x = (struct docx_block){.style = DOCX_ROW, .cell = cell, .n_cells = n, .head = head};
}

static void add_signature(struct docx_block *x, struct str line)
{
	struct str rest = str_skip(line, 1);
	x->style = DOCX_SIGN;
	x->text = next_part(&rest);
	x->text2 = str_trim(rest);
}

struct docx_doc template_blocks(struct arena *a, struct str title, struct str text)
{
	static const struct {
		char mark;
		enum docx_style style;
	} marks[] = {{'#', DOCX_TITLE}, {'^', DOCX_CENTRE}, {'>', DOCX_RIGHT}, {'<', DOCX_LEFT}};
	VEC(struct docx_block) v = {0};
	struct str line;
	bool table = false;
	while (str_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0) {
			table = false;
			continue;
		}
		struct docx_block *x = vec_push(a, &v);
		*x = (struct docx_block){.style = DOCX_BODY, .text = line};
		if (line.p[0] == '|') {
			add_row(a, x, line, !table);
			table = true;
			continue;
		}
		table = false;
		if (line.p[0] == '~')
			add_signature(x, line);
		else if (str_eq(line, STR("===")))
			x->style = DOCX_BREAK;
		for (size_t i = 0; i < ARRAY_LEN(marks); i++)
			if (line.p[0] == marks[i].mark) {
				x->style = marks[i].style;
				x->text = str_trim(str_skip(line, 1));
			}
	}
	return (struct docx_doc){title, v.v, v.n};
}

enum ec template_docx(
        struct arena *a, struct str title, struct str text, struct str *ret, struct err *e)
{
	struct docx_doc d = template_blocks(a, title, text);
	return docx_write(a, &d, ret, e);
}
