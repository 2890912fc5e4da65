#include "core/result/reference.h"
#include "base/limits.h"
#include "base/secret.h"
#include "base/strmap.h"
#include "core/history.h"
#include "core/result/test.h"
#include "core/tsv.h"
#include "db/q_test.h"
#include "text/fold.h"

#define MAX_YEAR 2100

/* Built in from data-ref/. */
extern const struct str data_ref_vpr_tests, data_ref_vpr_items;

struct item {
	int64_t seq, max;
	struct str label, level, content, requirement, skill;
};
struct items {
	VEC(struct item) item;
	int64_t sum;
};
struct spec {
	struct strmap index; /* "2021 4 математика" → spec */
	VEC(struct items) items;
};

static struct str spec_key(struct arena *a, int64_t year, int64_t grade, struct str subject)
{
	return str_printf(a, "%lld %lld " STR_FMT, (long long)year, (long long)grade,
	        STR_ARG(text_key(a, subject)));
}

static enum ec item_read(struct arena *a, const struct tsv *t, struct spec *s, struct err *e)
{
	int64_t year, grade;
	struct item x = {.label = item_label_normal(a, tsv_get(t, "label")),
	        .level = tsv_get(t, "level"),
	        .content = tsv_get(t, "content_codes"),
	        .requirement = tsv_get(t, "requirement_codes"),
	        .skill = tsv_get(t, "skill")};
	TRY(tsv_int(t, "year", MAX_YEAR, &year, e));
	TRY(tsv_int(t, "grade", 11, &grade, e));
	TRY(tsv_int(t, "seq", LIMIT_TEST_ITEMS, &x.seq, e));
	TRY(tsv_int(t, "max_score", LIMIT_ITEM_MAX, &x.max, e));
	bool fresh;
	size_t at = *strmap_put(
	        &s->index, spec_key(a, year, grade, tsv_get(t, "subject")), s->items.n, &fresh);
	if (fresh)
		(void)vec_push(a, &s->items);
	struct items *v = &s->items.v[at];
	if (x.seq != (int64_t)v->item.n + 1)
		return err_set(e, EC_INPUT, "задания, строка %zu: номер по порядку не %zu", t->line,
		        v->item.n + 1);
	if (x.max == 0 || x.label.n == 0)
		return err_set(
		        e, EC_INPUT, "задания, строка %zu: нет метки или максимума", t->line);
	*vec_push(a, &v->item) = x;
	v->sum += x.max;
	return EC_OK;
}

static enum ec items_read(struct arena *a, struct str tsv, struct spec *ret, struct err *e)
{
	struct tsv t;
	bool row;
	strmap_init(&ret->index, a);
	TRY(tsv_open(&t, tsv, e));
	for (;;) {
		TRY(tsv_next(&t, &row, e));
		if (!row)
			return EC_OK;
		TRY(item_read(a, &t, ret, e));
	}
}

static enum ec scale_add(const struct ctx *c, const struct tsv *t, int64_t test, struct err *e)
{
	if (tsv_get(t, "min3").n == 0)
		return EC_OK; /* no scale is known */
	int64_t min3, min4, min5;
	TRY(tsv_int(t, "min3", LIMIT_TEST_MAX, &min3, e));
	TRY(tsv_int(t, "min4", LIMIT_TEST_MAX, &min4, e));
	TRY(tsv_int(t, "min5", LIMIT_TEST_MAX, &min5, e));
	if (min3 < 1 || min3 > min4 || min4 > min5)
		return err_set(
		        e, EC_INPUT, "работы, строка %zu: границы отметок не возрастают", t->line);
	struct str source = tsv_get(t, "scale_source"), note = tsv_get(t, "note");
	if (note.n > 0)
		source = str_printf(c->a, STR_FMT ". " STR_FMT, STR_ARG(source), STR_ARG(note));
	return q_test_scale_insert(c->db,
	        &(struct q_test_scale_insert_in){
	                test, min3, min4, min5, source, tsv_get(t, "scale_status")},
	        e);
}

struct test_head {
	struct str procedure, subject, key;
	int64_t year, grade, max_total;
};

static enum ec test_add(const struct ctx *c, const struct tsv *t, const struct test_head *h,
        const struct items *v, struct err *e)
{
	if (v->sum != h->max_total)
		return err_set(e, EC_INPUT,
		        "работы, строка %zu: сумма максимумов заданий %lld, а максимум работы %lld",
		        t->line, (long long)v->sum, (long long)h->max_total);
	struct q_test_insert id;
	TRY(q_test_insert(c->db, c->a,
	        &(struct q_test_insert_in){h->procedure, h->year, h->grade, h->subject, h->key,
	                h->max_total, tsv_get(t, "items_source"), tsv_get(t, "items_status")},
	        &id, e));
	for (size_t i = 0; i < v->item.n; i++) {
		const struct item *x = &v->item.v[i];
		TRY(q_test_item_insert(c->db,
		        &(struct q_test_item_insert_in){id.id, x->seq, x->label, x->max, x->level,
		                x->content, x->requirement, x->skill},
		        e));
	}
	return scale_add(c, t, id.id, e);
}

static enum ec test_line(const struct ctx *c, const struct tsv *t, const struct spec *s,
        struct reference_count *n, struct err *e)
{
	struct test_head h = {
	        .procedure = tsv_get(t, "procedure"), .subject = tsv_get(t, "subject")};
	int64_t items_year;
	TRY(tsv_int(t, "year", MAX_YEAR, &h.year, e));
	TRY(tsv_int(t, "grade", 11, &h.grade, e));
	TRY(tsv_int(t, "max_total", LIMIT_TEST_MAX, &h.max_total, e));
	TRY(tsv_int(t, "items_year", MAX_YEAR, &items_year, e));
	h.key = text_key(c->a, h.subject);
	struct q_test_find found;
	enum ec code = q_test_find(c->db, c->a,
	        &(struct q_test_find_in){h.procedure, h.year, h.grade, h.key}, &found, e);
	if (code == EC_OK) {
		n->present++;
		return EC_OK;
	}
	if (code != EC_NOTFOUND)
		return code;
	size_t *at = strmap_find(&s->index, spec_key(c->a, items_year, h.grade, h.subject));
	if (at == NULL)
		return err_set(e, EC_INPUT, "работы, строка %zu: нет состава заданий", t->line);
	n->added++;
	return test_add(c, t, &h, &s->items.v[*at], e);
}

static enum ec load_all(const struct ctx *c, struct str tests_tsv, struct str items_tsv,
        struct reference_count *ret, struct err *e)
{
	struct spec spec = {0};
	struct tsv t;
	bool row;
	TRY(items_read(c->a, items_tsv, &spec, e));
	TRY(tsv_open(&t, tests_tsv, e));
	for (;;) {
		TRY(tsv_next(&t, &row, e));
		if (!row)
			break;
		TRY(test_line(c, &t, &spec, ret, e));
	}
	if (ret->added == 0)
		return EC_OK;
	return history_add(c,
	        &(struct change){.noun = STR("test"),
	                .noun_id = 0,
	                .verb = STR("create"),
	                .after = str_printf(c->a, "{\"tests\":%lld}", (long long)ret->added),
	                .reason = STR("справочник работ и шкал")},
	        e);
}

enum ec reference_load(const struct ctx *c, struct str tests_tsv, struct str items_tsv,
        struct reference_count *ret, struct err *e)
{
	struct reference_count n = {0};
	if (!actor_may(c->actor, CAP_RESULT_LOAD, ACTOR_ALL, ACTOR_ALL))
		return err_set(e, EC_DENIED, "справочник меняет тот, кто загружает результаты");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(load_all(c, tests_tsv, items_tsv, &n, e));
	TRY(tx_commit(&tx, e));
	*ret = n;
	return EC_OK;
}

enum ec reference_ensure(const struct ctx *c, struct err *e)
{
	static const struct str name = STR_INIT("reference_hash");
	uint8_t raw[HASH_BYTES];
	secret_hash((const struct str[]){data_ref_vpr_tests, data_ref_vpr_items}, 2, raw);
	struct str hash = hex_of(c->a, raw, sizeof(raw));
	struct q_setting_value was;
	enum ec code = q_setting_value(c->db, c->a, &(struct q_setting_value_in){name}, &was, e);
	if (code == EC_OK && str_eq(was.value, hash))
		return EC_OK;
	if (code != EC_OK && code != EC_NOTFOUND)
		return code;
	struct ctx program = *c;
	program.actor = &actor_program;
	struct reference_count n = {0};
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(load_all(&program, data_ref_vpr_tests, data_ref_vpr_items, &n, e));
	TRY(q_setting_put(c->db,
	        &(struct q_setting_put_in){
	                name, hash, STR("справочник программы"), clock_now(c->clock)},
	        e));
	return tx_commit(&tx, e);
}
