#include "core/calendar/reference.h"

#include "base/secret.h"
#include "core/calendar/calendar.h"
#include "core/history.h"
#include "core/tsv.h"
#include "db/q_calendar.h"

/* Built in from data-ref/. */
extern const struct str data_ref_holidays, data_ref_calendar_years, data_ref_calendar_days,
        data_ref_school_terms, data_ref_calendar_rules;

static struct str none_if_empty(struct str s)
{
	return s.n > 0 ? s : STR_NONE;
}

typedef enum ec line_fn(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e);

static enum ec each_line(
        const struct ctx *c, struct str text, line_fn *fn, int64_t *added, struct err *e)
{
	struct tsv t;
	bool row;
	TRY(tsv_open(&t, text, e));
	for (;;) {
		TRY(tsv_next(&t, &row, e));
		if (!row)
			return EC_OK;
		if (!status_known(tsv_get(&t, "status")))
			return err_set(
			        e, EC_INPUT, "календарь, строка %zu: нет такого статуса", t.line);
		TRY(fn(c, &t, added, e));
	}
}

static enum ec holiday_line(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e)
{
	int64_t month, day, since;
	(void)added;
	TRY(tsv_int(t, "month", 12, &month, e));
	TRY(tsv_int(t, "day", 31, &day, e));
	TRY(tsv_int(t, "since_year", 9999, &since, e));
	return q_calendar_holiday_add(c->db,
	        &(struct q_calendar_holiday_add_in){month, day, tsv_get(t, "title"), since,
	                tsv_get(t, "source"), none_if_empty(tsv_get(t, "source_date")),
	                tsv_get(t, "status")},
	        e);
}

/* A day of a year that a person has entered is theirs; so days come before years. */
static enum ec day_line(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e)
{
	struct date d;
	struct q_calendar_day_own_rows own;
	struct q_calendar_year_known_rows year;
	if (!date_parse_iso(tsv_get(t, "day"), &d))
		return err_set(e, EC_INPUT, "календарь, строка %zu: нет даты", t->line);
	TRY(q_calendar_day_own(c->db, c->a,
	        &(struct q_calendar_day_own_in){INT64_MIN, tsv_get(t, "day")}, &own, e));
	TRY(q_calendar_year_known(c->db, c->a, &(struct q_calendar_year_known_in){d.y}, &year, e));
	if (own.n > 0 || (year.n > 0 && str_eq_z(year.v[0].status, "regional")))
		return EC_OK;
	++*added;
	return q_calendar_day_add(c->db,
	        &(struct q_calendar_day_add_in){INT64_MIN, tsv_get(t, "day"), tsv_get(t, "kind"),
	                tsv_get(t, "title"), none_if_empty(tsv_get(t, "moved_from")),
	                tsv_get(t, "source"), none_if_empty(tsv_get(t, "source_date")),
	                tsv_get(t, "status")},
	        e);
}

static enum ec year_line(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e)
{
	int64_t year;
	struct q_calendar_year_known_rows known;
	TRY(tsv_int(t, "year", 9999, &year, e));
	TRY(q_calendar_year_known(
	        c->db, c->a, &(struct q_calendar_year_known_in){year}, &known, e));
	/* a better edition of the program may know an act where the last one assumed */
	if (known.n > 0 && !str_eq_z(known.v[0].status, "assumed"))
		return EC_OK;
	*added += known.n == 0;
	return q_calendar_year_put(c->db,
	        &(struct q_calendar_year_put_in){year, tsv_get(t, "source"),
	                none_if_empty(tsv_get(t, "source_date")), tsv_get(t, "status"),
	                tsv_get(t, "note")},
	        e);
}

static enum ec term_line(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e)
{
	int64_t number;
	enum term_kind kind;
	struct q_calendar_term_own_rows own;
	TRY(tsv_int(t, "number", TERMS_MAX, &number, e));
	if (!term_kind_of(tsv_get(t, "kind"), &kind))
		return err_set(
		        e, EC_INPUT, "учебные периоды, строка %zu: нет такого вида", t->line);
	TRY(q_calendar_term_own(c->db, c->a,
	        &(struct q_calendar_term_own_in){INT64_MIN, 0, tsv_get(t, "kind"), number}, &own,
	        e));
	if (own.n > 0)
		return EC_OK;
	++*added;
	return q_calendar_term_add(c->db,
	        &(struct q_calendar_term_add_in){INT64_MIN, 0, tsv_get(t, "kind"), number,
	                tsv_get(t, "start_day"), tsv_get(t, "end_day"), tsv_get(t, "source"),
	                none_if_empty(tsv_get(t, "source_date")), tsv_get(t, "status")},
	        e);
}

static enum ec rule_line(const struct ctx *c, const struct tsv *t, int64_t *added, struct err *e)
{
	enum calendar_rule rule;
	struct q_calendar_rule_own_rows own;
	if (!rule_of(tsv_get(t, "name"), &rule) || !rule_takes(rule, tsv_get(t, "value")))
		return err_set(
		        e, EC_INPUT, "правила сроков, строка %zu: нет такого правила", t->line);
	TRY(q_calendar_rule_own(c->db, c->a,
	        &(struct q_calendar_rule_own_in){INT64_MIN, tsv_get(t, "name")}, &own, e));
	if (own.n > 0)
		return EC_OK;
	++*added;
	return q_calendar_rule_add(c->db,
	        &(struct q_calendar_rule_add_in){INT64_MIN, tsv_get(t, "name"), tsv_get(t, "value"),
	                tsv_get(t, "source"), none_if_empty(tsv_get(t, "source_date")),
	                tsv_get(t, "status")},
	        e);
}

static enum ec load_all(const struct ctx *c, struct err *e)
{
	int64_t added = 0;
	TRY(each_line(c, data_ref_holidays, holiday_line, &added, e));
	TRY(each_line(c, data_ref_calendar_days, day_line, &added, e));
	TRY(each_line(c, data_ref_calendar_years, year_line, &added, e));
	TRY(each_line(c, data_ref_school_terms, term_line, &added, e));
	TRY(each_line(c, data_ref_calendar_rules, rule_line, &added, e));
	if (added == 0)
		return EC_OK;
	return history_add(c,
	        &(struct change){.noun = STR("calendar"),
	                .noun_id = 0,
	                .verb = STR("create"),
	                .after = str_printf(c->a, "{\"rows\":%lld}", (long long)added),
	                .reason = STR("производственный календарь и учебные периоды программы")},
	        e);
}

enum ec calendar_ensure(const struct ctx *c, struct err *e)
{
	static const struct str name = STR_INIT("calendar_hash");
	uint8_t raw[HASH_BYTES];
	secret_hash((const struct str[]){data_ref_holidays, data_ref_calendar_years,
	                    data_ref_calendar_days, data_ref_school_terms, data_ref_calendar_rules},
	        5, raw);
	struct str hash = hex_of(c->a, raw, sizeof(raw));
	struct q_calendar_setting_rows was;
	TRY(q_calendar_setting(c->db, c->a, &(struct q_calendar_setting_in){name}, &was, e));
	if (was.n > 0 && str_eq(was.v[0].value, hash))
		return EC_OK;
	struct ctx program = *c;
	program.actor = &actor_program;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(load_all(&program, e));
	TRY(q_calendar_setting_put(c->db,
	        &(struct q_calendar_setting_put_in){
	                name, hash, STR("календарь программы"), clock_now(c->clock)},
	        e));
	return tx_commit(&tx, e);
}
