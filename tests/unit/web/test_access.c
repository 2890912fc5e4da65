/* The walk: every route, as every person, at things of the own and of a foreign territory. A page
 * that is added without a right, or a use case that forgets the territory, fails here. */
#include "base/buf.h"
#include "test.h"
#include "town.h"

#include <stdio.h>

/* What ":id" means under a prefix: a thing of place A, and one of place B. */
struct thing {
	struct str prefix;
	int64_t own, foreign;
};

static struct str target_of(struct arena *a, const struct route *t, int64_t id)
{
	struct str id_text = str_printf(a, "%lld", (long long)id);
	struct str path = str_replace(a, t->pattern, STR(":id"), id_text);
	return str_replace(a, path, STR("*"), STR("overview"));
}

/* Words that use cases know, so that nothing but the right can be the reason of a refusal. */
static struct str word_for(const struct route *r, struct str field)
{
	static const struct {
		struct str field, word;
	} known[] = {
	        {STR_INIT("kind"), STR_INIT("school")},
	        {STR_INIT("type"), STR_INIT("task")},
	        {STR_INIT("step"), STR_INIT("submit")},
	        {STR_INIT("tag"), STR_INIT("bias")},
	        {STR_INIT("system"), STR_INIT("own")},
	        {STR_INIT("sort"), STR_INIT("")},
	        {STR_INIT("org"), STR_INIT("")},
	        {STR_INIT("link"), STR_INIT("https://school.example")},
	        {STR_INIT("rule"), STR_INIT("all_schools")},
	};
	if (str_eq(field, STR("kind")) && str_starts(r->pattern, STR("/documents")))
		return STR("order");
	if (str_eq(field, STR("kind")) && str_starts(r->pattern, STR("/assignments")))
		return STR("link");
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(known[i].field, field))
			return known[i].word;
	return STR("words");
}

/* Plausible values for every declared field, so that the request reaches the use case. */
static struct str body_of(struct arena *a, const struct route *r)
{
	const struct form *f = r->form;
	struct buf b;
	buf_init(&b, a, 65536);
	for (size_t i = 0; f != NULL && i < f->n; i++) {
		const struct field_spec *s = &f->field[i];
		struct str v = STR("1");
		if (s->type == FIELD_DATE)
			v = STR("2023-11-01");
		if (s->type == FIELD_CHOICE)
			v = s->choice[0];
		if (s->type == FIELD_TEXT || s->type == FIELD_LINES)
			v = word_for(r, s->name);
		buf_printf(&b, STR_FMT "=" STR_FMT "&", STR_ARG(s->name), STR_ARG(v));
	}
	return buf_str(&b);
}

static bool done(const struct resp *w)
{
	if (w->status == 303)
		return !str_starts(resp_get(w, "Location"), STR("/login"));
	return w->status == 200;
}

static struct resp go(struct town *t, const struct route *r, enum person who, int64_t id)
{
	struct str target = target_of(&t->a, r, id);
	struct str body = body_of(&t->a, r);
	return town_ask(t, &(struct ask){.who = who,
	                           .method = r->method,
	                           .target = str_z(&t->a, target),
	                           .body = str_z(&t->a, body)});
}

/* Says which hole it is. */
static void expect(bool ok, const struct route *r, enum person who, const char *what, int status)
{
	if (!ok)
		printf("# %s " STR_FMT " as %s: %s, got %d\n",
		        r->method == METHOD_POST ? "POST" : "GET", STR_ARG(r->pattern),
		        who == NOBODY ? "nobody" : person_login[who], what, status);
	CHECK(ok);
}

static bool changes_itself(const struct route *r)
{
	/* A person may always log out; the walk goes on with the session. */
	return str_eq(r->pattern, STR("/logout")) || str_eq(r->pattern, STR("/password")) ||
	       str_eq(r->pattern, STR("/login"));
}

static void walk_rights(struct town *t, const struct route *r, enum person who)
{
	struct resp w = go(t, r, who, 999999);
	bool public = r->cap == CAP_PUBLIC;
	bool may = public || (who != NOBODY && r->cap == CAP_SELF) ||
	           role_has(person_role[who], r->cap);
	if (who == NOBODY && !public) {
		bool asked =
		        (w.status == 303 && str_starts(resp_get(&w, "Location"), STR("/login"))) ||
		        w.status == 401;
		expect(asked, r, who, "must be asked to log in", w.status);
	} else if (!may) {
		expect(w.status == 403, r, who, "has no right: 403", w.status);
	} else {
		expect(w.status < 500, r, who, "must not break", w.status);
	}
}

static void walk_things(struct town *t, const struct route *r, const struct thing *th)
{
	static const enum person local[] = {MUNICIPALITY_A, SCHOOL_A, CURATOR_A};
	if (!str_starts(r->pattern, th->prefix) || !str_has(r->pattern, STR(":id")))
		return;
	for (size_t i = 0; i < ARRAY_LEN(local); i++) {
		if (!role_has(person_role[local[i]], r->cap))
			continue;
		struct resp w = go(t, r, local[i], th->foreign);
		bool refused = w.status == 403 || w.status == 404;
		expect(refused, r, local[i], "a foreign thing: 403 or 404", w.status);
		if (r->method != METHOD_GET || str_ends(r->pattern, STR("file")))
			continue;
		w = go(t, r, local[i], th->own);
		expect(done(&w), r, local[i], "must reach an own thing", w.status);
	}
}

TEST(nobody_gets_past_the_rights_of_a_route)
{
	struct town t;
	REQUIRE(town_build(&t));
	for (size_t i = 0; i < site_routes_n; i++)
		for (enum person who = NOBODY; who < PERSON_COUNT; who++)
			if (!changes_itself(&site_routes[i]))
				walk_rights(&t, &site_routes[i], who);
	town_raze(&t);
}

TEST(nobody_reaches_things_of_a_foreign_territory)
{
	struct town t;
	REQUIRE(town_build(&t));
	REQUIRE(town_orders(&t));
	const struct thing things[] = {
	        {STR("/orgs/"), t.school_a, t.school_b},
	        {STR("/documents/"), t.order_a, t.order_b},
	        {STR("/assignments/"), t.task_a, t.task_b},
	        {STR("/api/v1/documents/"), t.order_a, t.order_b},
	        {STR("/api/v1/assignments/"), t.task_a, t.task_b},
	};
	for (size_t i = 0; i < site_routes_n; i++)
		for (size_t k = 0; k < ARRAY_LEN(things); k++)
			walk_things(&t, &site_routes[i], &things[k]);
	town_raze(&t);
}

TEST(a_school_sees_only_itself_in_the_list_of_organisations)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct resp w = town_ask(&t, &(struct ask){.who = SCHOOL_A, .target = "/orgs"});
	CHECK_INT(w.status, 200);
	CHECK(str_has(w.body, STR("Школа № 1")));
	CHECK(!str_has(w.body, STR("Школа № 2")));
	w = town_ask(&t, &(struct ask){.who = REGION, .target = "/orgs"});
	CHECK(str_has(w.body, STR("Школа № 1")) && str_has(w.body, STR("Школа № 2")));
	town_raze(&t);
}

TEST(a_school_sees_only_its_own_assignments)
{
	static const char *const pages[] = {
	        "/assignments", "/api/v1/assignments", "/documents", "/"};
	struct town t;
	REQUIRE(town_build(&t) && town_orders(&t));
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct resp w = town_ask(&t, &(struct ask){.who = SCHOOL_A, .target = pages[i]});
		CHECK_INT(w.status, 200);
		CHECK(!str_has(w.body, STR("Школа № 2")));
	}
	struct resp w = town_ask(&t, &(struct ask){.who = SCHOOL_A, .target = "/assignments"});
	CHECK(str_has(w.body, STR("отчёт о самообследовании")));
	CHECK(str_has(w.body, STR("Строки 1–1 из 1")));
	town_raze(&t);
}

TEST(an_executor_reports_and_only_the_controller_accepts)
{
	struct town t;
	REQUIRE(town_build(&t) && town_orders(&t));
	struct ask step = {.who = SCHOOL_A, .method = METHOD_POST};
	step.target = arena_printf(&t.a, "/assignments/%lld/step", (long long)t.task_a);
	step.body = "version=1&step=accept";
	int refused = town_ask(&t, &step).status;
	CHECK(refused == 403 || refused == 409);
	step.body = "version=1&step=submit&note=%D0%B5%D1%81%D1%82%D1%8C";
	step.who = CURATOR_A; /* may read it, not work on it */
	CHECK_INT(town_ask(&t, &step).status, 403);
	step.who = SCHOOL_A;
	CHECK_INT(town_ask(&t, &step).status, 303);
	CHECK_INT(town_ask(&t, &step).status, 409); /* the version is old now */
	step.who = MUNICIPALITY_A;
	step.body = "version=2&step=accept";
	CHECK_INT(town_ask(&t, &step).status, 303);
	town_raze(&t);
}

TEST(every_route_names_its_right_and_its_handler)
{
	for (size_t i = 0; i < site_routes_n; i++) {
		const struct route *r = &site_routes[i];
		CHECK(r->cap > CAP_NONE && r->cap < CAP_COUNT);
		CHECK(r->fn != NULL && str_starts(r->pattern, STR("/")));
		CHECK(r->method == METHOD_GET || r->method == METHOD_POST);
		CHECK(r->method == METHOD_POST || r->title.n > 0);
		/* Only the login page, and the link of a letter, which is a key itself, may do
		 * without the token of a session. */
		CHECK(!r->no_token || str_eq(r->pattern, STR("/login")) ||
		        str_eq(r->pattern, STR("/notices/off/*")));
		CHECK(r->method == METHOD_GET || r->cap != CAP_PUBLIC || r->no_token);
		for (size_t k = 0; k < i; k++)
			CHECK(site_routes[k].method != r->method ||
			        !str_eq(site_routes[k].pattern, r->pattern));
	}
}

TEST(patterns_match_whole_paths_only)
{
	const struct route r = {.pattern = STR_INIT("/orgs/:id/tags/:id/end")};
	int64_t id[CALL_IDS] = {0};
	struct str rest;
	CHECK(route_match(&r, STR("/orgs/12/tags/3/end"), id, &rest));
	CHECK_INT(id[0], 12);
	CHECK_INT(id[1], 3);
	CHECK(!route_match(&r, STR("/orgs/12/tags/3/ends"), id, &rest));
	CHECK(!route_match(&r, STR("/orgs/0/tags/3/end"), id, &rest));
	CHECK(!route_match(&r, STR("/orgs/-1/tags/3/end"), id, &rest));
	CHECK(!route_match(&r, STR("/orgs/99999999999999999999/tags/3/end"), id, &rest));
	const struct route h = {.pattern = STR_INIT("/help/*")};
	CHECK(route_match(&h, STR("/help/loads"), id, &rest));
	CHECK_STR(rest, STR("loads"));
	CHECK(!route_match(&h, STR("/help/"), id, &rest));
}
