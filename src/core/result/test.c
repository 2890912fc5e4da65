#include "core/result/test.h"
#include "base/limits.h"
#include "db/q_test.h"
#include "text/fold.h"

struct str source_status_title(struct str status)
{
	static const struct {
		const char *status, *title;
	} v[] = {
	        {"official", "официальный источник"},
	        {"secondhand", "из вторых рук, с описанием не сверено"},
	        {"regional", "применено регионом"},
	        {"derived", "выведено из данных"},
	        {"assumed", "предположено"},
	};
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		if (str_eq_z(status, v[i].status))
			return str_c(v[i].title);
	}
	return status;
}

static enum ec items_read(const struct ctx *c, struct test_row *t, struct err *e)
{
	struct q_test_items_rows rows;
	TRY(q_test_items(c->db, c->a, &(struct q_test_items_in){t->id}, &rows, e));
	if (rows.n > LIMIT_TEST_ITEMS)
		return err_set(e, EC_DB, "test %lld has %zu items", (long long)t->id, rows.n);
	uint8_t *max = arena_new(c->a, uint8_t, rows.n);
	t->item = arena_new(c->a, struct test_item_row, rows.n);
	t->n_items = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_test_items *r = &rows.v[i];
		if (r->max_score < 1 || r->max_score > LIMIT_ITEM_MAX)
			return err_set(e, EC_DB, "test %lld: maximum of an item is out of bounds",
			        (long long)t->id);
		t->item[i] = (struct test_item_row){r->label, (int)r->max_score, r->level,
		        r->content_codes, r->requirement_codes, r->skill};
		max[i] = (uint8_t)r->max_score;
	}
	t->stat.n_items = rows.n;
	t->stat.max = max;
	return EC_OK;
}

static enum ec scale_read(const struct ctx *c, struct test_row *t, struct err *e)
{
	struct q_test_scale_in_force_rows rows;
	TRY(q_test_scale_in_force(
	        c->db, c->a, &(struct q_test_scale_in_force_in){t->id}, &rows, e));
	t->scale_source = t->scale_status = t->scale_status_title = STR("");
	if (rows.n == 0)
		return EC_OK;
	t->min3 = (int)rows.v[0].min3;
	t->min4 = (int)rows.v[0].min4;
	t->min5 = (int)rows.v[0].min5;
	t->scale_source = rows.v[0].source;
	t->scale_status = rows.v[0].status;
	t->scale_status_title = source_status_title(t->scale_status);
	return EC_OK;
}

enum ec test_load(const struct ctx *c, int64_t id, struct test_row *ret, struct err *e)
{
	struct q_test_one r;
	if (q_test_one(c->db, c->a, &(struct q_test_one_in){id}, &r, e) != EC_OK)
		return e->code == EC_NOTFOUND ? err_set(e, EC_NOTFOUND, "нет такой работы")
		                              : e->code;
	struct test_row t = {.id = id,
	        .procedure = r.procedure,
	        .procedure_title = str_eq(r.procedure, STR("vpr")) ? STR("ВПР") : r.procedure,
	        .year = (int)r.year,
	        .grade = (int)r.grade,
	        .subject = r.subject,
	        .max_total = (int)r.max_total,
	        .source = r.source,
	        .status = r.status,
	        .status_title = source_status_title(r.status)};
	if (t.max_total < 1 || t.max_total > LIMIT_TEST_MAX)
		return err_set(e, EC_DB, "test %lld: maximum is out of bounds", (long long)id);
	t.title = str_printf(c->a, STR_FMT " %d, %d класс, " STR_FMT, STR_ARG(t.procedure_title),
	        t.year, t.grade, STR_ARG(t.subject));
	TRY(items_read(c, &t, e));
	TRY(scale_read(c, &t, e));
	t.stat.max_total = (uint32_t)t.max_total;
	t.stat.min3 = (uint32_t)t.min3;
	t.stat.min4 = (uint32_t)t.min4;
	t.stat.min5 = (uint32_t)t.min5;
	*ret = t;
	return EC_OK;
}

enum ec test_find(const struct ctx *c, struct str procedure, const struct test_name *name,
        int64_t *ret_id, struct err *e)
{
	struct q_test_find r;
	enum ec code = q_test_find(c->db, c->a,
	        &(struct q_test_find_in){
	                procedure, name->year, name->grade, text_key(c->a, name->subject)},
	        &r, e);
	if (code == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND,
		        "нет описания работы: %d год, %d класс, «" STR_FMT
		        "». Загрузите состав заданий и шкалу (soko import reference)",
		        name->year, name->grade, STR_ARG(name->subject));
	if (code == EC_OK)
		*ret_id = r.id;
	return code;
}

enum ec test_subjects(const struct ctx *c, struct subject_list *ret, struct err *e)
{
	struct q_test_subjects_rows rows;
	TRY(q_test_subjects(c->db, c->a, &rows, e));
	ret->v = arena_new(c->a, struct str, rows.n);
	ret->n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = rows.v[i].subject;
	return EC_OK;
}
