#include "core/fact.h"

#include "base/cur.h"
#include "db/db.h"

#define FACT_MAX ((size_t)4 << 20)

void fact_begin(struct fact *f, struct arena *a)
{
	buf_init(&f->b, a, FACT_MAX);
	json_init(&f->j, &f->b, false);
	json_obj(&f->j);
}

struct str fact_end(struct fact *f)
{
	json_obj_end(&f->j);
	BUG_IF(f->b.over); /* fields are cut by typed_text and limits.h far below */
	return buf_str(&f->b);
}

/* dd.mm.yyyy */
static bool russian_date(struct str s, struct date *ret)
{
	struct cur c = CUR(s);
	uint64_t d;
	uint64_t m;
	uint64_t y;
	if (!cur_uint(&c, 2, 31, &d) || !cur_byte(&c, '.') || !cur_uint(&c, 2, 12, &m) ||
	        !cur_byte(&c, '.') || !cur_uint(&c, 4, 9999, &y) || !cur_end(&c) ||
	        !date_valid((int)y, (int)m, (int)d) || y < 1000)
		return false;
	*ret = date_make((int)y, (int)m, (int)d);
	return true;
}

enum ec typed_date(
        struct arena *a, struct str typed, const char *field, struct str *ret, struct err *e)
{
	struct str s = str_trim(typed);
	struct date d;
	if (s.n == 0) {
		*ret = STR_NONE;
		return EC_OK;
	}
	if (!date_parse_iso(s, &d) && !russian_date(s, &d))
		return err_set(e, EC_INPUT, "%s: нет такой даты «" STR_FMT "»", field,
		        STR_ARG(utf8_head(s, 30)));
	*ret = date_iso(a, d);
	return EC_OK;
}

struct date iso_date(struct str iso)
{
	struct date d = {0};
	return date_parse_iso(iso, &d) ? d : (struct date){0};
}

struct str iso_ru(struct arena *a, struct str iso)
{
	struct date d = iso_date(iso);
	return date_none(d) ? iso : date_ru(a, d);
}

struct str today_iso(const struct ctx *c)
{
	return date_iso(c->a, clock_today(c->clock));
}

enum ec typed_text(struct arena *a, const struct text_field *f, struct str *ret, struct err *e)
{
	struct str s = str_trim(f->typed);
	if (!utf8_valid(s))
		return err_set(e, EC_INPUT, "%s: повреждённый текст", f->field);
	if (f->required && str_blank(s))
		return err_set(e, EC_INPUT, "%s: заполните поле", f->field);
	if (s.n > f->max)
		return err_set(e, EC_INPUT, "%s: текст длиннее %zu знаков", f->field, f->max / 2);
	char *p = str_z(a, s);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (p[i] == '\r')
			continue;
		bool control = (unsigned char)p[i] < 32 && !(f->lines && p[i] == '\n');
		p[n++] = control ? ' ' : p[i];
	}
	*ret = (struct str){p, n};
	return EC_OK;
}

enum ec must_may(
        const struct ctx *c, enum cap cap, int64_t territory_id, int64_t org_id, struct err *e)
{
	if (actor_may(c->actor, cap, territory_id, org_id))
		return EC_OK;
	return err_set(e, EC_DENIED, "нет права на это действие");
}

enum ec must_scope(const struct ctx *c, enum cap cap, struct scope *ret, struct err *e)
{
	if (actor_scope(c->actor, cap, ret))
		return EC_OK;
	return err_set(e, EC_DENIED, "нет права на этот раздел");
}

int64_t acting_user(const struct ctx *c)
{
	return c->actor->program || c->actor->user_id == 0 ? DB_NULL_INT : c->actor->user_id;
}

struct str or_empty(struct str s)
{
	return s.p == NULL ? STR("") : s;
}
