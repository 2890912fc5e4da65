#include "core/remind/remind.h"

#include "core/fact.h"
#include "core/registry/territory.h"
#include "core/remind/digest.h"
#include "db/q_remind.h"

/* What holds for a set of territories: one that has rows of its own, or all the others. */
struct rules {
	int64_t territory_id; /* DB_NULL_INT: all the others */
	struct calendar *cal;
	struct remind_steps steps;
};

static void count(struct remind_counts *io, struct arena *a, const struct remind_step *s, int64_t n)
{
	io->total += n;
	for (size_t i = 0; i < io->n; i++)
		if (str_eq(io->v[i].code, s->code)) {
			io->v[i].n += n;
			return;
		}
	if (io->n < REMIND_STEPS_MAX)
		io->v[io->n++] = (struct remind_count){
		        str_dup(a, s->code), remind_step_said(a, s), s->audience, n};
}

/* The next step of the same people that is switched on; NULL: there is none. */
static const struct remind_step *next_of(const struct remind_steps *all, size_t i)
{
	for (size_t k = i + 1; k < all->n; k++)
		if (all->v[k].active && all->v[k].audience == all->v[i].audience)
			return &all->v[k];
	return NULL;
}

/* Due days whose last step so far is this one: after those of the next step, up to its own bound.
 */
static enum ec step_run(const struct ctx *c, const struct rules *r, size_t i, struct date today,
        int64_t *ret_n, struct err *e)
{
	const struct remind_step *s = &r->steps.v[i];
	const struct remind_step *next = next_of(&r->steps, i);
	struct str upto = date_iso(c->a, remind_bound(r->cal, s, today));
	struct str after =
	        next == NULL ? STR("") : date_iso(c->a, remind_bound(r->cal, next, today));
	struct str said = remind_step_said(c->a, s);
	struct str day = date_iso(c->a, today);
	int64_t now = clock_now(c->clock);
	*ret_n = 0;
	if (str_cmp(after, upto) >= 0)
		return EC_OK;
	if (s->audience == AUDIENCE_EXECUTOR)
		return q_remind_executors(c->db,
		        &(struct q_remind_executors_in){
		                s->code, said, day, now, after, upto, r->territory_id},
		        ret_n, e);
	return q_remind_controllers(c->db,
	        &(struct q_remind_controllers_in){s->code, said, day, now, after, upto,
	                r->territory_id, audience_name(s->audience)},
	        ret_n, e);
}

static enum ec rules_run(const struct ctx *c, int64_t territory_id, struct date today,
        struct remind_counts *io, struct err *e)
{
	struct rules r = {.territory_id = territory_id};
	int64_t where = territory_id == DB_NULL_INT ? 0 : territory_id;
	TRY(calendar_load(c, where, &r.cal, e));
	TRY(remind_steps_load(c, where, &r.steps, e));
	/* the highest first: who hears of a thing as the head does not hear of it as the executor
	 */
	for (size_t i = r.steps.n; i-- > 0;) {
		int64_t n = 0;
		if (!r.steps.v[i].active)
			continue;
		TRY(step_run(c, &r, i, today, &n, e));
		count(io, c->a, &r.steps.v[i], n);
	}
	return EC_OK;
}

static enum ec note(const struct ctx *c, struct date today, int64_t n, struct err *e)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "day", date_iso(c->a, today));
	json_kv_int(&f.j, "notices", n);
	return history_add(c,
	        &(struct change){STR("notice"), 0, STR("remind"), STR_NONE, fact_end(&f), STR("")},
	        e);
}

enum ec remind_run_in(
        const struct ctx *c, struct date today, struct remind_counts *io, struct err *e)
{
	struct ctx program = *c;
	struct q_remind_special_rows special;
	int64_t before = io->total;
	program.actor = &actor_program;
	TRY(q_remind_special(c->db, c->a, &special, e));
	TRY(rules_run(&program, DB_NULL_INT, today, io, e));
	for (size_t i = 0; i < special.n; i++)
		TRY(rules_run(&program, special.v[i].id, today, io, e));
	if (io->total > before)
		TRY(note(&program, today, io->total - before, e));
	return EC_OK;
}

enum ec remind_run(const struct ctx *c, struct date today, struct remind_counts *io, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(remind_run_in(c, today, io, e));
	return tx_commit(&tx, e);
}

enum ec remind_daily(const struct ctx *c, int64_t *ret_n, struct err *e)
{
	static const struct str name = STR_INIT("remind_hour");
	struct remind_counts counts = {0};
	int64_t letters = 0;
	struct q_remind_setting_rows was;
	int64_t local = clock_now(c->clock) + (int64_t)c->clock->offset_min * 60;
	struct str hour = str_printf(
	        c->a, STR_FMT "T%02d", STR_ARG(today_iso(c)), (int)(local % 86400 / 3600));
	*ret_n = 0;
	TRY(q_remind_setting(c->db, c->a, &(struct q_remind_setting_in){name}, &was, e));
	if (was.n > 0 && str_cmp(was.v[0].value, hour) >= 0)
		return EC_OK;
	TRY(remind_run(c, clock_today(c->clock), &counts, e));
	*ret_n = counts.total;
	TRY(digest_prepare(c, false, &letters, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_remind_setting_put(c->db,
	        &(struct q_remind_setting_put_in){
	                name, hour, STR("программа"), clock_now(c->clock)},
	        e));
	return tx_commit(&tx, e);
}
