#include "web/page_results.h"

#include "base/num.h"
#include "pack/json.h"
#include "web/pages/results.h"

#include <math.h>

double mark_share(const struct stat_sum *s, int mark)
{
	return s->has_scale && s->n > 0 ? (double)s->mark[mark - 2] / (double)s->n : (double)NAN;
}

double sum_mean(const struct stat_sum *s)
{
	return s->n > 0 ? (double)s->sum / (double)s->n : (double)NAN;
}

void results_filter(struct results_page *p)
{
	const struct call *c = p->head.call;
	int64_t year = call_int(c, STR("year"));
	int64_t grade = call_int(c, STR("grade"));
	struct arena *a = c->r->a;
	size_t all = p->m.n;
	p->years.v = arena_new(a, struct option, all);
	p->grades.v = arena_new(a, struct option, 12);
	p->m.n = 0;
	for (int g = 1; g <= 11; g++) {
		bool seen = false;
		for (size_t i = 0; i < all; i++)
			seen = seen || p->m.v[i].test.grade == g;
		struct str text = str_printf(a, "%d", g);
		if (seen)
			p->grades.v[p->grades.n++] = (struct option){text, text, g == grade};
	}
	int last = 0; /* tests stand by year */
	for (size_t i = 0; i < all; i++) {
		const struct test_row t = p->m.v[i].test;
		struct str text = str_printf(a, "%d", t.year);
		if (t.year != last)
			p->years.v[p->years.n++] = (struct option){text, text, t.year == year};
		last = t.year;
		bool fits = (year == 0 || t.year == year) && (grade == 0 || t.grade == grade) &&
		            (p->subject.n == 0 || str_has(t.subject, p->subject));
		if (fits)
			p->m.v[p->m.n++] = p->m.v[i];
	}
}

enum ec results_get(struct call *c, struct err *e)
{
	struct results_page p = {
	        .head = {.call = c,
	                .title = STR("Результаты"),
	                .section = SECTION_RESULTS,
	                .guide = STR("results"),
	                .as_of = call_today(c),
	                .xlsx = call_same(c, STR("/results.xlsx"))},
	        .subject = call_text(c, STR("q")),
	};
	TRY(result_summary(&c->ctx, &p.m, e));
	results_filter(&p);
	struct out o;
	out_init(&o, c->r->a);
	page_results(&o, &p);
	return call_page(c, &o, e);
}

static struct url test_url(const struct test_page *p)
{
	return url_int(p->head.call->r->a, URL("/results"), p->m.test.id);
}

static struct url with_int(struct arena *a, struct url u, struct str name, int64_t v)
{
	return url_arg(a, u, name, str_printf(a, "%lld", (long long)v));
}

struct url group_url(const struct test_page *p, size_t group)
{
	struct arena *a = p->head.call->r->a;
	const struct report_group *g = &p->m.group[group];
	struct url u = test_url(p);
	if (g->level == LEVEL_REGION) /* named, or a school would come back to itself */
		u = with_int(a, u, STR("territory"), 0);
	if (g->level == LEVEL_MUNICIPALITY)
		u = with_int(a, u, STR("territory"), g->territory_id);
	if (g->level == LEVEL_SCHOOL)
		u = with_int(a, u, STR("org"), g->org_id);
	return p->kind == REPORT_MARKS ? u : url_arg(a, u, STR("view"), report_kind_name(p->kind));
}

struct url kind_url(const struct test_page *p, enum report_kind k)
{
	return call_here(p->head.call, STR("view"), report_kind_name(k));
}

struct str cell_text(struct arena *a, const struct report_table *t, size_t row, size_t col)
{
	const struct report_cell *v = &t->cell[row * t->n_cols + col];
	const struct report_col *k = &t->col[col];
	return k->type == COL_TEXT ? v->text : num_ru(a, v->number, k->digits);
}

struct str cell_class(const struct report_table *t, size_t col)
{
	return t->col[col].type == COL_TEXT ? STR("") : STR("num");
}

static int mark_of(const struct test_row *t, int score)
{
	return 2 + (score >= t->min3) + (score >= t->min4) + (score >= t->min5);
}

static void chart_cuts(struct json *j, struct arena *a, const struct test_row *t)
{
	const int cut[] = {t->min3, t->min4, t->min5};
	json_kv_arr(j, "cuts");
	for (int i = 0; i < 3; i++) {
		json_obj(j);
		json_kv_int(j, "at", cut[i]);
		json_kv_str(j, "title", str_printf(a, "«%d»", i + 3));
		json_obj_end(j);
	}
	json_arr_end(j);
	json_kv_arr(j, "marks");
	for (int x = 0; x <= t->max_total; x++)
		json_int(j, mark_of(t, x));
	json_arr_end(j);
}

/* Data of the histogram of the chosen group; assets/chart.js draws it. */
static struct json_html chart_of(const struct test_page *p)
{
	struct arena *a = p->head.call->r->a;
	const struct test_row *t = &p->m.test;
	const struct stat_sum *s = &p->m.group[p->m.chosen].sum;
	struct buf b;
	struct json j;
	buf_init(&b, a, 1 * MIB);
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_str(&j, "xTitle", STR("первичный балл"));
	json_kv_str(&j, "yTitle", STR("участников"));
	json_kv_arr(&j, "x");
	for (int x = 0; x <= t->max_total; x++)
		json_str(&j, str_printf(a, "%d", x));
	json_arr_end(&j);
	json_kv_arr(&j, "y");
	for (int x = 0; x <= t->max_total; x++)
		json_int(&j, s->hist[x]);
	json_arr_end(&j);
	json_kv_arr(&j, "share");
	for (int x = 0; x <= t->max_total; x++)
		json_num(&j, s->n > 0 ? 100.0 * (double)s->hist[x] / (double)s->n : 0);
	json_arr_end(&j);
	if (t->min3 > 0)
		chart_cuts(&j, a, t);
	json_obj_end(&j);
	return json_html_of(a, buf_str(&b));
}

static void crumbs(struct test_page *p)
{
	struct crumb *k = p->head.crumb;
	size_t n = 0;
	k[n++] = (struct crumb){STR("Результаты"), URL("/results")};
	for (size_t i = 0; i < p->m.chosen && n + 1 < CRUMBS; i++) {
		const struct report_group *g = &p->m.group[i];
		if (g->level != LEVEL_ALL && g->level < p->m.group[p->m.chosen].level)
			k[n++] = (struct crumb){g->name, group_url(p, i)};
	}
}

static enum ec report_read(struct call *c, struct test_page *p, struct err *e)
{
	struct report_opt opt = {
	        .test_id = c->id[0],
	        .territory_id = call_int(c, STR("territory")),
	        .org_id = call_int(c, STR("org")),
	};
	/* a school opens at itself, a municipality at its schools; the levels above are a click
	 * away */
	struct scope own;
	if (call_text(c, STR("org")).n == 0 && call_text(c, STR("territory")).n == 0 &&
	        actor_scope(c->ctx.actor, CAP_RESULT_READ, &own)) {
		opt.org_id = own.org_id == ACTOR_ALL ? 0 : own.org_id;
		opt.territory_id = own.territory_id == ACTOR_ALL ? 0 : own.territory_id;
	}
	p->kind = REPORT_MARKS;
	(void)report_kind_of(call_text(c, STR("view")), &p->kind);
	TRY(report_make(&c->ctx, &opt, &p->m, e));
	report_table(c->r->a, &p->m, p->kind, &p->table);
	return EC_OK;
}

enum ec test_get(struct call *c, struct err *e)
{
	struct test_page p = {
	        .head = {.call = c,
	                .section = SECTION_RESULTS,
	                .guide = STR("results"),
	                .as_of = call_today(c),
	                .chart = true},
	};
	TRY(report_read(c, &p, e));
	p.head.xlsx =
	        call_same(c, str_printf(c->r->a, "/results/%lld.xlsx", (long long)p.m.test.id));
	p.head.title = p.m.test.title;
	p.head.note = p.m.group[p.m.chosen].name;
	p.is_vpr = str_eq(p.m.test.procedure, STR("vpr"));
	p.chart = chart_of(&p);
	crumbs(&p);
	struct out o;
	out_init(&o, c->r->a);
	page_test(&o, &p);
	return call_page(c, &o, e);
}
