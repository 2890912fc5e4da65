/* Letters and calendars: who gets one and when, what it says, the link that ends it, the key of a
 * calendar. Sending itself is tested through a real server: tests/mail. */
#include "base/limits.h"
#include "core/calendar/reference.h"
#include "core/history.h"
#include "core/order/document_confirm.h"
#include "core/order/document_import.h"
#include "core/registry/user.h"
#include "core/remind/digest.h"
#include "core/remind/feed.h"
#include "core/remind/remind.h"
#include "core/remind/unsubscribe.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

#include <stdio.h>

/* Written for this test; no real body or person. */
static const char order[] = "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\n"
                            "ПРИКАЗ\n\n"
                            "10 февраля 2022 г.\n\n"
                            "№ 20/01\n\n"
                            "г. Заречный\n\n"
                            "О самоанализе\n\n"
                            "В целях порядка п р и к а з ы в а ю:\n\n"
                            "1. Руководителям общеобразовательных организаций:\n\n"
                            "1.1. Провести самоанализ & обсудить.\n\n"
                            "Срок: до 01.03.2022\n\n"
                            "1.2. Представлять сведения о занятиях.\n\n"
                            "Срок: еженедельно по пятницам\n\n"
                            "Директор департамента А. Б. Заречный\n";

struct town {
	struct place p;
	struct clock later;
	int64_t document;
};

static void go_to(struct town *t, int month, int day, int hour)
{
	t->later = place_winter;
	t->later.fixed =
	        (int64_t)date_days(date_make(2022, month, day)) * 86400 + (hour - 5) * 3600;
	t->p.c.clock = t->p.as_clerk.clock = t->p.as_school.clock = t->p.as_north.clock = &t->later;
}

static void found_town(struct town *t, struct db *db, struct arena *a)
{
	struct err e = {0};
	settle_in(&t->p, db, a);
	CHECK_OK(calendar_ensure(&t->p.c, &e));
	CHECK_OK(user_edit(&t->p.c, t->p.head.user_id,
	        &(struct user_form){.full_name = STR("Школа"), .email = STR("head@soko.example")},
	        &e));
	struct document_source src = {.bytes = str_c(order), .name = STR("order.txt")};
	struct confirm_result r = {0};
	CHECK_OK(document_import(&t->p.as_clerk, &src, &t->document, &e));
	struct document_card k = card_of(&t->p.as_clerk, t->document);
	enum ec ec = document_confirm(&t->p.as_clerk, t->document, k.version, &r, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
}

static void letters_on(struct town *t)
{
	struct err e = {0};
	struct mail_setting s = {.on = true,
	        .server = {.host = STR("127.0.0.1"), .port = 9}, /* nobody listens there */
	        .from = STR("soko@soko.example"),
	        .site = STR("https://soko.example/")};
	CHECK_INT(mail_setting_put(&t->p.as_clerk, &s, STR("тайна"), &e), EC_DENIED);
	enum ec ec = mail_setting_put(&t->p.c, &s, STR("тайна"), &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
}

static int64_t made(struct town *t)
{
	struct err e = {0};
	int64_t n = -1;
	enum ec ec = digest_prepare(&t->p.c, false, &n, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	return n;
}

static void told(struct town *t, int month, int day, int hour)
{
	struct err e = {0};
	struct remind_counts n = {0};
	go_to(t, month, day, hour);
	CHECK_OK(remind_run(&t->p.c, date_make(2022, month, day), &n, &e));
}

static void one_a_day(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct digest_list l;
	struct digest_text text;
	found_town(&t, db, &a);
	told(&t, 2, 22, 7);
	CHECK_INT(made(&t), 0); /* letters are off */
	letters_on(&t);
	CHECK_INT(made(&t), 0); /* seven o'clock: the letter comes after eight */
	go_to(&t, 2, 22, 8);
	CHECK_INT(made(&t), 1); /* of three schools one has a person, who has an address */
	CHECK_INT(made(&t), 0);
	go_to(&t, 2, 23, 10); /* a holiday */
	told(&t, 2, 25, 21);
	CHECK_INT(made(&t), 0); /* quiet hours */
	go_to(&t, 2, 25, 19);
	CHECK_INT(made(&t), 1);
	CHECK_OK(digest_list(&t.p.c, 10, &l, &e));
	REQUIRE(l.n == 2);
	CHECK_INT(l.n_waiting, 2);
	CHECK_INT(digest_list(&t.p.as_clerk, 10, &l, &e), EC_DENIED);
	CHECK_OK(digest_text(&t.p.c,
	        &(struct digest_head){
	                t.p.head.user_id, date_make(2022, 2, 22), STR("https://soko.example")},
	        l.v[1].id, &text, &e));
	CHECK(str_starts(text.subject, STR("СОКО, 22.02.2022: просрочено 2, скоро 2")));
	CHECK(str_has(text.text, STR("самоанализ & обсудить")));
	CHECK(str_has(text.html, STR("самоанализ &amp; обсудить")));
	CHECK(str_has(text.text, STR("https://soko.example/assignments/")));
	CHECK(str_has(text.text, STR("за 7 дн. до срока")));
	CHECK(str_has(text.unsubscribe, STR("https://soko.example/notices/off/")));
}
TEST(a_letter_is_made_once_a_day_after_its_hour_and_says_why)
{
	dbfix_each(one_a_day);
}

static void not_sent(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct digest_list l;
	struct digest_sent s;
	found_town(&t, db, &a);
	letters_on(&t);
	told(&t, 2, 22, 9);
	CHECK_INT(made(&t), 1);
	static const int waits[] = {1, 5, 15, 60, 180, 360, 720};
	for (size_t i = 0; i < ARRAY_LEN(waits); i++) {
		CHECK_OK(digest_send(&t.p.c, 10, &s, &e));
		CHECK_INT(s.again, 1);
		CHECK_OK(digest_send(&t.p.c, 10, &s, &e));
		CHECK_INT(s.again + s.failed + s.sent, 0); /* not before its time */
		t.later.fixed += waits[i] * 60;
	}
	CHECK_OK(digest_send(&t.p.c, 10, &s, &e));
	CHECK_INT(s.failed, 1);
	CHECK_OK(digest_list(&t.p.c, 10, &l, &e));
	REQUIRE(l.n == 1);
	CHECK_STR(l.v[0].state, STR("failed"));
	CHECK(str_has(l.v[0].error, STR("почтовый сервер: не отвечает")));
	CHECK_INT(digest_again(&t.p.as_clerk, l.v[0].id, &e), EC_DENIED);
	CHECK_OK(digest_again(&t.p.c, l.v[0].id, &e));
	CHECK_INT(digest_again(&t.p.c, l.v[0].id, &e), EC_NOTFOUND);
	CHECK_OK(digest_send(&t.p.c, 10, &s, &e));
	CHECK_INT(s.again, 1);
}
TEST(a_letter_is_tried_eight_times_ever_later_and_then_shown_as_failed)
{
	dbfix_each(not_sent);
}

static void ended(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct str token, other;
	struct events log;
	int64_t who;
	found_town(&t, db, &a);
	letters_on(&t);
	told(&t, 2, 22, 9);
	CHECK_INT(made(&t), 1);
	CHECK_OK(unsubscribe_token(&t.p.c, t.p.head.user_id, &token, &e));
	CHECK_OK(unsubscribe_token(&t.p.c, t.p.clerk.user_id, &other, &e));
	CHECK(!str_eq(token, other));
	CHECK_OK(unsubscribe_check(&t.p.c, token, &who, &e));
	CHECK_INT(who, t.p.head.user_id);
	struct str wrong = str_printf(&a, "%lld" STR_FMT, (long long)t.p.clerk.user_id,
	        STR_ARG(str_skip(token, str_find_byte(token, '-', 0))));
	CHECK_INT(unsubscribe(&t.p.c, wrong, &e), EC_NOTFOUND);
	CHECK_OK(unsubscribe(&t.p.c, token, &e));
	told(&t, 2, 25, 9);
	CHECK_INT(made(&t), 0);
	/* the password is in no event */
	CHECK_OK(history_of(&t.p.c, STR("mail_setting"), 0, 10, &log, &e));
	CHECK(log.n > 0);
	for (size_t i = 0; i < log.n; i++)
		CHECK(!str_has(log.v[i].after, STR("тайна")));
}
TEST(the_link_of_a_letter_ends_the_letters_of_its_person_only)
{
	dbfix_each(ended);
}

static void calendar_key(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct str token, org;
	struct feed_file f, g;
	struct feed_list l;
	found_town(&t, db, &a);
	CHECK_OK(feed_create(&t.p.as_school, 0, &token, &e));
	CHECK_INT(feed_create(&t.p.as_school, t.p.school[2], &org, &e), EC_DENIED);
	CHECK_OK(feed_read(&t.p.c, token, &f, &e));
	CHECK(str_has(f.ics, STR("BEGIN:VTODO\r\nUID:assignment-")));
	CHECK(str_has(f.ics, STR("DUE;VALUE=DATE:20220301\r\n")));
	CHECK(str_has(f.ics, STR("RRULE:FREQ=WEEKLY;BYDAY=FR\r\n")));
	CHECK(str_has(f.ics, STR("BEGIN:VTIMEZONE\r\nTZID:UTC+0500\r\n")));
	CHECK_OK(feed_read(&t.p.c, token, &g, &e));
	CHECK_STR(g.etag, f.etag);
	CHECK_INT(f.changed_at, place_winter.fixed);
	CHECK_OK(feed_create(&t.p.as_north, t.p.school[0], &org, &e));
	CHECK_OK(feed_read(&t.p.c, org, &g, &e));
	CHECK(str_has(g.ics, STR("BEGIN:VTODO")));
	CHECK_OK(feed_list(&t.p.as_school, &l, &e));
	REQUIRE(l.n == 1);
	CHECK_INT(feed_revoke(&t.p.as_north, l.v[0].id, &e), EC_NOTFOUND);
	CHECK_OK(feed_revoke(&t.p.as_school, l.v[0].id, &e));
	CHECK_INT(feed_read(&t.p.c, token, &f, &e), EC_NOTFOUND);
	/* who loses the right loses the calendar */
	CHECK_OK(user_set_active(&t.p.c, t.p.north_clerk.user_id, false, &e));
	CHECK_INT(feed_read(&t.p.c, org, &g, &e), EC_NOTFOUND);
}
TEST(a_calendar_opens_by_its_key_until_it_is_taken_back)
{
	dbfix_each(calendar_key);
}
