#include "town.h"

#include "base/limits.h"
#include "base/secret.h"
#include "core/control/assignment_list.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NOON 1700000000

const char *const person_login[PERSON_COUNT] = {
        "", "admin", "region", "operator", "munic", "school", "curator", "norole"};
const enum role person_role[PERSON_COUNT] = {ROLE_NONE, ROLE_ADMIN, ROLE_REGION, ROLE_OPERATOR,
        ROLE_MUNICIPALITY, ROLE_SCHOOL, ROLE_CURATOR, ROLE_NONE};

struct ctx town_ctx(struct town *t)
{
	struct err e;
	struct ctx c = {.a = &t->a, .clock = &t->site.clock, .actor = &actor_program};
	if (store_take(t->site.store, false, &c.db, &e) != EC_OK)
		BUG(e.msg);
	return c;
}

void town_done(struct town *t, struct ctx *c)
{
	store_give(t->site.store, c->db);
	c->db = NULL;
}

static enum ec places(struct town *t, const struct ctx *c, struct err *e)
{
	TRY(territory_create(c,
	        &(struct territory_form){STR("Заречная область"), STR("reg99"), ACTOR_ALL},
	        &t->region, e));
	TRY(territory_create(c,
	        &(struct territory_form){STR("Северный округ"), STR("m001"), t->region},
	        &t->place_a, e));
	TRY(territory_create(c,
	        &(struct territory_form){STR("Южный округ"), STR("m002"), t->region}, &t->place_b,
	        e));
	struct org_form school = {
	        .kind = STR("school"), .name = STR("Школа № 1"), .territory_id = t->place_a};
	TRY(org_create(c, &school, &t->school_a, e));
	school.name = STR("Школа № 2");
	school.territory_id = t->place_b;
	return org_create(c, &school, &t->school_b, e);
}

static enum ec people(struct town *t, const struct ctx *c, struct err *e)
{
	for (enum person p = ADMIN; p < PERSON_COUNT; p++) {
		struct user_form f = {.login = str_c(person_login[p]),
		        .full_name = str_c(person_login[p]),
		        .password = STR(PASSWORD),
		        .light = true};
		TRY(user_create(c, &f, &t->user[p], e));
		bool local = p == MUNICIPALITY_A || p == CURATOR_A;
		struct user_role_form r = {.role = role_name(person_role[p]),
		        .territory_id = local || p == SCHOOL_A ? t->place_a : ACTOR_ALL,
		        .org_id = p == SCHOOL_A ? t->school_a : ACTOR_ALL};
		int64_t id;
		if (p != WITHOUT_ROLE)
			TRY(user_role_add(c, t->user[p], &r, &id, e));
		struct session s;
		TRY(user_login(c,
		        &(struct login_form){str_c(person_login[p]), STR(PASSWORD), STR("")}, &s,
		        e));
		t->token[p] = str_dup(&t->a, s.token);
		t->csrf[p] = str_dup(&t->a, s.csrf);
	}
	return EC_OK;
}

bool town_build(struct town *t)
{
	*t = (struct town){.site.clock = {.fixed = NOON, .offset_min = 300}};
	arena_init(&t->a, 512 * MIB);
	const char *tmp = getenv("TMPDIR");
	t->folder = arena_printf(&t->a, "%s/soko-town-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	struct err e = {0};
	if (!CHECK(mkdtemp(t->folder) != NULL) || !CHECK(secret_init(&e) == EC_OK))
		return false;
	struct store_opt o = {.url = arena_printf(&t->a, "%s/town.db", t->folder),
	        .now = NOON,
	        .program = STR("test")};
	enum ec code = store_open(&t->a, &o, &t->site.store, &e);
	if (code == EC_OK) {
		struct ctx c = town_ctx(t);
		code = places(t, &c, &e);
		if (code == EC_OK)
			code = people(t, &c, &e);
		town_done(t, &c);
	}
	if (code != EC_OK)
		printf("# %s\n", e.msg);
	return CHECK(code == EC_OK);
}

static enum ec order(
        struct town *t, const struct ctx *c, int64_t place, int64_t ret[3], struct err *e)
{
	struct document_source src = {.name = STR("приказ.txt"), .territory_id = place};
	src.bytes = str_printf(&t->a,
	        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\n\nПРИКАЗ\n\n01 ноября 2023 г. № %lld\n\nО проведении "
	        "самообследования\n\nПРИКАЗЫВАЮ:\n\n1. Руководителям общеобразовательных "
	        "организаций представить отчёт о самообследовании в срок до 20 ноября 2023 "
	        "года.\n\n"
	        "Начальник                                        И.И. Образцов\n",
	        (long long)place);
	struct document_card card;
	struct confirm_result done;
	TRY(document_import(c, &src, &ret[0], e));
	TRY(document_card(c, ret[0], &card, e));
	if (card.n_points == 0)
		return err_set(e, EC_INPUT, "no points were read");
	ret[1] = card.point[0].id;
	for (size_t i = 0; i < card.n_diagnostics; i++)
		TRY(diagnostic_settle(c, card.diagnostic[i].id, SETTLE_STANDS, e));
	TRY(document_card(c, ret[0], &card, e));
	TRY(document_confirm(c, ret[0], card.version, &done, e));
	struct assignment_list list;
	TRY(assignment_list(c, &(struct assignment_filter){.document_id = ret[0]}, &list, e));
	if (list.n == 0)
		return err_set(e, EC_INPUT, "no assignment was made");
	ret[2] = list.v[0].id;
	return EC_OK;
}

bool town_orders(struct town *t)
{
	struct err e = {0};
	int64_t a[3] = {0};
	int64_t b[3] = {0};
	struct ctx c = town_ctx(t);
	enum ec code = order(t, &c, t->place_a, a, &e);
	if (code == EC_OK)
		code = order(t, &c, t->place_b, b, &e);
	town_done(t, &c);
	if (code != EC_OK)
		printf("# %s\n", e.msg);
	t->order_a = a[0];
	t->point_a = a[1];
	t->task_a = a[2];
	t->order_b = b[0];
	t->point_b = b[1];
	t->task_b = b[2];
	return CHECK(code == EC_OK);
}

void town_raze(struct town *t)
{
	store_close(t->site.store);
	DIR *d = opendir(t->folder);
	for (struct dirent *f = d != NULL ? readdir(d) : NULL; f != NULL; f = readdir(d))
		if (f->d_name[0] != '.')
			(void)unlink(arena_printf(&t->a, "%s/%s", t->folder, f->d_name));
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(t->folder);
	arena_clear(&t->a);
}

static void headers_add(struct req *r, struct str lines)
{
	struct str line;
	while (lines.n > 0 && str_next(&lines, '\n', &line)) {
		size_t colon = str_find_byte(line, ':', 0);
		field_add(r->a, &r->headers, str_sub(line, 0, colon),
		        str_trim(str_skip(line, colon + 1)));
	}
}

struct resp town_ask(struct town *t, const struct ask *q)
{
	struct req *r = arena_new(&t->a, struct req, 1);
	struct err e = {0};
	r->a = &t->a;
	r->method = q->method == METHOD_NONE ? METHOD_GET : q->method;
	CHECK_OK(target_parse(r, str_c(q->target), &e));
	headers_add(r, q->headers);
	cookies_parse(r->a, header_get(r, STR("Cookie")), &r->cookies);
	if (q->who != NOBODY)
		field_add(r->a, &r->cookies, STR("soko_session"), t->token[q->who]);
	if (r->method == METHOD_POST) {
		r->body_type = STR("application/x-www-form-urlencoded");
		r->body = str_printf(r->a, "%s%s" STR_FMT "&%s", q->no_token ? "" : "csrf",
		        q->no_token ? "" : "=", STR_ARG(q->no_token ? STR("") : t->csrf[q->who]),
		        q->body == NULL ? "" : q->body);
	}
	struct resp w = {0};
	site_handle(&t->site, r, &w);
	if (w.status == 0)
		w.status = 200;
	return w;
}

struct str resp_get(const struct resp *w, const char *header)
{
	for (size_t i = 0; i < w->headers.n; i++)
		if (str_ieq_ascii(w->headers.v[i].name, str_c(header)))
			return w->headers.v[i].value;
	return STR_NONE;
}
