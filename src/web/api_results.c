#include "web/api.h"
#include "web/page_results.h"

static void sums(struct json *j, const struct stat_sum *s)
{
	json_kv_int(j, "works", s->n);
	json_kv_num(j, "mean", sum_mean(s));
	if (!s->has_scale)
		return;
	json_kv_obj(j, "marks");
	static const char *const names[] = {"2", "3", "4", "5"};
	for (int m = 0; m < 4; m++)
		json_kv_int(j, names[m], s->mark[m]);
	json_obj_end(j);
}

static void test(struct json *j, const struct test_row *t)
{
	json_kv_int(j, "id", t->id);
	json_kv_str(j, "procedure", t->procedure);
	json_kv_int(j, "year", t->year);
	json_kv_int(j, "grade", t->grade);
	json_kv_str(j, "subject", t->subject);
	json_kv_int(j, "max", t->max_total);
}

enum ec api_results(struct call *c, struct err *e)
{
	struct results_page m = {.head = {.call = c}, .subject = call_text(c, STR("q"))};
	struct api p;
	TRY(result_summary(&c->ctx, &m.m, e));
	results_filter(&m);
	api_begin(&p, c, call_today(c));
	json_kv_str(&p.j, "notice", report_notice);
	api_rows(&p, (int64_t)m.m.n, 0);
	for (size_t i = 0; i < m.m.n; i++) {
		json_obj(&p.j);
		test(&p.j, &m.m.v[i].test);
		json_kv_int(&p.j, "schools", m.m.v[i].n_schools);
		sums(&p.j, &m.m.v[i].sum);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

enum ec api_result(struct call *c, struct err *e)
{
	static const char *const levels[] = {"all", "region", "municipality", "school"};
	struct report_opt opt = {
	        .test_id = c->id[0],
	        .territory_id = call_int(c, STR("territory")),
	        .org_id = call_int(c, STR("org")),
	};
	struct report m;
	struct api p;
	TRY(report_make(&c->ctx, &opt, &m, e));
	api_begin(&p, c, call_today(c));
	json_kv_str(&p.j, "notice", report_notice);
	test(&p.j, &m.test);
	json_kv_arr(&p.j, "groups");
	for (size_t i = 0; i < m.n_groups; i++) {
		const struct report_group *g = &m.group[i];
		json_obj(&p.j);
		json_kv_str(&p.j, "level", str_c(levels[g->level]));
		json_kv_str(&p.j, "name", g->name);
		json_kv_str(&p.j, "code", g->code);
		json_kv_int(&p.j, "schools", g->n_schools);
		sums(&p.j, &g->sum);
		json_kv_arr(&p.j, "scores");
		for (int x = 0; x <= m.test.max_total; x++)
			json_int(&p.j, g->sum.hist[x]);
		json_arr_end(&p.j);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}
