/* The queue of long work: rights, results, workers that die. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/job.h"
#include "dbfix.h"
#include "test.h"

static const struct clock noon = {.fixed = 1700000000};

static enum ec run_good(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	(void)e;
	*ret_message = str_printf(c->a, STR_FMT " = %zu", STR_ARG(in->name), in->bytes.n);
	return EC_OK;
}

static enum ec run_bad(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	(void)c;
	(void)in;
	(void)ret_message;
	return err_set(e, EC_INPUT, "файл не тот");
}

/* A worker that dies: it never comes back with an answer. Here it comes back, but the test turns
 * the clock and asks another worker before. */
static enum ec run_slow(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct clock late = {.fixed = c->clock->fixed + JOB_LEASE + 1};
	struct ctx other = *c;
	static const struct job_kind good[] = {
	        {STR_INIT("slow"), STR_INIT(""), CAP_RESULT_LOAD, run_good}};
	struct job_kinds kinds = {good, 1};
	bool worked = false;
	other.clock = &late;
	other.actor = &actor_program;
	CHECK_OK(job_work(&other, &kinds, &worked, e));
	CHECK(worked);
	(void)in;
	*ret_message = STR("поздно");
	return EC_OK;
}

static const struct job_kind kind[] = {
        {STR_INIT("good"), STR_INIT("хорошее"), CAP_RESULT_LOAD, run_good},
        {STR_INIT("bad"), STR_INIT("плохое"), CAP_RESULT_LOAD, run_bad},
        {STR_INIT("slow"), STR_INIT("долгое"), CAP_RESULT_LOAD, run_slow},
};
static const struct job_kinds kinds = {kind, ARRAY_LEN(kind)};

static void queue(struct db *db)
{
	AUTO_ARENA(a, 16 * MIB);
	struct err e = {0};
	CHECK_OK(secret_init(&e));
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	int64_t good = 0;
	int64_t bad = 0;
	struct job_form f = {STR("good"), STR(""), STR("файл.csv"), STR("12345")};
	CHECK_OK(job_add(&c, &kinds, &f, &good, &e));
	f.kind = STR("bad"); /* the same bytes are stored once */
	CHECK_OK(job_add(&c, &kinds, &f, &bad, &e));
	f.kind = STR("no such");
	CHECK_INT(job_add(&c, &kinds, &f, &bad, &e), EC_INPUT);
	struct actor_role school = {ROLE_SCHOOL, 1, 1};
	struct actor head = {.user_id = 5, .role = &school, .n_roles = 1};
	struct ctx as_school = c;
	as_school.actor = &head;
	f.kind = STR("good");
	CHECK_INT(job_add(&as_school, &kinds, &f, &bad, &e), EC_DENIED);
	bool worked = false;
	for (int i = 0; i < 2; i++) {
		CHECK_OK(job_work(&c, &kinds, &worked, &e));
		CHECK(worked);
	}
	CHECK_OK(job_work(&c, &kinds, &worked, &e));
	CHECK(!worked);
	struct job j = {0};
	CHECK_OK(job_get(&c, good, &j, &e));
	CHECK_STR(j.state, STR("done"));
	CHECK_STR(j.message, STR("файл.csv = 5"));
	CHECK_INT(job_get(&as_school, good, &j, &e), EC_NOTFOUND);
	struct job_list l;
	CHECK_OK(job_list(&c, 10, &l, &e));
	REQUIRE(l.n == 2);
	CHECK_STR(l.v[0].state, STR("failed"));
	CHECK_STR(l.v[0].message, STR("файл не тот"));
}

TEST(jobs_are_taken_once_in_order_and_tell_how_they_ended)
{
	dbfix_each(queue);
}

static void lost(struct db *db)
{
	AUTO_ARENA(a, 16 * MIB);
	struct err e = {0};
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	int64_t id = 0;
	bool worked = false;
	CHECK_OK(job_add(&c, &kinds, &(struct job_form){.kind = STR("slow")}, &id, &e));
	CHECK_OK(job_work(&c, &kinds, &worked, &e));
	struct job j = {0};
	CHECK_OK(job_get(&c, id, &j, &e));
	CHECK_STR(j.state, STR("done"));
	CHECK_STR(j.message, STR(" = 0")); /* the answer of the one who holds the job */
	/* a sign of life of a job that has ended tells the worker to stop */
	CHECK_INT(job_tell(&c, &(struct job_sign){id, 50, STR("половина")}, &e), EC_CONFLICT);
}

TEST(a_job_whose_worker_went_silent_is_given_to_another)
{
	dbfix_each(lost);
}
