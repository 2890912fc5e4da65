#include "core/remind/simulate.h"

#include "base/limits.h"
#include "core/control/due_ahead.h"
#include "core/remind/digest.h"
#include "db/q_remind.h"

static enum ec clean(const struct ctx *c, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_simulate_clean_notices(c->db, e));
	TRY(q_simulate_clean_letters(c->db, e));
	TRY(q_simulate_open(c->db, e));
	TRY(q_simulate_addresses(c->db, e));
	return tx_commit(&tx, e);
}

static enum ec people(const struct ctx *c, struct date today, int64_t *n, struct err *e)
{
	static const struct {
		int after, from, to;
	} habits[] = {{-2, 0, 9}, {0, 9, 15}, {4, 15, 18}, {11, 18, 19}};
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	for (size_t i = 0; i < ARRAY_LEN(habits); i++) {
		int64_t done;
		TRY(q_simulate_done(c->db,
		        &(struct q_simulate_done_in){
		                date_iso(c->a, date_add_days(today, -habits[i].after)),
		                habits[i].from, habits[i].to},
		        &done, e));
		*n += done;
	}
	return tx_commit(&tx, e);
}

static enum ec letters(const struct ctx *c, struct date today, struct simulated *io, struct err *e)
{
	static const struct mail_setting mail = {
	        .on = true, .site = STR_INIT("https://soko.invalid")};
	struct q_simulate_letters_rows rows;
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(digest_prepare_in(c, &mail, false, &n, e));
	TRY(q_simulate_letters(
	        c->db, c->a, &(struct q_simulate_letters_in){date_iso(c->a, today)}, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		struct arena_mark mark = arena_mark(c->a);
		struct digest_text t;
		TRY(digest_text(c, &(struct digest_head){rows.v[i].user_id, today, mail.site},
		        rows.v[i].id, &t, e));
		io->letter_bytes += (int64_t)(t.text.n + t.html.n);
		arena_reset(c->a, mark);
	}
	io->n_letters += n;
	if (n > io->busiest_letters)
		io->busiest_letters = n;
	return tx_commit(&tx, e);
}

static enum ec one_day(const struct ctx *c, struct date today, struct simulated *io, struct err *e)
{
	int64_t begin = clock_monotonic_us();
	int64_t n;
	TRY(due_ahead(c, &n, e));
	io->n_occurrences += n;
	TRY(people(c, today, &io->n_submitted, e));
	TRY(remind_run(c, today, &io->counts, e));
	TRY(letters(c, today, io, e));
	int64_t ms = (clock_monotonic_us() - begin) / 1000;
	if (ms > io->slowest_ms)
		io->slowest_ms = ms;
	io->n_days++;
	return EC_OK;
}

enum ec remind_simulate(const struct ctx *given, int year, struct simulated *ret, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct clock clock = *given->clock;
	struct ctx c = *given;
	struct simulated out = {0};
	if (year < 1900 || year > 9998)
		return err_set(e, EC_INPUT, "год %d вне пределов", year);
	c.clock = &clock;
	TRY(clean(&c, e));
	c.a = &a;
	for (struct date d = date_make(year, 1, 1); d.y == year; d = date_add_days(d, 1)) {
		/* ten in the morning there */
		clock.fixed =
		        (int64_t)date_days(d) * 86400 + 36000 - (int64_t)clock.offset_min * 60;
		TRY(one_day(&c, d, &out, e));
		for (size_t i = 0; i < out.counts.n; i++) { /* words outlive the day */
			out.counts.v[i].code = str_dup(given->a, out.counts.v[i].code);
			out.counts.v[i].said = str_dup(given->a, out.counts.v[i].said);
		}
		arena_clear(&a);
		arena_init(&a, LIMIT_ARENA_REQUEST);
	}
	*ret = out;
	return EC_OK;
}
