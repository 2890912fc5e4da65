#include "cli/region_files.h"
#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_COLS = 16, MAX_SUBJECTS = 32 };

/* One TSV file while it is read. */
struct table {
	struct arena *a;
	const char *name;
	struct str rest;
	size_t line;
	struct str col[MAX_COLS];
};

static enum ec table_open(
        struct arena *a, const char *dir, const char *name, struct table *t, struct err *e)
{
	struct str head;
	*t = (struct table){.a = a, .name = name, .line = 1};
	TRY(file_read(a, arena_printf(a, "%s/%s", dir, name), 4 * GIB, &t->rest, e));
	(void)str_next(&t->rest, '\n', &head);
	return EC_OK;
}

/* Next line with exactly n columns; *ret_more false at the end. */
static enum ec table_next(struct table *t, size_t n, bool *ret_more, struct err *e)
{
	struct str line;
	*ret_more = false;
	while (str_next(&t->rest, '\n', &line)) {
		t->line++;
		if (line.n == 0)
			continue;
		size_t i = 0;
		while (i < n && str_next(&line, '\t', &t->col[i]))
			i++;
		if (i != n || line.p != NULL)
			return err_set(e, EC_INPUT, "%s, строка %zu: нужно столбцов %zu", t->name,
			        t->line, n);
		*ret_more = true;
		break;
	}
	return EC_OK;
}

static enum ec bad(const struct table *t, size_t col, struct err *e)
{
	return err_set(e, EC_INPUT, "%s, строка %zu, столбец %zu: непонятно «" STR_FMT "»", t->name,
	        t->line, col + 1, STR_ARG(t->col[col]));
}

static enum ec number(const struct table *t, size_t col, int64_t max, int64_t *ret, struct err *e)
{
	struct cur c = CUR(t->col[col]);
	if (cur_int(&c, 0, max, ret) && cur_end(&c))
		return EC_OK;
	return bad(t, col, e);
}

static enum ec real(const struct table *t, size_t col, double *ret, struct err *e)
{
	struct cur c = CUR(t->col[col]);
	if (cur_double(&c, ret) && cur_end(&c))
		return EC_OK;
	return bad(t, col, e);
}

/* Protocols while their rows are collected. */
struct growing {
	struct ob_protocol p;
	VEC(int32_t) school;
	VEC(int32_t) pupil;
	VEC(uint8_t) class_no;
	VEC(uint8_t) variant;
	VEC(uint8_t) journal;
	VEC(uint8_t) score; /* n counts works */
	VEC(struct ob_enrol) enrol;
};

struct reader {
	struct region_files *out;
	struct arena *a;
	struct growing *g;
	size_t n, last; /* protocols; the one asked for last */
	struct str subject[MAX_SUBJECTS];
	size_t n_subjects;
	VEC(struct str) school;
	int32_t *slot; /* hash of a school's name → index + 1 */
	size_t n_slots;
};

static int subject_of(struct reader *r, struct str name)
{
	for (size_t i = 0; i < r->n_subjects; i++)
		if (str_eq(r->subject[i], name))
			return (int)i;
	if (r->n_subjects == MAX_SUBJECTS)
		return -1;
	r->subject[r->n_subjects] = name;
	return (int)r->n_subjects++;
}

static int32_t *slot_of(struct reader *r, struct str name)
{
	size_t i = (size_t)str_hash(name) % r->n_slots;
	while (r->slot[i] != 0 && !str_eq(r->school.v[r->slot[i] - 1], name))
		i = (i + 1) % r->n_slots;
	return &r->slot[i];
}

static enum ec school_at(
        struct reader *r, const struct table *t, size_t col, int32_t *ret, struct err *e)
{
	int32_t i = *slot_of(r, t->col[col]);
	if (i == 0)
		return bad(t, col, e);
	*ret = i - 1;
	return EC_OK;
}

static enum ec read_tests(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	VEC(struct growing) v = {0};
	TRY(table_open(r->a, dir, "tests.tsv", &t, e));
	for (;;) {
		int64_t x[8];
		TRY(table_next(&t, 11, &more, e));
		if (!more)
			break;
		TRY(number(&t, 0, 9999, &x[0], e));
		TRY(number(&t, 1, 11, &x[1], e));
		for (size_t i = 3; i < 8; i++)
			TRY(number(
			        &t, i, i == 7 ? LIMIT_TEST_ITEMS : LIMIT_TEST_MAX, &x[i - 1], e));
		struct growing *g = vec_push(r->a, &v);
		size_t n = (size_t)x[6];
		if (t.col[8].n != n || t.col[9].n != n)
			return bad(&t, 8, e);
		uint8_t *max = arena_new(r->a, uint8_t, n);
		bool *open = arena_new(r->a, bool, n);
		for (size_t i = 0; i < n; i++) {
			max[i] = (uint8_t)(t.col[8].p[i] - '0');
			open[i] = t.col[9].p[i] == '1';
		}
		g->p = (struct ob_protocol){.year = (int)x[0],
		        .grade = (int)x[1],
		        .subject = subject_of(r, t.col[2]),
		        .max = (int)x[2],
		        .cut = {(int)x[3], (int)x[4], (int)x[5]},
		        .n_items = n,
		        .item_max = max,
		        .open = open};
		if (g->p.subject < 0)
			return bad(&t, 2, e);
		r->out->last_year = g->p.year > r->out->last_year ? g->p.year : r->out->last_year;
	}
	r->g = v.v;
	r->n = v.n;
	return EC_OK;
}

static enum ec read_schools(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	VEC(double) context = {0};
	TRY(table_open(r->a, dir, "schools.tsv", &t, e));
	r->n_slots = 4 * (t.rest.n / 8 + 16);
	r->slot = arena_new(r->a, int32_t, r->n_slots);
	for (;;) {
		TRY(table_next(&t, 5, &more, e));
		if (!more)
			break;
		int32_t *slot = slot_of(r, t.col[0]);
		if (*slot != 0)
			return bad(&t, 0, e);
		*vec_push(r->a, &r->school) = t.col[0];
		*slot = (int32_t)r->school.n;
		for (size_t i = 2; i < 5; i++)
			TRY(real(&t, i, vec_push(r->a, &context), e));
	}
	r->out->region.n_schools = r->school.n;
	r->out->region.context = context.v;
	r->out->region.n_context = 3;
	return EC_OK;
}

/* The protocol of columns 0–2 (year, grade, subject). Rows come in runs, so the last one is tried
 * first. */
static enum ec protocol_at(
        struct reader *r, const struct table *t, struct growing **ret, struct err *e)
{
	int64_t year;
	int64_t grade;
	TRY(number(t, 0, 9999, &year, e));
	TRY(number(t, 1, 11, &grade, e));
	for (size_t i = 0; i < r->n; i++) {
		struct growing *g = &r->g[(r->last + i) % r->n];
		if (g->p.year == year && g->p.grade == grade &&
		        str_eq(r->subject[g->p.subject], t->col[2])) {
			r->last = (size_t)(g - r->g);
			*ret = g;
			return EC_OK;
		}
	}
	return bad(t, 2, e);
}

static enum ec read_works(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	TRY(table_open(r->a, dir, "protocols.tsv", &t, e));
	for (;;) {
		struct growing *g;
		int64_t x[4];
		int32_t school = 0;
		TRY(table_next(&t, 9, &more, e));
		if (!more)
			return EC_OK;
		TRY(protocol_at(r, &t, &g, e));
		TRY(school_at(r, &t, 3, &school, e));
		TRY(number(&t, 4, OB_MAX_CLASSES - 1, &x[0], e));
		TRY(number(&t, 5, INT32_MAX, &x[1], e));
		TRY(number(&t, 6, 9, &x[2], e));
		TRY(number(&t, 7, 5, &x[3], e));
		if (t.col[8].n != g->p.n_items)
			return bad(&t, 8, e);
		*vec_push(r->a, &g->school) = school;
		*vec_push(r->a, &g->class_no) = (uint8_t)x[0];
		*vec_push(r->a, &g->pupil) = (int32_t)x[1];
		*vec_push(r->a, &g->variant) = (uint8_t)x[2];
		*vec_push(r->a, &g->journal) = (uint8_t)x[3];
		vec_room(r->a, (void **)&g->score.v, g->p.n_items, g->score.n, &g->score.cap);
		uint8_t *score = g->score.v + g->score.n++ * g->p.n_items;
		for (size_t i = 0; i < g->p.n_items; i++) {
			char c = t.col[8].p[i];
			bool digit = c >= '0' && c <= '9' && c - '0' <= g->p.item_max[i];
			if (!digit && c != 'N')
				return bad(&t, 8, e);
			score[i] = digit ? (uint8_t)(c - '0') : OB_NOT_TRIED;
		}
	}
}

static enum ec read_enrol(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	TRY(table_open(r->a, dir, "enrol.tsv", &t, e));
	for (;;) {
		struct growing *g;
		struct ob_enrol en;
		int64_t x;
		TRY(table_next(&t, 10, &more, e));
		if (!more)
			return EC_OK;
		TRY(protocol_at(r, &t, &g, e));
		TRY(school_at(r, &t, 3, &en.school, e));
		TRY(number(&t, 4, OB_MAX_CLASSES - 1, &x, e));
		en.class_no = (uint8_t)x;
		for (size_t i = 0; i < 4; i++) {
			TRY(number(&t, 6 + i, 10000, &x, e));
			en.by_mark[i] = (uint16_t)x;
		}
		*vec_push(r->a, &g->enrol) = en;
	}
}

static enum ec read_outside(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	VEC(struct ob_outside) v = {0};
	TRY(table_open(r->a, dir, "oge.tsv", &t, e));
	for (;;) {
		struct ob_outside o;
		TRY(table_next(&t, 4, &more, e));
		if (!more)
			break;
		TRY(school_at(r, &t, 0, &o.school, e));
		o.series = subject_of(r, t.col[1]);
		TRY(real(&t, 2, &o.score, e));
		*vec_push(r->a, &v) = o;
	}
	r->out->region.outside = v.v;
	r->out->region.n_outside = v.n;
	return EC_OK;
}

static enum ec read_control(struct reader *r, const char *dir, struct err *e)
{
	struct table t;
	bool more;
	bool *controlled = arena_new(r->a, bool, r->school.n);
	TRY(table_open(r->a, dir, "control.tsv", &t, e));
	for (;;) {
		int64_t year;
		int32_t school = 0;
		TRY(table_next(&t, 2, &more, e));
		if (!more)
			break;
		TRY(number(&t, 0, 9999, &year, e));
		TRY(school_at(r, &t, 1, &school, e));
		controlled[school] |= year == r->out->last_year;
	}
	r->out->region.controlled = controlled;
	return EC_OK;
}

enum ec region_files_read(struct arena *a, const char *dir, struct region_files *ret, struct err *e)
{
	*ret = (struct region_files){0};
	struct reader r = {.out = ret, .a = a};
	TRY(read_tests(&r, dir, e));
	TRY(read_schools(&r, dir, e));
	TRY(read_works(&r, dir, e));
	TRY(read_enrol(&r, dir, e));
	TRY(read_outside(&r, dir, e));
	TRY(read_control(&r, dir, e));
	struct ob_protocol *p = arena_new(a, struct ob_protocol, r.n);
	for (size_t i = 0; i < r.n; i++) {
		const struct growing *g = &r.g[i];
		p[i] = g->p;
		p[i].n = g->school.n;
		p[i].school = g->school.v;
		p[i].pupil = g->pupil.v;
		p[i].class_no = g->class_no.v;
		p[i].variant = g->variant.v;
		p[i].journal = g->journal.v;
		p[i].score = g->score.v;
		p[i].enrol = g->enrol.v;
		p[i].n_enrol = g->enrol.n;
	}
	ret->region.protocol = p;
	ret->region.n_protocols = r.n;
	ret->school = r.school.v;
	ret->subject = arena_new(a, struct str, r.n_subjects);
	memcpy(ret->subject, r.subject, r.n_subjects * sizeof(*r.subject));
	ret->n_subjects = r.n_subjects;
	return EC_OK;
}
