#include "core/control/due_schedule.h"

#include "base/limits.h"
#include "core/control/due_ahead.h"
#include "core/control/due_change.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/order/deadline_said.h"
#include "core/order/due_days.h"
#include "db/q_document.h"
#include "db/q_due.h"
#include "db/q_point.h"
#include "text/fold.h"

#define WRONG_LISTED 5

struct line {
	int64_t org_id; /* DB_NULL_INT: all */
	struct str day;
};

struct plan {
	const struct ctx *c;
	struct q_due_deadline deadline;
	struct q_due_orgs_rows org;
	struct str *org_key, *short_key;
	VEC(struct line) line;
	struct buf wrong;
	size_t n_wrong;
	struct str source;
};

static enum ec find(const struct ctx *c, int64_t id, struct q_due_deadline *ret, struct err *e)
{
	struct q_due_deadline_rows rows;
	TRY(q_due_deadline(c->db, c->a, &(struct q_due_deadline_in){id}, &rows, e));
	if (rows.n == 0 || !str_eq_z(rows.v[0].kind, "by_schedule") ||
	        !actor_may(c->actor, CAP_DOCUMENT_WRITE, rows.v[0].territory_id, ACTOR_ALL))
		return err_set(e, EC_NOTFOUND, "нет такого срока по графику на контроле");
	*ret = rows.v[0];
	return EC_OK;
}

enum ec schedule_card(
        const struct ctx *c, int64_t deadline_id, struct schedule_card *ret, struct err *e)
{
	struct q_due_deadline d;
	struct q_due_orgs_rows rows;
	TRY(find(c, deadline_id, &d, e));
	TRY(q_due_orgs(c->db, c->a, &(struct q_due_orgs_in){deadline_id}, &rows, e));
	*ret = (struct schedule_card){d.id, d.document_id, d.point_id, d.text, d.clause, d.activity,
	        rows.n, arena_new(c->a, struct schedule_org, rows.n)};
	for (size_t i = 0; i < rows.n; i++)
		ret->org[i] = (struct schedule_org){rows.v[i].id, rows.v[i].name};
	return EC_OK;
}

static void refuse(struct plan *p, size_t number, const char *why, struct str what)
{
	if (p->n_wrong++ < WRONG_LISTED)
		buf_printf(&p->wrong, "%sстрока %zu: %s «" STR_FMT "»", p->wrong.n > 0 ? "; " : "",
		        number, why, STR_ARG(utf8_head(what, 60)));
}

/* The one organisation of the point that the words mean; DB_NULL_INT: none or several. */
static int64_t org_of(const struct plan *p, struct str words)
{
	struct str key = text_key(p->c->a, words);
	int64_t found = INT64_MIN;
	size_t n = 0;
	for (size_t i = 0; i < p->org.n; i++)
		if (str_eq(p->org_key[i], key) || str_eq(p->short_key[i], key) ||
		        str_eq(p->org.v[i].ident, str_trim(words)))
			return p->org.v[i].id;
	for (size_t i = 0; i < p->org.n; i++)
		if (key.n > 0 && str_has(p->org_key[i], key)) {
			found = p->org.v[i].id;
			n++;
		}
	return n == 1 ? found : INT64_MIN;
}

/* Cells of a line: dates are days, the other words are the organisation. */
static void take_cells(struct plan *p, size_t number, const struct str *cell, size_t n)
{
	struct err e = {0};
	int64_t org = INT64_MIN;
	bool named = false;
	size_t days = 0;
	size_t before = p->line.n;
	for (size_t i = 0; i < n; i++) {
		struct str day;
		struct str s = str_trim(cell[i]);
		if (s.n == 0)
			continue;
		if (typed_date(p->c->a, s, "Дата", &day, &e) == EC_OK) {
			*vec_push(p->c->a, &p->line) = (struct line){INT64_MIN, day};
			days++;
		} else if (!named) {
			named = true;
			org = org_of(p, s);
			if (org == INT64_MIN && number > 1)
				refuse(p, number, "нет одной такой организации у пункта", s);
		}
	}
	/* a heading: words and no date in the first line */
	if (days == 0 && number == 1)
		return;
	if (days == 0)
		refuse(p, number, "нет даты", n > 0 ? cell[0] : STR(""));
	if (named && org == INT64_MIN && number == 1)
		refuse(p, number, "нет одной такой организации у пункта", cell[0]);
	for (size_t i = before; i < p->line.n; i++)
		p->line.v[i].org_id = org;
}

static void read_lines(struct plan *p, struct str text)
{
	struct str rest = text;
	struct str row;
	size_t number = 0;
	while (str_next(&rest, '\n', &row)) {
		struct str cell[20];
		struct str part;
		size_t n = 0;
		number++;
		if (str_blank(row))
			continue;
		/* tabs, semicolons or «Школа № 1 — 15.03.2022» */
		row = str_replace(p->c->a, row, STR(" — "), STR("\t"));
		row = str_replace(p->c->a, row, STR(";"), STR("\t"));
		while (n < ARRAY_LEN(cell) && str_next(&row, '\t', &part))
			cell[n++] = part;
		take_cells(p, number, cell, n);
	}
}

struct table {
	struct plan *p;
	struct sheet_info info;
};

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct table *t = user;
	(void)e;
	*skip = info->index > 0;
	t->info = *info;
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct table *t = user;
	struct str cell[20];
	size_t n = 0;
	if (t->p->line.n >= LIMIT_CALENDAR_ROWS || !intake_room(t->p->c->a))
		return err_set(e, EC_LIMIT, "в графике больше %d дней", LIMIT_CALENDAR_ROWS);
	for (size_t i = 0; i < row->n && n < ARRAY_LEN(cell); i++) {
		struct date d;
		cell[n++] = row->cell[i].date && sheet_cell_date(&t->info, &row->cell[i], &d)
		                    ? date_iso(t->p->c->a, d)
		                    : str_dup(t->p->c->a, row->cell[i].text);
	}
	if (n > 0)
		take_cells(t->p, row->row, cell, n);
	return EC_OK;
}

static enum ec read_form(struct plan *p, const struct schedule_form *f, struct err *e)
{
	const struct ctx *c = p->c;
	TRY(find(c, f->deadline_id, &p->deadline, e));
	TRY(typed_text(c->a,
	        &(struct text_field){f->source, "Чем утверждён график", 1000, true, false},
	        &p->source, e));
	TRY(q_due_orgs(c->db, c->a, &(struct q_due_orgs_in){f->deadline_id}, &p->org, e));
	p->org_key = arena_new(c->a, struct str, p->org.n + 1);
	p->short_key = arena_new(c->a, struct str, p->org.n + 1);
	for (size_t i = 0; i < p->org.n; i++) {
		p->org_key[i] = text_key(c->a, p->org.v[i].name);
		p->short_key[i] = text_key(c->a, p->org.v[i].short_name);
	}
	buf_init(&p->wrong, c->a, 4 * KIB);
	if (f->bytes.n > 0) {
		struct table t = {.p = p};
		const struct sheet_sink sink = {.user = &t, .sheet = on_sheet, .row = on_row};
		TRY(intake_sheet(c, f->bytes, f->name, &sink, e));
	} else {
		read_lines(p, f->lines);
	}
	if (p->n_wrong > 0)
		return err_set(e, EC_INPUT, "график не принят, ошибок %zu: " STR_FMT, p->n_wrong,
		        STR_ARG(buf_str(&p->wrong)));
	if (p->line.n == 0)
		return err_set(e, EC_INPUT, "График: нет ни одной даты");
	if (p->line.n > LIMIT_CALENDAR_ROWS)
		return err_set(e, EC_LIMIT, "в графике больше %d дней", LIMIT_CALENDAR_ROWS);
	return EC_OK;
}

/* What the days become. */
struct giving {
	struct card_deadline d;
	struct due_env env;
	int64_t at;
	VEC(struct due_move) move;
	struct schedule_done sum;
};

static bool moved_already(const struct giving *g, int64_t assignment_id)
{
	for (size_t i = 0; i < g->move.n; i++)
		if (g->move.v[i].assignment_id == assignment_id)
			return true;
	return false;
}

static enum ec give_line(
        const struct plan *p, struct giving *g, const struct line *l, struct err *e)
{
	const struct ctx *c = p->c;
	struct q_due_undated_rows rows;
	struct due_day day = due_of_base(c->a, &g->d, &g->env, iso_date(l->day));
	struct str why = str_printf(c->a, "По графику: " STR_FMT ", " STR_FMT ". " STR_FMT,
	        STR_ARG(iso_ru(c->a, l->day)), STR_ARG(p->source), STR_ARG(day.moved));
	TRY(q_due_schedule_add(c->db,
	        &(struct q_due_schedule_add_in){p->deadline.id, l->org_id, l->day, p->source,
	                clock_now(c->clock), acting_user(c)},
	        e));
	g->sum.n_days++;
	TRY(q_due_undated(
	        c->db, c->a, &(struct q_due_undated_in){p->deadline.id, l->org_id}, &rows, e));
	size_t given = 0;
	for (size_t i = 0; i < rows.n; i++) {
		if (moved_already(g, rows.v[i].id))
			continue;
		*vec_push(c->a, &g->move) =
		        (struct due_move){rows.v[i].id, STR_NONE, day.day, l->day, why};
		given++;
	}
	g->sum.n_dated += (int64_t)given;
	if (given > 0)
		return EC_OK;
	return occurrence_put(c,
	        &(struct occurrence){p->deadline.id, l->org_id, day.day, l->day, why, g->at},
	        &g->sum.n_more, e);
}

static enum ec give(const struct plan *p, struct giving *g, struct err *e)
{
	const struct ctx *c = p->c;
	struct q_document_one doc;
	struct q_deadlines_of_rows dues;
	TRY(q_document_one(
	        c->db, c->a, &(struct q_document_one_in){p->deadline.document_id}, &doc, e));
	TRY(due_env_load(c, &doc, &g->env, e));
	TRY(q_deadlines_of(c->db, c->a,
	        &(struct q_deadlines_of_in){p->deadline.document_id, p->deadline.point_id}, &dues,
	        e));
	for (size_t i = 0; i < dues.n; i++)
		if (dues.v[i].id == p->deadline.id)
			g->d = deadline_card(c->a, &dues.v[i]);
	TRY(due_birth(c, doc.id, &g->at, e));
	for (size_t i = 0; i < p->line.n; i++)
		TRY(give_line(p, g, &p->line.v[i], e));
	return EC_OK;
}

enum ec schedule_put(const struct ctx *c, const struct schedule_form *f, struct schedule_done *ret,
        struct err *e)
{
	struct plan p = {.c = c};
	struct giving g = {0};
	int64_t id;
	TRY(read_form(&p, f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(give(&p, &g, e));
	struct str reason = str_printf(c->a, "график: " STR_FMT, STR_ARG(p.source));
	TRY(due_change_apply(c,
	        &(struct due_change){STR("schedule"), INT64_MIN, p.deadline.document_id, reason,
	                g.move.v, g.move.n},
	        &id, e));
	if (g.sum.n_more > 0)
		TRY(occurrences_note(c, p.deadline.document_id, g.at, g.sum.n_more, reason, e));
	TRY(tx_commit(&tx, e));
	*ret = g.sum;
	return EC_OK;
}
