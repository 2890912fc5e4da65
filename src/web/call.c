#include "web/call.h"

#include "web/site.h"

enum ec call_redirect(struct call *c, struct url to, struct str message)
{
	c->w->status = 303;
	resp_header(c->r->a, c->w, STR("Location"), to.s);
	if (message.n > 0)
		call_cookie(c, STR("soko_flash"), url_encode(c->r->a, message), 60);
	return EC_OK;
}

enum ec call_page(struct call *c, struct out *o, struct err *e)
{
	TRY(out_check(o, e));
	c->w->body = out_text(o);
	/* A message is shown once: the page that printed it takes it away. */
	if (field_get(&c->r->cookies, STR("soko_flash")).n > 0)
		call_cookie(c, STR("soko_flash"), STR(""), -1);
	return EC_OK;
}

void call_cookie(struct call *c, struct str name, struct str value, int max_age)
{
	struct arena *a = c->r->a;
	struct str text = str_printf(a, STR_FMT "=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax",
	        STR_ARG(name), STR_ARG(value));
	if (max_age != 0)
		text = str_printf(
		        a, STR_FMT "; Max-Age=%d", STR_ARG(text), max_age < 0 ? 0 : max_age);
	if (c->site->https || c->r->https)
		text = str_cat(a, text, STR("; Secure"));
	resp_header(a, c->w, STR("Set-Cookie"), text);
}

void call_download(struct call *c, struct str type, struct str file_name, struct str bytes)
{
	struct arena *a = c->r->a;
	c->w->type = type;
	c->w->body = bytes;
	/* RFC 6266: the name in UTF-8, percent-encoded */
	resp_header(a, c->w, STR("Content-Disposition"),
	        str_printf(a, "attachment; filename*=UTF-8''" STR_FMT,
	                STR_ARG(url_encode(a, file_name))));
}

bool call_may(const struct call *c, enum cap cap)
{
	struct scope s;
	return cap == CAP_PUBLIC || (cap == CAP_SELF && c->session != NULL) ||
	       actor_scope(c->ctx.actor, cap, &s);
}

struct str call_text(const struct call *c, struct str name)
{
	return value_of(&c->values, name)->text;
}

int64_t call_int(const struct call *c, struct str name)
{
	return value_of(&c->values, name)->number;
}

struct date call_date(const struct call *c, struct str name)
{
	return value_of(&c->values, name)->date;
}

struct str call_iso(const struct call *c, struct str name)
{
	const struct value *v = value_of(&c->values, name);
	return v->set ? date_iso(c->r->a, v->date) : STR_NONE;
}

bool call_flag(const struct call *c, struct str name)
{
	return value_of(&c->values, name)->set;
}

static struct url with_args(const struct call *c, struct url u, struct str without)
{
	for (size_t i = 0; c->values.form != NULL && i < c->values.form->n; i++) {
		struct str name = c->values.form->field[i].name;
		if (c->values.v[i].set && !str_eq(name, without) && !str_eq(name, STR("offset")))
			u = url_arg(c->r->a, u, name, c->values.v[i].text);
	}
	return u;
}

struct url call_here(const struct call *c, struct str name, struct str value)
{
	struct url u = with_args(c, url_local(c->r->path), name);
	return value.n > 0 ? url_arg(c->r->a, u, name, value) : u;
}

struct url call_same(const struct call *c, struct str path)
{
	return with_args(c, url_local(path), STR(""));
}

struct date call_today(const struct call *c)
{
	return clock_today(&c->site->clock);
}
