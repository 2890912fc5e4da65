#include "core/calendar/edit.h"

#include "core/calendar/edit_rows.h"
#include "core/registry/territory.h"
#include "db/q_calendar.h"

enum ec calendar_writer(
        const struct ctx *c, int64_t territory_id, struct territory *ret, struct err *e)
{
	TRY(must_may(c, CAP_CALENDAR_WRITE, ACTOR_ALL, ACTOR_ALL, e));
	if (territory_id == 0 || territory_id == ACTOR_ALL)
		return territory_region(c, ret, e);
	return territory_get(c, territory_id, ret, e);
}

enum ec source_read(
        const struct ctx *c, const struct source_form *f, struct provenance *ret, struct err *e)
{
	TRY(typed_text(c->a, &(struct text_field){f->source, "Источник", 1000, true, false},
	        &ret->source, e));
	TRY(typed_date(c->a, f->date, "Дата источника", &ret->date, e));
	ret->status = f->status.n > 0 ? f->status : STR("regional");
	if (!status_known(ret->status))
		return err_set(e, EC_INPUT, "Статус: нет такого «" STR_FMT "»",
		        STR_ARG(utf8_head(f->status, 30)));
	return EC_OK;
}

void source_tell(struct json *j, const struct provenance *p)
{
	json_kv_str(j, "source", p->source);
	json_kv_str(j, "source_date", or_empty(p->date));
	json_kv_str(j, "source_status", p->status);
}

enum ec calendar_note(const struct ctx *c, int64_t territory_id, struct str before,
        struct str after, struct str reason, struct err *e)
{
	return history_add(c,
	        &(struct change){STR("calendar"), territory_id,
	                before.p == NULL  ? STR("create")
	                : after.p == NULL ? STR("remove")
	                                  : STR("change"),
	                before, after, reason},
	        e);
}

/* Days -------------------------------------------------------------------------------------- */

static struct str day_json(struct arena *a, const struct day_row *d)
{
	struct fact f;
	fact_begin(&f, a);
	json_kv_str(&f.j, "day", d->day);
	json_kv_str(&f.j, "day_kind", d->kind);
	json_kv_str(&f.j, "title", d->title);
	json_kv_str(&f.j, "moved_from", or_empty(d->moved_from));
	source_tell(&f.j, &d->from);
	return fact_end(&f);
}

enum ec day_row_put(const struct ctx *c, int64_t territory_id, const struct day_row *d,
        struct str *ret_before, struct str *ret_after, struct err *e)
{
	struct q_calendar_day_own_rows own;
	TRY(q_calendar_day_own(
	        c->db, c->a, &(struct q_calendar_day_own_in){territory_id, d->day}, &own, e));
	*ret_before = STR_NONE;
	*ret_after = day_json(c->a, d);
	if (own.n == 0)
		return q_calendar_day_add(c->db,
		        &(struct q_calendar_day_add_in){territory_id, d->day, d->kind, d->title,
		                d->moved_from, d->from.source, d->from.date, d->from.status},
		        e);
	const struct q_calendar_day_own *w = &own.v[0];
	struct day_row was = {
	        w->day, w->kind, w->title, w->moved_from, {w->source, w->source_date, w->status}};
	*ret_before = day_json(c->a, &was);
	if (str_eq(*ret_before, *ret_after))
		return EC_OK;
	return q_calendar_day_change(c->db,
	        &(struct q_calendar_day_change_in){w->id, d->kind, d->title, d->moved_from,
	                d->from.source, d->from.date, d->from.status},
	        e);
}

static enum ec day_drop(
        const struct ctx *c, int64_t territory_id, struct str day, struct str why, struct err *e)
{
	struct q_calendar_day_own_rows own;
	TRY(q_calendar_day_own(
	        c->db, c->a, &(struct q_calendar_day_own_in){territory_id, day}, &own, e));
	if (own.n == 0)
		return err_set(e, EC_NOTFOUND, "своей записи об этом дне у территории нет");
	const struct q_calendar_day_own *w = &own.v[0];
	struct day_row was = {
	        w->day, w->kind, w->title, w->moved_from, {w->source, w->source_date, w->status}};
	TRY(q_calendar_day_drop(c->db, &(struct q_calendar_day_drop_in){w->id}, e));
	return calendar_note(c, territory_id, day_json(c->a, &was), STR_NONE, why, e);
}

enum ec day_row_read(
        const struct ctx *c, const struct day_form *f, struct day_row *ret, struct err *e)
{
	struct date moved, day;
	TRY(typed_date(c->a, f->day, "День", &ret->day, e));
	if (ret->day.p == NULL)
		return err_set(e, EC_INPUT, "День: не указан");
	if (!str_eq_z(f->kind, "off") && !str_eq_z(f->kind, "work"))
		return err_set(e, EC_INPUT, "Вид: выходной или рабочий");
	ret->kind = f->kind;
	TRY(typed_text(c->a, &(struct text_field){f->title, "Название", 300, false, false},
	        &ret->title, e));
	TRY(typed_date(c->a, f->moved_from, "Перенос", &ret->moved_from, e));
	moved = iso_date(ret->moved_from);
	day = iso_date(ret->day);
	if (ret->moved_from.p != NULL && date_cmp(moved, day) == 0)
		return err_set(e, EC_INPUT, "Перенос: день не переносится сам на себя");
	return source_read(c, &f->from, &ret->from, e);
}

enum ec calendar_day_put(const struct ctx *c, const struct day_form *f, struct err *e)
{
	struct territory t;
	struct day_row row;
	struct str before, after, why;
	TRY(calendar_writer(c, f->territory_id, &t, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	if (f->kind.n == 0) {
		struct str day;
		TRY(typed_date(c->a, f->day, "День", &day, e));
		TRY(typed_text(c->a,
		        &(struct text_field){f->from.source, "Причина", 1000, true, false}, &why,
		        e));
		TRY(day_drop(c, t.id, or_empty(day), why, e));
		return tx_commit(&tx, e);
	}
	TRY(day_row_read(c, f, &row, e));
	TRY(day_row_put(c, t.id, &row, &before, &after, e));
	if (before.p == NULL || !str_eq(before, after))
		TRY(calendar_note(c, t.id, before, after, row.from.source, e));
	return tx_commit(&tx, e);
}

/* School terms ------------------------------------------------------------------------------ */

static struct str term_json(struct arena *a, const struct term_form *f, struct str start,
        struct str end, const struct provenance *p)
{
	struct fact x;
	fact_begin(&x, a);
	json_kv_str(&x.j, "term", f->kind);
	json_kv_int(&x.j, "term_number", f->number);
	json_kv_int(&x.j, "school_year", f->school_year);
	json_kv_str(&x.j, "start", start);
	json_kv_str(&x.j, "end", end);
	source_tell(&x.j, p);
	return fact_end(&x);
}

static enum ec term_read(const struct ctx *c, const struct term_form *f, struct str *ret_start,
        struct str *ret_end, struct err *e)
{
	enum term_kind kind;
	if (!term_kind_of(f->kind, &kind) || f->number < 1 || f->number > TERMS_MAX)
		return err_set(e, EC_INPUT, "Период: нет такой четверти, триместра или полугодия");
	if (f->school_year < 2000 || f->school_year > 2100)
		return err_set(e, EC_INPUT, "Учебный год: от 2000 до 2100");
	TRY(typed_date(c->a, f->start, "Начало", ret_start, e));
	TRY(typed_date(c->a, f->end, "Конец", ret_end, e));
	if (ret_start->p == NULL && ret_end->p == NULL)
		return EC_OK;
	struct date start = iso_date(*ret_start);
	struct date end = iso_date(*ret_end);
	if (date_none(start) || date_none(end) || date_cmp(start, end) > 0)
		return err_set(e, EC_INPUT, "Конец: нужны обе даты, и начало не позже конца");
	if (school_year_of(start) != f->school_year || school_year_of(end) != f->school_year)
		return err_set(e, EC_INPUT, "Начало: период должен лежать в %lld/%lld учебном году",
		        (long long)f->school_year, (long long)f->school_year + 1);
	return EC_OK;
}

enum ec school_term_put(const struct ctx *c, const struct term_form *f, struct err *e)
{
	struct territory t;
	struct str start, end;
	struct provenance p;
	struct q_calendar_term_own_rows own;
	TRY(calendar_writer(c, f->territory_id, &t, e));
	TRY(term_read(c, f, &start, &end, e));
	TRY(source_read(c, &f->from, &p, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_calendar_term_own(c->db, c->a,
	        &(struct q_calendar_term_own_in){t.id, f->school_year, f->kind, f->number}, &own,
	        e));
	struct str before = STR_NONE;
	struct str after = start.p == NULL ? STR_NONE : term_json(c->a, f, start, end, &p);
	if (own.n > 0)
		before = term_json(c->a, f, own.v[0].start_day, own.v[0].end_day,
		        &(struct provenance){
		                own.v[0].source, own.v[0].source_date, own.v[0].status});
	if (start.p == NULL && own.n == 0)
		return err_set(e, EC_INPUT, "Начало: не указано");
	if (start.p == NULL)
		TRY(q_calendar_term_drop(c->db, &(struct q_calendar_term_drop_in){own.v[0].id}, e));
	else if (own.n > 0)
		TRY(q_calendar_term_change(c->db,
		        &(struct q_calendar_term_change_in){
		                own.v[0].id, start, end, p.source, p.date, p.status},
		        e));
	else
		TRY(q_calendar_term_add(c->db,
		        &(struct q_calendar_term_add_in){t.id, f->school_year, f->kind, f->number,
		                start, end, p.source, p.date, p.status},
		        e));
	TRY(calendar_note(c, t.id, before, after, p.source, e));
	return tx_commit(&tx, e);
}

/* Rules and years --------------------------------------------------------------------------- */

static struct str rule_json(
        struct arena *a, struct str name, struct str value, const struct provenance *p)
{
	struct fact x;
	fact_begin(&x, a);
	json_kv_str(&x.j, "due_rule", name);
	json_kv_str(&x.j, "value", value);
	source_tell(&x.j, p);
	return fact_end(&x);
}

enum ec calendar_rule_put(const struct ctx *c, const struct rule_form *f, struct err *e)
{
	struct territory t;
	enum calendar_rule rule;
	struct provenance p;
	struct q_calendar_rule_own_rows own;
	TRY(calendar_writer(c, f->territory_id, &t, e));
	if (!rule_of(f->name, &rule))
		return err_set(e, EC_INPUT, "Правило: нет такого");
	if (f->value.n > 0 && !rule_takes(rule, f->value))
		return err_set(e, EC_INPUT, STR_FMT ": нет такого значения «" STR_FMT "»",
		        STR_ARG(rule_title(rule)), STR_ARG(utf8_head(f->value, 30)));
	TRY(source_read(c, &f->from, &p, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_calendar_rule_own(
	        c->db, c->a, &(struct q_calendar_rule_own_in){t.id, f->name}, &own, e));
	struct str before = STR_NONE;
	struct str after = f->value.n == 0 ? STR_NONE : rule_json(c->a, f->name, f->value, &p);
	if (own.n > 0)
		before = rule_json(c->a, f->name, own.v[0].value,
		        &(struct provenance){
		                own.v[0].source, own.v[0].source_date, own.v[0].status});
	if (f->value.n == 0 && own.n == 0)
		return tx_commit(&tx, e);
	if (f->value.n == 0)
		TRY(q_calendar_rule_drop(c->db, &(struct q_calendar_rule_drop_in){own.v[0].id}, e));
	else if (own.n > 0)
		TRY(q_calendar_rule_change(c->db,
		        &(struct q_calendar_rule_change_in){
		                own.v[0].id, f->value, p.source, p.date, p.status},
		        e));
	else
		TRY(q_calendar_rule_add(c->db,
		        &(struct q_calendar_rule_add_in){
		                t.id, f->name, f->value, p.source, p.date, p.status},
		        e));
	TRY(calendar_note(c, t.id, before, after, p.source, e));
	return tx_commit(&tx, e);
}

static struct str year_json(
        struct arena *a, int64_t year, struct str note, const struct provenance *p)
{
	struct fact x;
	fact_begin(&x, a);
	json_kv_int(&x.j, "year", year);
	json_kv_str(&x.j, "note", note);
	source_tell(&x.j, p);
	return fact_end(&x);
}

enum ec calendar_year_put(const struct ctx *c, const struct year_form *f, struct err *e)
{
	struct territory t;
	struct provenance p;
	struct str note;
	struct q_calendar_year_known_rows was;
	TRY(calendar_writer(c, 0, &t, e));
	if (f->year < 2000 || f->year > 2100)
		return err_set(e, EC_INPUT, "Год: от 2000 до 2100");
	TRY(source_read(c, &f->from, &p, e));
	TRY(typed_text(
	        c->a, &(struct text_field){f->note, "Примечание", 1000, false, false}, &note, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_calendar_year_known(
	        c->db, c->a, &(struct q_calendar_year_known_in){f->year}, &was, e));
	TRY(q_calendar_year_put(c->db,
	        &(struct q_calendar_year_put_in){f->year, p.source, p.date, p.status, note}, e));
	struct str before = STR_NONE;
	if (was.n > 0)
		before = year_json(c->a, f->year, was.v[0].note,
		        &(struct provenance){
		                was.v[0].source, was.v[0].source_date, was.v[0].status});
	TRY(calendar_note(c, t.id, before, year_json(c->a, f->year, note, &p), p.source, e));
	return tx_commit(&tx, e);
}
