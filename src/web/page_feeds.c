#include "web/page_feeds.h"

#include "core/remind/mail_setting.h"
#include "web/pages/feeds.h"
#include "web/site.h"

static enum ec show(struct call *c, struct str token, struct err *e)
{
	struct mail_setting mail;
	struct feeds_page p = {
	        .head = {.call = c,
	                .title = STR("Календари по ссылке"),
	                .note = STR("Сроки в Outlook, Thunderbird, на телефоне"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .crumb = {{STR("Уведомления"), URL("/notices")}}},
	};
	TRY(feed_list(&c->ctx, &p.m, e));
	TRY(mail_setting_load(&c->ctx, &mail, e));
	p.no_site = mail.site.n == 0;
	struct str site = p.no_site ? str_cat(c->r->a,
	                                      c->site->https || c->r->https ? STR("https://")
	                                                                    : STR("http://"),
	                                      header_get(c->r, STR("Host")))
	                            : mail.site;
	if (token.n > 0)
		p.link = str_printf(
		        c->r->a, STR_FMT "/feed/" STR_FMT ".ics", STR_ARG(site), STR_ARG(token));
	struct out o;
	out_init(&o, c->r->a);
	page_feeds(&o, &p);
	return call_page(c, &o, e);
}

enum ec feeds_get(struct call *c, struct err *e)
{
	return show(c, STR(""), e);
}

/* The link is printed by the answer itself: no cookie and no address ever holds it. */
enum ec feed_create_post(struct call *c, struct err *e)
{
	int64_t org = 0;
	struct str token;
	if (call_text(c, STR("org")).n > 0)
		TRY(org_by_words(c, call_text(c, STR("org")), &org, e));
	TRY(feed_create(&c->ctx, org, &token, e));
	return show(c, token, e);
}

enum ec feed_revoke_post(struct call *c, struct err *e)
{
	TRY(feed_revoke(&c->ctx, c->id[0], e));
	return call_redirect(
	        c, URL("/notices/feeds"), STR("Ссылка отозвана: по ней больше ничего нет."));
}

/* "Tue, 01 Mar 2022 04:00:00 GMT" (RFC 9110) */
static struct str http_date(struct arena *a, int64_t utc)
{
	static const char *const days[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	        "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct date d = date_of_time(utc, 0);
	int sec = (int)(utc % 86400);
	return str_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[date_weekday(d)], d.d,
	        months[d.m], d.y, sec / 3600, sec / 60 % 60, sec % 60);
}

enum ec feed_get(struct call *c, struct err *e)
{
	struct feed_file f;
	struct str token = c->rest;
	if (str_ends(token, STR(".ics")))
		token.n -= 4;
	TRY(feed_read(&c->ctx, token, &f, e));
	struct arena *a = c->r->a;
	struct str changed = http_date(a, f.changed_at);
	resp_header(a, c->w, STR("ETag"), f.etag);
	resp_header(a, c->w, STR("Last-Modified"), changed);
	resp_header(a, c->w, STR("Cache-Control"), STR("private, no-cache"));
	c->w->cacheable = true;
	c->w->type = STR("text/calendar; charset=utf-8");
	/* the tag says more than the time, so it goes first (RFC 9110 §13.2.2) */
	struct str tag = header_get(c->r, STR("If-None-Match"));
	struct str since = header_get(c->r, STR("If-Modified-Since"));
	if (tag.n > 0 ? str_eq(tag, f.etag) : str_eq(since, changed))
		c->w->status = 304;
	else
		c->w->body = f.ics;
	return EC_OK;
}
