/* Sessions, tokens, limits and headers as a browser meets them. */
#include "base/limits.h"
#include "test.h"
#include "town.h"

TEST(a_change_without_the_token_of_the_session_is_refused)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct ask q = {.who = ADMIN,
	        .method = METHOD_POST,
	        .target = "/users",
	        .body = "login=newman&full_name=New+Man&password=Long-enough-1"};
	q.no_token = true;
	CHECK_INT(town_ask(&t, &q).status, 403);
	struct str own = t.csrf[ADMIN];
	q.no_token = false;
	t.csrf[ADMIN] = t.csrf[REGION]; /* of another session */
	CHECK_INT(town_ask(&t, &q).status, 403);
	t.csrf[ADMIN] = own;
	q.headers = STR("Host: soko.example\nOrigin: https://evil.example");
	CHECK_INT(town_ask(&t, &q).status, 403);
	q.headers = STR("Sec-Fetch-Site: cross-site");
	CHECK_INT(town_ask(&t, &q).status, 403);
	q.headers = STR("Host: soko.example\nOrigin: https://soko.example");
	CHECK_INT(town_ask(&t, &q).status, 303);
	town_raze(&t);
}

TEST(the_token_may_come_in_a_header)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct ask q = {.who = ADMIN,
	        .method = METHOD_POST,
	        .target = "/theme",
	        .body = "theme=dark&back=/me",
	        .no_token = true};
	q.headers = str_printf(&t.a, "X-CSRF-Token: " STR_FMT, STR_ARG(t.csrf[ADMIN]));
	struct resp w = town_ask(&t, &q);
	CHECK_INT(w.status, 303);
	CHECK_STR(resp_get(&w, "Location"), STR("/me"));
	town_raze(&t);
}

TEST(a_redirect_never_leaves_the_site)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct ask q = {.who = ADMIN,
	        .method = METHOD_POST,
	        .target = "/theme",
	        .body = "theme=dark&back=%2F%2Fevil.example%2F"};
	struct resp w = town_ask(&t, &q);
	CHECK(!str_has(resp_get(&w, "Location"), STR("evil")));
	town_raze(&t);
}

static struct resp log_in(struct town *t, const char *login, const char *password)
{
	struct str ticket = STR("0123456789abcdef0123456789abcdef");
	return town_ask(t,
	        &(struct ask){.method = METHOD_POST,
	                .target = "/login",
	                .no_token = true,
	                .headers =
	                        str_printf(&t->a, "Cookie: soko_ticket=" STR_FMT, STR_ARG(ticket)),
	                .body = arena_printf(&t->a, "ticket=" STR_FMT "&login=%s&password=%s",
	                        STR_ARG(ticket), login, password)});
}

TEST(login_gives_a_cookie_that_scripts_and_foreign_sites_do_not_get)
{
	struct town t;
	REQUIRE(town_build(&t));
	t.site.https = true;
	struct resp w = log_in(&t, "region", PASSWORD);
	CHECK_INT(w.status, 303);
	CHECK_STR(resp_get(&w, "Location"), STR("/"));
	struct str cookie = resp_get(&w, "Set-Cookie");
	CHECK(str_starts(cookie, STR("soko_session=")));
	CHECK(str_has(cookie, STR("HttpOnly")) && str_has(cookie, STR("SameSite=Lax")) &&
	        str_has(cookie, STR("Secure")));
	CHECK(resp_get(&w, "Strict-Transport-Security").n > 0);
	town_raze(&t);
}

TEST(a_login_form_of_another_browser_is_not_taken)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct resp w = town_ask(&t, &(struct ask){.method = METHOD_POST,
	                                     .target = "/login",
	                                     .no_token = true,
	                                     .body = "ticket=0123456789abcdef0123456789abcdef&"
	                                             "login=region&password=" PASSWORD});
	CHECK_INT(w.status, 403);
	CHECK(resp_get(&w, "Location").n == 0);
	town_raze(&t);
}

TEST(wrong_password_and_unknown_login_read_the_same_and_tries_are_limited)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct resp wrong = log_in(&t, "region", "no-no-no-no");
	struct resp unknown = log_in(&t, "stranger", "no-no-no-no");
	CHECK_INT(wrong.status, 403);
	CHECK_INT(unknown.status, 403);
	CHECK(str_has(wrong.body, STR("неверный логин или пароль")));
	CHECK(str_has(unknown.body, STR("неверный логин или пароль")));
	int status = 0;
	for (int i = 0; i < LIMIT_LOGIN_TRIES; i++)
		status = log_in(&t, "region", "no-no-no-no").status;
	CHECK_INT(status, 429);
	CHECK_INT(log_in(&t, "region", PASSWORD).status, 429);
	t.site.clock.fixed += LIMIT_LOGIN_WINDOW + 1;
	CHECK_INT(log_in(&t, "region", PASSWORD).status, 303);
	town_raze(&t);
}

TEST(a_session_ends_by_logout_and_by_time)
{
	struct town t;
	REQUIRE(town_build(&t));
	CHECK_INT(town_ask(&t, &(struct ask){.who = REGION, .target = "/me"}).status, 200);
	CHECK_INT(town_ask(&t,
	                  &(struct ask){.who = REGION, .method = METHOD_POST, .target = "/logout"})
	                  .status,
	        303);
	CHECK_INT(town_ask(&t, &(struct ask){.who = REGION, .target = "/me"}).status, 303);
	CHECK_INT(town_ask(&t, &(struct ask){.who = ADMIN, .target = "/me"}).status, 200);
	t.site.clock.fixed += LIMIT_SESSION_SECONDS + 1;
	CHECK_INT(town_ask(&t, &(struct ask){.who = ADMIN, .target = "/me"}).status, 303);
	town_raze(&t);
}

TEST(work_keeps_a_session_alive)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct ask work = {.who = ADMIN,
	        .method = METHOD_POST,
	        .target = "/theme",
	        .body = "theme=dark&back=/"};
	t.site.clock.fixed += LIMIT_SESSION_SECONDS - 60;
	CHECK_INT(town_ask(&t, &work).status, 303);
	t.site.clock.fixed += LIMIT_SESSION_SECONDS - 60;
	CHECK_INT(town_ask(&t, &(struct ask){.who = ADMIN, .target = "/me"}).status, 200);
	town_raze(&t);
}

TEST(a_given_password_must_be_changed_first)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct ask q = {.who = ADMIN,
	        .method = METHOD_POST,
	        .target = "/users",
	        .body = "login=newman&full_name=New+Man&password=Long-enough-1"};
	CHECK_INT(town_ask(&t, &q).status, 303);
	struct resp w = log_in(&t, "newman", "Long-enough-1");
	REQUIRE(w.status == 303);
	struct str cookie = resp_get(&w, "Set-Cookie");
	t.token[REGION] = str_sub(cookie, 13, str_find_byte(cookie, ';', 0));
	w = town_ask(&t, &(struct ask){.who = REGION, .target = "/help"});
	CHECK_STR(resp_get(&w, "Location"), STR("/password"));
	CHECK_INT(town_ask(&t, &(struct ask){.who = REGION, .target = "/password"}).status, 200);
	town_raze(&t);
}

TEST(every_answer_carries_the_security_headers)
{
	static const char *const targets[] = {"/login", "/me", "/nothing", "/assets/soko.css"};
	struct town t;
	REQUIRE(town_build(&t));
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		struct resp w = town_ask(&t, &(struct ask){.who = REGION, .target = targets[i]});
		struct str csp = resp_get(&w, "Content-Security-Policy");
		CHECK(str_has(csp, STR("default-src 'self'")) && !str_has(csp, STR("unsafe")));
		CHECK(str_has(csp, STR("frame-ancestors 'none'")));
		CHECK_STR(resp_get(&w, "X-Content-Type-Options"), STR("nosniff"));
		CHECK(resp_get(&w, "Referrer-Policy").n > 0);
		bool asset = i == 3;
		CHECK(asset || str_eq(resp_get(&w, "Cache-Control"), STR("no-store")));
	}
	town_raze(&t);
}

TEST(static_files_are_kept_by_browsers_and_sent_once)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct resp w = town_ask(&t, &(struct ask){.target = "/assets/soko.css"});
	CHECK_INT(w.status, 200);
	struct str etag = resp_get(&w, "ETag");
	REQUIRE(etag.n > 2);
	struct ask again = {.target = "/assets/soko.css",
	        .headers = str_printf(&t.a, "If-None-Match: " STR_FMT, STR_ARG(etag))};
	w = town_ask(&t, &again);
	CHECK_INT(w.status, 304);
	CHECK_INT(w.body.n, 0);
	struct ask versioned = {.target = arena_printf(&t.a, "/assets/soko.css?v=" STR_FMT,
	                                STR_ARG(str_sub(etag, 1, etag.n - 1))),
	        .headers = STR("Accept-Encoding: br, gzip")};
	w = town_ask(&t, &versioned);
	CHECK(str_has(resp_get(&w, "Cache-Control"), STR("immutable")));
	CHECK_STR(resp_get(&w, "Content-Encoding"), STR("gzip"));
	CHECK_INT(town_ask(&t, &(struct ask){.target = "/assets/../site.c"}).status, 404);
	town_raze(&t);
}

TEST(a_bad_field_is_named_in_russian)
{
	struct town t;
	REQUIRE(town_build(&t));
	struct resp w = town_ask(&t, &(struct ask){.who = REGION, .target = "/orgs?territory=abc"});
	CHECK_INT(w.status, 400);
	CHECK(str_has(w.body, STR("поле «Территория»: нужно целое число")));
	town_raze(&t);
}
