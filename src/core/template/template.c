#include "core/template/template.h"

#include "base/bundle.h"
#include "base/limits.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/order/document_card.h"
#include "core/order/document_import.h"
#include "core/order/document_seen.h"
#include "db/q_template.h"
#include "doc/document.h"
#include "text/fold.h"

#include <stdlib.h>

extern const struct bundle_file template_files[];
extern const size_t template_files_n;

/* A row of the table as a template; may_remove by the actor. */
static enum ec own_template(const struct ctx *c, const struct q_template_one *r,
        struct template_doc *ret, struct err *e)
{
	struct str name = str_printf(c->a, "own-%lld", (long long)r->id);
	TRY(template_parse(c, name, r->body, ret, e));
	ret->own = true;
	ret->author = or_empty(r->user_name);
	ret->may_remove = actor_may(c->actor, CAP_DOCUMENT_WRITE, r->territory_id, ACTOR_ALL);
	return EC_OK;
}

static bool of_audience(const struct template_doc *t, struct str whom)
{
	return whom.n == 0 || t->audience.n == 0 || str_find(t->audience, whom, 0) != SIZE_MAX;
}

static struct str order_key(struct arena *a, const struct template_doc *t)
{
	return text_sort_key(a, str_printf(a, "%d" STR_FMT " " STR_FMT, t->own,
	                                STR_ARG(t->kind_title), STR_ARG(t->title)));
}

struct sorted {
	struct str key;
	struct template_doc doc;
};
static int by_key(const void *x, const void *y)
{
	return str_cmp(((const struct sorted *)x)->key, ((const struct sorted *)y)->key);
}

static void keep(struct arena *a, struct sorted *v, size_t *n, struct template_doc t)
{
	v[*n] = (struct sorted){order_key(a, &t), t};
	(*n)++;
}

enum ec template_list(
        const struct ctx *c, struct str for_whom, struct template_list *ret, struct err *e)
{
	struct scope s;
	struct q_templates_rows rows;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	TRY(q_templates(c->db, c->a, &(struct q_templates_in){s.territory_id}, &rows, e));
	struct sorted *v = arena_new(c->a, struct sorted, template_files_n + rows.n);
	size_t n = 0;
	for (size_t i = 0; i < template_files_n; i++) {
		struct str file = template_files[i].name;
		struct template_doc t;
		TRY(template_parse(
		        c, str_sub(file, 0, file.n - 4), template_files[i].bytes, &t, e));
		if (of_audience(&t, for_whom))
			keep(c->a, v, &n, t);
	}
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_templates *r = &rows.v[i];
		struct q_template_one one = {r->id, r->body, r->territory_id, r->user_name};
		struct template_doc t;
		TRY(own_template(c, &one, &t, e));
		keep(c->a, v, &n, t);
	}
	qsort(v, n, sizeof(v[0]), by_key);
	ret->v = arena_new(c->a, struct template_doc, n);
	ret->n = n;
	for (size_t i = 0; i < n; i++)
		ret->v[i] = v[i].doc;
	return EC_OK;
}

/* "own-12" → 12; 0: no such form. */
static int64_t own_id(struct str name)
{
	int64_t id = 0;
	if (!str_starts(name, STR("own-")) || name.n > 20)
		return 0;
	for (size_t i = 4; i < name.n; i++) {
		if (name.p[i] < '0' || name.p[i] > '9')
			return 0;
		id = 10 * id + (name.p[i] - '0');
	}
	return id;
}

static enum ec find_own(
        const struct ctx *c, struct str name, struct q_template_one *ret, struct err *e)
{
	struct scope s;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	enum ec ec = q_template_one(
	        c->db, c->a, &(struct q_template_one_in){own_id(name), s.territory_id}, ret, e);
	return ec == EC_NOTFOUND ? err_set(e, EC_NOTFOUND, "нет такого шаблона") : ec;
}

enum ec template_get(const struct ctx *c, struct str name, struct template_doc *ret, struct err *e)
{
	struct q_template_one row;
	struct str text =
	        bundle_find(template_files, template_files_n, str_cat(c->a, name, STR(".txt")));
	if (text.p != NULL)
		return template_parse(c, name, text, ret, e);
	TRY(find_own(c, name, &row, e));
	return own_template(c, &row, ret, e);
}

enum ec template_read(const struct ctx *c, struct str title, struct str text,
        struct template_reading *ret, struct err *e)
{
	struct str bytes;
	struct source src;
	struct document d;
	TRY(template_docx(c->a, title, text, &bytes, e));
	TRY(intake_document(c, bytes, STR("шаблон.docx"), &src, e));
	document_parse(c->a, &src, &d);
	*ret = (struct template_reading){
	        .finding = arena_new(c->a, struct template_finding, d.n_warnings),
	        .kind_title = doc_kind_title(d.meta.kind),
	        .number = or_empty(d.meta.number.text),
	        .date = date_none(d.meta.date.date) ? STR_NONE : date_iso(c->a, d.meta.date.date)};
	for (size_t i = 0; i < d.n_assignments; i++)
		ret->n_tasks += d.assignment[i].type == ASSIGNMENT_TASK;
	for (size_t i = 0; i < d.n_warnings; i++) {
		const struct diag *w = &d.warning[i];
		ret->finding[ret->n++] = (struct template_finding){severity_name(w->severity),
		        w->severity == SEVERITY_ERROR     ? STR("ошибка")
		        : w->severity == SEVERITY_WARNING ? STR("внимание")
		                                          : STR("заметка"),
		        w->message};
	}
	return EC_OK;
}

/* «О проведении ….docx»: a name that Windows takes too. */
static struct str file_name(struct arena *a, struct str title)
{
	char *p = str_z(a, utf8_head(title.n > 0 ? title : STR("документ"), 80));
	struct str s = str_c(p);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)p[i] < 0x20 ||
		        str_find_byte(STR("\\/:*?\"<>|"), p[i], 0) != SIZE_MAX)
			p[i] = ' ';
	return str_cat(a, str_trim(s), STR(".docx"));
}

enum ec template_draft(
        const struct ctx *c, struct str title, struct str text, int64_t *ret_id, struct err *e)
{
	struct str bytes;
	if (str_blank(text))
		return err_set(e, EC_INPUT, "текст документа пуст");
	TRY(template_docx(c->a, title, text, &bytes, e));
	return document_import(c,
	        &(struct document_source){.bytes = bytes, .name = file_name(c->a, title)}, ret_id,
	        e);
}

/* Line marks, braces and bars that stood in the document must not be read as marks of ours. */
static struct str plain_lines(struct arena *a, struct str text)
{
	struct buf b;
	struct str line;
	buf_init(&b, a, 4 * text.n + KIB);
	text = str_replace(a, text, STR("{{"), STR("{ {"));
	while (str_next(&text, '\n', &line)) {
		struct str s = str_trim(line);
		bool row = str_find_byte(s, '\t', 0) != SIZE_MAX;
		if (row)
			buf_printf(&b, "| " STR_FMT " |",
			        STR_ARG(str_replace(a, s, STR("\t"), STR(" | "))));
		else if (s.n > 0 && str_find_byte(STR("#^><~|="), s.p[0], 0) != SIZE_MAX)
			buf_printf(&b, " \xC2\xA0" STR_FMT, STR_ARG(s));
		else
			buf_add(&b, s);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

static struct str template_of(const struct ctx *c, const struct q_document_one *d, struct str title)
{
	struct arena *a = c->a;
	struct buf b;
	struct str body = plain_lines(a, d->text);
	buf_init(&b, a, LIMIT_DOC_TEXT);
	buf_printf(&b,
	        "kind: " STR_FMT "\ntitle: " STR_FMT "\nabout: Сохранён из документа № " STR_FMT
	        "\n",
	        STR_ARG(d->kind), STR_ARG(title), STR_ARG(d->number));
	if (d->number.n > 0) {
		buf_add_z(&b, "field: number | line | Номер |\n");
		body = str_replace(a, body, d->number, STR("{{number}}"));
	}
	struct date day = iso_date(d->doc_date);
	if (!date_none(day)) {
		static const char *const month[] = {"января", "февраля", "марта", "апреля", "мая",
		        "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"};
		buf_add_z(&b, "field: date | date | Дата | today\n");
		body = str_replace(a, body, iso_ru(a, d->doc_date), STR("{{date}}"));
		struct str words = str_printf(a, "%d %s %d", day.d, month[day.m - 1], day.y);
		body = str_replace(a, body, str_cat(a, words, STR(" года")), STR("{{date:words}}"));
		body = str_replace(a, body, str_cat(a, words, STR(" г.")), STR("{{date:words}}"));
	}
	buf_printf(&b, "---\n" STR_FMT "\n", STR_ARG(body));
	return buf_str(&b);
}

enum ec template_save(const struct ctx *c, int64_t document_id, struct str typed,
        struct str *ret_name, struct err *e)
{
	struct q_document_one d;
	struct q_template_insert row;
	struct template_doc t;
	struct str title;
	struct fact f;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_read(c, document_id, &d, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, d.territory_id, ACTOR_ALL, e));
	TRY(typed_text(c->a,
	        &(struct text_field){typed.n > 0 ? typed : utf8_head(d.title, 300), "Название", 600,
	                true, false},
	        &title, e));
	struct str body = template_of(c, &d, title);
	TRY(template_parse(c, STR("own"), body, &t, e));
	TRY(q_template_insert(c->db, c->a,
	        &(struct q_template_insert_in){
	                body, d.territory_id, clock_now(c->clock), acting_user(c)},
	        &row, e));
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "title", title);
	json_kv_int(&f.j, "document_id", document_id);
	TRY(history_add(c,
	        &(struct change){STR("document_template"), row.id, STR("create"), STR_NONE,
	                fact_end(&f), STR("")},
	        e));
	*ret_name = str_printf(c->a, "own-%lld", (long long)row.id);
	return tx_commit(&tx, e);
}

enum ec template_remove(const struct ctx *c, struct str name, struct err *e)
{
	struct q_template_one row;
	struct template_doc t;
	struct fact f;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(find_own(c, name, &row, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, row.territory_id, ACTOR_ALL, e));
	TRY(own_template(c, &row, &t, e));
	TRY(q_template_remove(
	        c->db, &(struct q_template_remove_in){row.id, clock_now(c->clock)}, e));
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "title", t.title);
	TRY(history_add(c,
	        &(struct change){STR("document_template"), row.id, STR("remove"), fact_end(&f),
	                STR_NONE, STR("")},
	        e));
	return tx_commit(&tx, e);
}
