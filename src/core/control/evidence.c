#include "core/control/evidence.h"

#include "base/limits.h"
#include "base/num.h"
#include "base/secret.h"
#include "core/control/assignment_find.h"
#include "core/control/evidence_text.h"
#include "core/control/evidence_type.h"
#include "core/fact.h"
#include "core/search_index.h"
#include "db/q_document.h"
#include "db/q_evidence.h"
#include "db/q_job.h"

#define TITLE_MAX  1000
#define LINK_MAX   2000
#define ANSWER_MAX 20000

static const struct {
	struct str name, title;
} kinds[EVIDENCE_KIND_COUNT] = {
        [EVIDENCE_NONE] = {STR_INIT(""), STR_INIT("")},
        [EVIDENCE_FILE] = {STR_INIT("file"), STR_INIT("файл")},
        [EVIDENCE_LINK] = {STR_INIT("link"), STR_INIT("ссылка")},
        [EVIDENCE_NUMBER] = {STR_INIT("number"), STR_INIT("число")},
        [EVIDENCE_FORM] = {STR_INIT("form"), STR_INIT("заполненная форма")},
};

struct str evidence_kind_name(enum evidence_kind k)
{
	return k < EVIDENCE_KIND_COUNT ? kinds[k].name : STR("");
}

struct str evidence_kind_title(enum evidence_kind k)
{
	return k < EVIDENCE_KIND_COUNT ? kinds[k].title : STR("");
}

bool evidence_kind_of(struct str name, enum evidence_kind *ret)
{
	for (int k = EVIDENCE_FILE; k < EVIDENCE_KIND_COUNT; k++)
		if (str_eq(kinds[k].name, name)) {
			*ret = (enum evidence_kind)k;
			return true;
		}
	return false;
}

/* Lines of a list stored as text, without blank ones. */
static struct str *lines_of(struct arena *a, struct str text, size_t max, size_t *ret_n)
{
	struct str *v = arena_new(a, struct str, max);
	struct str line;
	*ret_n = 0;
	while (*ret_n < max && str_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.n > 0)
			v[(*ret_n)++] = line;
	}
	return v;
}

static enum ec store_bytes(const struct ctx *c, const struct evidence_form *f,
        const struct evidence_type *t, int64_t *ret_id, struct err *e)
{
	struct q_file_by_hash there;
	struct q_file_insert row;
	struct str hash = secret_hash_hex(c->a, f->bytes);
	enum ec ec = q_file_by_hash(c->db, c->a, &(struct q_file_by_hash_in){hash}, &there, e);
	if (ec != EC_NOTFOUND) {
		TRY(ec);
		*ret_id = there.id;
		return EC_OK;
	}
	TRY(q_file_insert(c->db, c->a,
	        &(struct q_file_insert_in){hash, evidence_file_name(c->a, f->name, t),
	                t->media_type, (int64_t)f->bytes.n, f->bytes, clock_now(c->clock),
	                acting_user(c)},
	        &row, e));
	*ret_id = row.id;
	return EC_OK;
}

static enum ec fill_file(const struct ctx *c, const struct evidence_form *f,
        struct q_evidence_insert_in *in, struct err *e)
{
	struct evidence_type t;
	struct q_evidence_same_rows same;
	struct q_evidence_text_of_file_rows known;
	if (evidence_type_of(f->bytes, &t, e) != EC_OK)
		return err_wrap(e, "файл «" STR_FMT "»", STR_ARG(utf8_head(f->name, 80)));
	TRY(store_bytes(c, f, &t, &in->file_id, e));
	TRY(q_evidence_same(c->db, c->a,
	        &(struct q_evidence_same_in){in->assignment_id, in->file_id}, &same, e));
	if (same.n > 0)
		return err_set(e, EC_CONFLICT, "файл «" STR_FMT "» здесь уже приложен",
		        STR_ARG(utf8_head(f->name, 80)));
	in->file_name = evidence_file_name(c->a, f->name, &t);
	in->media_type = t.media_type;
	in->size = (int64_t)f->bytes.n;
	in->text_state = STR("waiting");
	TRY(q_evidence_text_of_file(
	        c->db, c->a, &(struct q_evidence_text_of_file_in){in->file_id}, &known, e));
	if (known.n > 0) {
		in->text_state = STR("read");
		in->words = known.v[0].text;
	}
	return EC_OK;
}

static enum ec fill_link(const struct ctx *c, const struct evidence_form *f,
        struct q_evidence_insert_in *in, struct err *e)
{
	TRY(typed_text(c->a, &(struct text_field){f->link, "Ссылка", LINK_MAX, true, false},
	        &in->link, e));
	if (!(str_starts(in->link, STR("https://")) && in->link.n > 8) &&
	        !(str_starts(in->link, STR("http://")) && in->link.n > 7))
		return err_set(
		        e, EC_INPUT, "поле «Ссылка»: адрес начинается с https:// или http://");
	for (size_t i = 0; i < in->link.n; i++)
		if ((unsigned char)in->link.p[i] <= ' ' || in->link.p[i] == '"' ||
		        in->link.p[i] == '<' || in->link.p[i] == '>')
			return err_set(e, EC_INPUT,
			        "поле «Ссылка»: в адресе есть пробел или недопустимый знак");
	in->words = str_printf(
	        c->a, STR_FMT " " STR_FMT, STR_ARG(or_empty(in->title)), STR_ARG(in->link));
	return EC_OK;
}

static enum ec fill_number(const struct ctx *c, const struct evidence_form *f,
        struct q_evidence_insert_in *in, struct err *e)
{
	TRY(typed_text(
	        c->a, &(struct text_field){f->unit, "Единица", 100, true, false}, &in->unit, e));
	if (!num_parse(str_trim(f->number), &in->number))
		return err_set(e, EC_INPUT, "поле «Число»: нужно число, например 36 или 97,5");
	in->words = str_printf(c->a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(or_empty(in->title)),
	        STR_ARG(num_exact(c->a, in->number)), STR_ARG(in->unit));
	return EC_OK;
}

/* «title, tab, answer» a line; line ends of an answer become the sign U+2028, which nobody types.
 */
static enum ec fill_answers(const struct ctx *c, const struct evidence_form *f,
        struct q_evidence_insert_in *in, struct err *e)
{
	struct buf b;
	size_t n = 0;
	buf_init(&b, c->a, LIMIT_EVIDENCE_TEXT);
	for (size_t i = 0; i < f->n_answers && i < EVIDENCE_ANSWERS; i++) {
		struct str text;
		struct str title = str_replace(c->a, f->answer[i].title, STR("\t"), STR(" "));
		TRY(typed_text(c->a,
		        &(struct text_field){f->answer[i].text, "Ответ", ANSWER_MAX, false, true},
		        &text, e));
		text = str_trim(or_empty(text));
		if (text.n == 0)
			continue;
		text = str_replace(c->a, str_replace(c->a, text, STR("\t"), STR(" ")), STR("\n"),
		        STR("\xE2\x80\xA8"));
		buf_printf(&b, "%s" STR_FMT "\t" STR_FMT, n++ > 0 ? "\n" : "", STR_ARG(title),
		        STR_ARG(text));
	}
	if (n == 0)
		return err_set(e, EC_INPUT, "форма пуста: заполните хотя бы одно поле");
	TRY(buf_check(&b, "форма", e));
	in->words = buf_str(&b);
	return EC_OK;
}

static enum ec fill(const struct ctx *c, const struct evidence_form *f,
        struct q_evidence_insert_in *in, struct err *e)
{
	switch (f->kind) {
	case EVIDENCE_FILE:
		return fill_file(c, f, in, e);
	case EVIDENCE_LINK:
		return fill_link(c, f, in, e);
	case EVIDENCE_NUMBER:
		return fill_number(c, f, in, e);
	case EVIDENCE_FORM:
		return fill_answers(c, f, in, e);
	case EVIDENCE_NONE:
	case EVIDENCE_KIND_COUNT:
		break;
	}
	return err_set(e, EC_INPUT, "нет такого вида подтверждения");
}

static enum ec note_add(const struct ctx *c, int64_t id, const struct q_evidence_insert_in *in,
        const struct evidence_form *f, struct err *e)
{
	struct fact after;
	fact_begin(&after, c->a);
	json_kv_int(&after.j, "assignment_id", in->assignment_id);
	json_kv_str(&after.j, "evidence_kind", in->kind);
	json_kv_str(&after.j, "demanded", in->demanded);
	json_kv_str(&after.j, "title", in->title);
	if (f->kind == EVIDENCE_FILE) {
		json_kv_str(&after.j, "file_name", in->file_name);
		json_kv_str(&after.j, "file_hash", secret_hash_hex(c->a, f->bytes));
	} else {
		json_kv_str(&after.j, "text", in->words);
	}
	return history_add(c,
	        &(struct change){
	                STR("evidence"), id, STR("create"), STR_NONE, fact_end(&after), STR("")},
	        e);
}

/* The job that reads the file, in the same transaction: a file is never forgotten. */
static enum ec queue_reading(const struct ctx *c, int64_t id, struct err *e)
{
	struct q_job_insert row;
	return q_job_insert(c->db, c->a,
	        &(struct q_job_insert_in){STR("evidence"),
	                str_printf(c->a, "{\"evidence_id\": %lld}", (long long)id),
	                clock_now(c->clock), acting_user(c), DB_NULL_INT},
	        &row, e);
}

static enum ec put(const struct ctx *c, const struct q_assignment_one *a,
        const struct evidence_form *f, int64_t *ret_id, struct err *e)
{
	struct q_evidence_insert row;
	struct q_evidence_insert_in in = {.assignment_id = a->id,
	        .kind = evidence_kind_name(f->kind),
	        .file_id = DB_NULL_INT,
	        .file_name = STR(""),
	        .media_type = STR(""),
	        .link = STR(""),
	        .number = __builtin_nan(""),
	        .unit = STR(""),
	        .text_state = STR("own"),
	        .words = STR(""),
	        .at = clock_now(c->clock),
	        .user_id = acting_user(c)};
	size_t n;
	bool known = or_empty(f->demanded).n == 0;
	struct str *demand = lines_of(c->a, a->document_types, 100, &n);
	for (size_t i = 0; i < n; i++)
		known = known || str_eq(demand[i], f->demanded);
	if (!known)
		return err_set(e, EC_INPUT, "документ не требует вида «" STR_FMT "»",
		        STR_ARG(utf8_head(f->demanded, 60)));
	in.demanded = or_empty(f->demanded);
	TRY(typed_text(c->a, &(struct text_field){f->title, "Пояснение", TITLE_MAX, false, false},
	        &in.title, e));
	in.title = or_empty(in.title);
	TRY(fill(c, f, &in, e));
	TRY(q_evidence_insert(c->db, c->a, &in, &row, e));
	TRY(note_add(c, row.id, &in, f, e));
	if (str_eq_z(in.text_state, "waiting"))
		TRY(queue_reading(c, row.id, e));
	*ret_id = row.id;
	return evidence_index(c, row.id, e);
}

/* Work has begun when the first proof comes. */
static enum ec begin_work(const struct ctx *c, const struct q_assignment_one *a, struct err *e)
{
	if (!str_eq_z(a->state, "assigned") && !str_eq_z(a->state, "returned"))
		return EC_OK;
	return assignment_step_within(c, a->id, &(struct step_form){.step = STEP_TAKE}, e);
}

static enum ec add_all(const struct ctx *c, int64_t assignment_id, const struct evidence_form *v,
        size_t n, int64_t *ret_id, struct err *e)
{
	struct q_assignment_one a;
	struct q_evidence_of_rows have;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(assignment_for_work(c, assignment_id, &a, e));
	TRY(q_evidence_of(c->db, c->a, &(struct q_evidence_of_in){assignment_id}, &have, e));
	if (have.n + n > LIMIT_EVIDENCE_COUNT)
		return err_set(e, EC_LIMIT, "подтверждений больше %d: приложите самое нужное",
		        LIMIT_EVIDENCE_COUNT);
	for (size_t i = 0; i < n; i++)
		TRY(put(c, &a, &v[i], ret_id, e));
	TRY(begin_work(c, &a, e));
	return tx_commit(&tx, e);
}

enum ec evidence_add_all(const struct ctx *c, int64_t assignment_id, const struct evidence_form *v,
        size_t n, struct err *e)
{
	int64_t id;
	return add_all(c, assignment_id, v, n, &id, e);
}

enum ec evidence_add(const struct ctx *c, int64_t assignment_id, const struct evidence_form *f,
        int64_t *ret_id, struct err *e)
{
	return add_all(c, assignment_id, f, 1, ret_id, e);
}

static enum ec find(const struct ctx *c, int64_t assignment_id, int64_t id,
        struct q_evidence_one *ret, struct err *e)
{
	enum ec ec = q_evidence_one(c->db, c->a, &(struct q_evidence_one_in){id}, ret, e);
	if (ec == EC_NOTFOUND || (ec == EC_OK && (ret->assignment_id != assignment_id ||
	                                                 ret->removed_at != DB_NULL_INT)))
		return err_set(e, EC_NOTFOUND, "нет такого подтверждения");
	return ec;
}

enum ec evidence_remove(
        const struct ctx *c, int64_t assignment_id, int64_t id, struct str reason, struct err *e)
{
	struct q_assignment_one a;
	struct q_evidence_one v;
	struct fact before;
	struct str why;
	int64_t n;
	TRY(typed_text(c->a, &(struct text_field){reason, "Причина", 2000, false, true}, &why, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(assignment_for_work(c, assignment_id, &a, e));
	TRY(find(c, assignment_id, id, &v, e));
	TRY(q_evidence_remove(c->db,
	        &(struct q_evidence_remove_in){id, clock_now(c->clock), acting_user(c)}, &n, e));
	fact_begin(&before, c->a);
	json_kv_int(&before.j, "assignment_id", assignment_id);
	json_kv_str(&before.j, "evidence_kind", v.kind);
	json_kv_str(&before.j, "title", v.title);
	json_kv_str(&before.j, "file_name", v.file_name);
	TRY(history_add(c,
	        &(struct change){STR("evidence"), id, STR("remove"), fact_end(&before), STR_NONE,
	                or_empty(why)},
	        e));
	TRY(search_index_drop(c, STR("evidence"), id, e));
	return tx_commit(&tx, e);
}

enum ec evidence_file(const struct ctx *c, int64_t assignment_id, int64_t id,
        struct evidence_bytes *ret, struct err *e)
{
	struct q_assignment_one a;
	struct q_evidence_one v;
	struct q_evidence_bytes f;
	TRY(assignment_for_read(c, assignment_id, &a, e));
	TRY(find(c, assignment_id, id, &v, e));
	if (!str_eq_z(v.kind, "file"))
		return err_set(e, EC_NOTFOUND, "у этого подтверждения нет файла");
	TRY(q_evidence_bytes(c->db, c->a, &(struct q_evidence_bytes_in){id}, &f, e));
	*ret = (struct evidence_bytes){v.file_name, v.media_type, f.bytes};
	return EC_OK;
}

static void add_answers(struct arena *a, struct evidence *v, struct str text)
{
	struct str line;
	v->answer = arena_new(a, struct evidence_answer, EVIDENCE_ANSWERS);
	while (v->n_answers < EVIDENCE_ANSWERS && str_next(&text, '\n', &line)) {
		size_t tab = str_find_byte(line, '\t', 0);
		if (tab == SIZE_MAX)
			continue;
		v->answer[v->n_answers++] = (struct evidence_answer){str_sub(line, 0, tab),
		        str_replace(a, str_skip(line, tab + 1), STR("\xE2\x80\xA8"), STR("\n"))};
	}
}

static struct evidence evidence_row(struct arena *a, const struct q_evidence_of *r)
{
	struct evidence v = {.id = r->id,
	        .demanded = r->demanded,
	        .title = r->title,
	        .file_name = r->file_name,
	        .type_title = evidence_type_title(r->media_type),
	        .size = r->size,
	        .link = r->link,
	        .number = r->number,
	        .unit = r->unit,
	        .text_state = r->text_state,
	        .text_note = r->text_note,
	        .who = r->user_name.n > 0 ? r->user_name : STR("система"),
	        .at = r->at};
	(void)evidence_kind_of(r->kind, &v.kind);
	if (v.kind == EVIDENCE_FORM)
		add_answers(a, &v, r->text);
	return v;
}

/* What the form asks of this point. */
static void add_fields(struct arena *a, const struct q_assignment_one *q, struct evidence_list *l)
{
	size_t n;
	struct str *item = lines_of(a, q->items, EVIDENCE_ANSWERS - 3, &n);
	l->field = arena_new(a, struct str, EVIDENCE_ANSWERS);
	l->field[l->n_fields++] = STR("Что сделано");
	for (size_t i = 0; i < n; i++)
		l->field[l->n_fields++] = utf8_head(item[i], 300);
	l->field[l->n_fields++] = STR("Результат");
	l->field[l->n_fields++] = STR("Что помешало и что нужно");
}

enum ec evidence_of(
        const struct ctx *c, int64_t assignment_id, struct evidence_list *ret, struct err *e)
{
	struct q_assignment_one a;
	struct q_evidence_of_rows rows;
	TRY(assignment_for_read(c, assignment_id, &a, e));
	TRY(q_evidence_of(c->db, c->a, &(struct q_evidence_of_in){assignment_id}, &rows, e));
	struct evidence_list l = {.v = arena_new(c->a, struct evidence, rows.n), .n = rows.n};
	struct str *name = lines_of(c->a, a.document_types, 100, &l.n_demands);
	l.demand = arena_new(c->a, struct evidence_demand, l.n_demands);
	for (size_t i = 0; i < l.n; i++)
		l.v[i] = evidence_row(c->a, &rows.v[i]);
	for (size_t k = 0; k < l.n_demands; k++) {
		l.demand[k].name = name[k];
		for (size_t i = 0; i < l.n; i++)
			l.demand[k].n += str_eq(l.v[i].demanded, name[k]);
		l.n_missing += l.demand[k].n == 0;
	}
	add_fields(c->a, &a, &l);
	l.may = assignment_may_work(c, &a);
	*ret = l;
	return EC_OK;
}
