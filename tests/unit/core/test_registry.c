/* Territories, organisations, people: rights, names, logins. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/history.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "dbfix.h"
#include "test.h"

static const struct clock at_noon = {.fixed = 1700000000, .offset_min = 300};

static struct ctx program(struct db *db, struct arena *a)
{
	return (struct ctx){.a = a, .db = db, .clock = &at_noon, .actor = &actor_program};
}

static int64_t territory(const struct ctx *c, const char *name, int64_t parent)
{
	struct err e = {0};
	int64_t id = 0;
	CHECK_OK(territory_create(
	        c, &(struct territory_form){str_c(name), STR(""), parent}, &id, &e));
	return id;
}

static int64_t school(const struct ctx *c, int64_t territory_id, const char *name)
{
	struct err e = {0};
	int64_t id = 0;
	CHECK_OK(org_create(c,
	        &(struct org_form){
	                .territory_id = territory_id, .kind = STR("school"), .name = str_c(name)},
	        &id, &e));
	return id;
}

static void orgs(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct ctx c = program(db, &a);
	int64_t region = territory(&c, "Заречная область", ACTOR_ALL);
	int64_t north = territory(&c, "Северный округ", region);
	int64_t south = territory(&c, "Южный округ", region);
	int64_t again = 0;
	CHECK_INT(territory_create(&c,
	                  &(struct territory_form){STR("северный ОКРУГ"), STR(""), region}, &again,
	                  &e),
	        EC_CONFLICT);
	CHECK_INT(again, north);
	int64_t s10 = school(&c, north, "Школа № 10");
	int64_t s2 = school(&c, north, "Школа № 2");
	int64_t s3 = school(&c, south, "Школа № 3");
	struct org_list l;
	CHECK_OK(org_list(&c, &(struct org_filter){.territory_id = north}, &l, &e));
	CHECK_INT(l.total, 2);
	REQUIRE(l.n == 2);
	CHECK_INT(l.v[0].id, s2); /* numbers are sorted by their value */
	CHECK_OK(org_list(&c, &(struct org_filter){.search = STR("школы 3")}, &l, &e));
	CHECK_INT(l.total, 1);
	CHECK_OK(org_ident_add(&c, s10, STR("fis_oko"), STR("sch990010"), &e));
	CHECK_INT(org_ident_add(&c, s2, STR("fis_oko"), STR("EDU990010"), &e), EC_CONFLICT);
	CHECK_OK(org_tag_add(&c, s10,
	        &(struct org_tag_form){.tag = STR("bias"), .source = STR("список 2023 года")}, &e));
	CHECK_OK(org_list(&c, &(struct org_filter){.tag = STR("bias")}, &l, &e));
	CHECK_INT(l.total, 1);
	/* a school sees itself only and changes nothing */
	struct actor_role role = {ROLE_SCHOOL, south, s3};
	struct actor head = {.user_id = 1, .role = &role, .n_roles = 1};
	struct ctx as_school = c;
	as_school.actor = &head;
	CHECK_OK(org_list(&as_school, &(struct org_filter){0}, &l, &e));
	CHECK_INT(l.total, 1);
	struct org_card card;
	CHECK_INT(org_get(&as_school, s2, &card, &e), EC_DENIED);
	CHECK_OK(org_get(&as_school, s3, &card, &e));
	CHECK(!card.may_edit);
	CHECK_INT(org_alias_add(&as_school, s3, STR("Тройка"), &e), EC_DENIED);
	CHECK_OK(org_get(&c, s10, &card, &e));
	CHECK_STR(card.org.ident, STR("990010"));
	REQUIRE(card.n_tags == 1);
	CHECK(card.tag[0].active);
	struct history_check h;
	CHECK_OK(history_verify(&c, NULL, &h, &e));
	CHECK(h.whole);
	CHECK_INT(h.mark.n, 8);
}

TEST(an_organisation_is_seen_and_changed_by_those_who_may)
{
	dbfix_each(orgs);
}

static void people(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	CHECK_OK(secret_init(&e));
	struct ctx c = program(db, &a);
	int64_t region = territory(&c, "Заречная область", ACTOR_ALL);
	struct user_form f = {.login = STR("Clerk"),
	        .full_name = STR("Иванова Анна"),
	        .password = STR("верный пароль"),
	        .light = true};
	int64_t id = 0;
	int64_t role = 0;
	CHECK_OK(user_create(&c, &f, &id, &e));
	CHECK_INT(user_create(&c, &f, &role, &e), EC_CONFLICT);
	CHECK_OK(user_role_add(&c, id,
	        &(struct user_role_form){
	                .role = STR("region"), .territory_id = region, .org_id = ACTOR_ALL},
	        &role, &e));
	struct session s;
	struct login_form login = {STR("clerk"), STR("не тот"), STR("10.0.0.1")};
	CHECK_INT(user_login(&c, &login, &s, &e), EC_DENIED);
	login.password = STR("верный пароль");
	CHECK_OK(user_login(&c, &login, &s, &e));
	CHECK_INT(s.actor.n_roles, 1);
	struct session found;
	CHECK_OK(session_find(&c, s.token, &found, &e));
	CHECK_STR(found.csrf, s.csrf);
	CHECK(actor_may(&found.actor, CAP_DOCUMENT_WRITE, region, ACTOR_ALL));
	/* an own password: sessions end */
	struct ctx self = c;
	self.actor = &found.actor;
	CHECK_INT(user_change_own_password(&self, STR("чужой"), STR("новый пароль"), &e), EC_INPUT);
	CHECK_INT(user_set_password(&self, id, STR("новый пароль"), &e), EC_DENIED);
	CHECK_OK(user_change_own_password(&self, STR("верный пароль"), STR("новый пароль"), &e));
	CHECK_INT(session_find(&c, s.token, &found, &e), EC_NOTFOUND);
	login.password = STR("новый пароль");
	CHECK_OK(user_login(&c, &login, &s, &e));
	CHECK_OK(user_set_active(&c, id, false, &e));
	CHECK_INT(session_find(&c, s.token, &found, &e), EC_NOTFOUND);
	CHECK_INT(user_login(&c, &login, &s, &e), EC_DENIED);
}

TEST(a_person_logs_in_changes_the_password_and_is_shut_out)
{
	dbfix_each(people);
}

static void guesses(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	CHECK_OK(secret_init(&e));
	struct ctx c = program(db, &a);
	struct user_form f = {.login = STR("target"),
	        .full_name = STR("Мишень"),
	        .password = STR("верный пароль"),
	        .light = true};
	int64_t id = 0;
	CHECK_OK(user_create(&c, &f, &id, &e));
	struct session s;
	struct login_form login = {STR("target"), STR("мимо"), STR("10.0.0.1")};
	for (int i = 0; i < LIMIT_LOGIN_TRIES; i++)
		CHECK_INT(user_login(&c, &login, &s, &e), EC_DENIED);
	login.password = STR("верный пароль");
	CHECK_INT(user_login(&c, &login, &s, &e), EC_LIMIT);
	struct clock later = {.fixed = at_noon.fixed + LIMIT_LOGIN_WINDOW + 1};
	c.clock = &later;
	CHECK_OK(user_login(&c, &login, &s, &e));
}

TEST(guessing_a_password_is_stopped_for_a_while)
{
	dbfix_each(guesses);
}
