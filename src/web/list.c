#include "web/list.h"

#include "base/num.h"
#include "report/xlsx_list.h"
#include "web/site.h"

int sort_of(const struct sort_key *k, size_t n, struct str given, int fallback)
{
	bool down = str_starts(given, STR("-"));
	struct str name = down ? str_skip(given, 1) : given;
	for (size_t i = 0; i < n; i++)
		if (str_eq(k[i].name, name))
			return down ? k[i].down : k[i].up;
	return fallback;
}

struct str sort_state(const struct call *c, struct str key)
{
	struct str given = call_text(c, STR("sort"));
	if (str_eq(given, key))
		return STR("up");
	if (str_starts(given, STR("-")) && str_eq(str_skip(given, 1), key))
		return STR("down");
	return STR("");
}

struct url sort_link(const struct call *c, struct str key)
{
	bool up = str_eq(sort_state(c, key), STR("up"));
	return call_here(c, STR("sort"), up ? str_cat(c->r->a, STR("-"), key) : key);
}

struct paging call_paging(const struct call *c)
{
	return paging_clean((struct paging){.offset = call_int(c, STR("offset"))});
}

struct pager pager_of(const struct call *c, struct paging p, size_t n, int64_t total)
{
	struct arena *a = c->r->a;
	struct pager g = {.total = total, .first = n > 0 ? p.offset + 1 : 0};
	g.last = p.offset + (int64_t)n;
	struct url here = call_here(c, STR("offset"), STR(""));
	if (p.offset > p.limit)
		g.back = url_arg(a, here, STR("offset"),
		        str_printf(a, "%lld", (long long)(p.offset - p.limit)));
	else if (p.offset > 0)
		g.back = here;
	if (g.last < total)
		g.forward = url_arg(a, here, STR("offset"),
		        str_printf(a, "%lld", (long long)(p.offset + p.limit)));
	return g;
}

struct str day(struct arena *a, struct str iso)
{
	struct date d;
	return date_parse_iso(iso, &d) ? date_ru(a, d) : STR("—");
}

struct date day_of(const struct call *c, int64_t utc)
{
	return date_of_time(utc, c->site->clock.offset_min);
}

struct str moment(const struct call *c, int64_t utc)
{
	return time_ru(c->r->a, utc, c->site->clock.offset_min);
}

struct str percent(struct arena *a, double share, int digits)
{
	if (share != share) /* NaN: nothing to take a share of */
		return STR("—");
	return str_cat(a, num_ru(a, share * 100, digits), STR(" %"));
}

struct str or_dash(struct str s)
{
	return s.n > 0 ? s : STR("—");
}

struct str capital(struct arena *a, struct str s)
{
	size_t i = 0;
	if (s.n == 0)
		return s;
	uint32_t cp = utf8_next(s, &i);
	if (cp >= 0x430 && cp <= 0x44F) /* а–я */
		cp -= 0x20;
	char first[4];
	size_t n = utf8_put(first, cp);
	return str_cat(a, (struct str){first, n}, str_skip(s, i));
}

struct str plural(int64_t n, struct str one, struct str two, struct str five)
{
	int64_t tens = n % 100;
	int64_t units = n % 10;
	if (tens >= 11 && tens <= 14)
		return five;
	if (units == 1)
		return one;
	return units >= 2 && units <= 4 ? two : five;
}

struct str counted(struct arena *a, int64_t n, struct str one, struct str two, struct str five)
{
	return str_printf(a, STR_FMT " " STR_FMT, STR_ARG(num_ru_int(a, n)),
	        STR_ARG(plural(n, one, two, five)));
}

struct str light_class(struct arena *a, struct str name)
{
	return str_cat(a, STR("light light-"), name);
}

struct options options_of(struct arena *a, const struct word *w, size_t n, struct str selected)
{
	struct options o = {.v = arena_new(a, struct option, n), .n = n};
	for (size_t i = 0; i < n; i++)
		o.v[i] = (struct option){w[i].name, w[i].title, str_eq(w[i].name, selected)};
	return o;
}

enum ec territory_options(
        const struct call *c, int64_t selected, struct options *ret, struct err *e)
{
	struct arena *a = c->r->a;
	struct territory_list all;
	TRY(territory_list(&c->ctx, &all, e));
	struct options o = {.v = arena_new(a, struct option, all.n)};
	for (size_t i = 0; i < all.n; i++) {
		const struct territory *t = &all.v[i];
		if (str_eq(t->kind, STR("region")))
			continue;
		o.v[o.n++] = (struct option){
		        str_printf(a, "%lld", (long long)t->id), t->name, t->id == selected};
	}
	*ret = o;
	return EC_OK;
}

enum ec org_by_words(const struct call *c, struct str words, int64_t *ret_id, struct err *e)
{
	enum { SHOWN = 4 };
	struct org_list found;
	TRY(org_list(&c->ctx, &(struct org_filter){.search = words, .page = {.limit = SHOWN}},
	        &found, e));
	if (found.n == 0)
		return err_set(e, EC_INPUT, "организация «" STR_FMT "» не найдена", STR_ARG(words));
	for (size_t i = 0; i < found.n; i++) {
		const struct org *o = &found.v[i];
		bool exact = str_eq(o->name, words) || str_eq(o->short_name, words);
		if (found.total == 1 || exact) {
			*ret_id = o->id;
			return EC_OK;
		}
	}
	struct str names[SHOWN];
	for (size_t i = 0; i < found.n; i++)
		names[i] = found.v[i].name;
	struct str all = str_join(c->r->a, STR("; "), names, found.n);
	return err_set(e, EC_INPUT,
	        "«" STR_FMT "» подходит нескольким организациям (%lld): " STR_FMT
	        "… Уточните название или укажите логин",
	        STR_ARG(words), (long long)found.total, STR_ARG(utf8_head(all, 200)));
}

enum ec call_xlsx(struct call *c, struct xlsx_list *l, struct err *e)
{
	struct arena *a = c->r->a;
	struct head h = {.call = c};
	if (date_none(l->on))
		l->on = call_today(c);
	l->created = clock_now(&c->site->clock);
	l->where = head_place(&h);
	struct str bytes;
	TRY(xlsx_list_write(a, l, &bytes, e));
	call_download(c, STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
	        str_printf(a, STR_FMT " " STR_FMT ".xlsx", STR_ARG(l->title),
	                STR_ARG(date_iso(a, l->on))),
	        bytes);
	return EC_OK;
}
