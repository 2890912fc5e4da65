#include "core/job.h"

#include "base/log.h"
#include "base/secret.h"
#include "core/actor_load.h"
#include "core/fact.h"
#include "db/q_job.h"

static const struct job_kind *kind_of(const struct job_kinds *kinds, struct str name)
{
	for (size_t i = 0; i < kinds->n; i++)
		if (str_eq(kinds->v[i].name, name))
			return &kinds->v[i];
	return NULL;
}

static enum ec put_file(
        const struct ctx *c, const struct job_form *f, int64_t *ret_id, struct err *e)
{
	struct q_job_file there;
	struct q_job_file_put row;
	struct str hash = secret_hash_hex(c->a, f->bytes);
	enum ec ec = q_job_file(c->db, c->a, &(struct q_job_file_in){hash}, &there, e);
	if (ec != EC_NOTFOUND) {
		TRY(ec);
		*ret_id = there.id;
		return EC_OK;
	}
	TRY(q_job_file_put(c->db, c->a,
	        &(struct q_job_file_put_in){hash, utf8_head(f->name, 200),
	                STR("application/octet-stream"), (int64_t)f->bytes.n, f->bytes,
	                clock_now(c->clock), acting_user(c)},
	        &row, e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec job_add(const struct ctx *c, const struct job_kinds *kinds, const struct job_form *f,
        int64_t *ret_id, struct err *e)
{
	const struct job_kind *k = kind_of(kinds, f->kind);
	struct scope s;
	struct q_job_insert row;
	int64_t file_id = DB_NULL_INT;
	if (k == NULL)
		return err_set(e, EC_INPUT, "неизвестный вид задания");
	TRY(must_scope(c, k->cap, &s, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	if (f->bytes.n > 0)
		TRY(put_file(c, f, &file_id, e));
	TRY(q_job_insert(c->db, c->a,
	        &(struct q_job_insert_in){f->kind, f->params.n > 0 ? f->params : STR("{}"),
	                clock_now(c->clock), acting_user(c), file_id},
	        &row, e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

static struct str state_title(struct str state)
{
	static const struct {
		struct str name, title;
	} v[] = {
	        {STR_INIT("waiting"), STR_INIT("ждёт")},
	        {STR_INIT("running"), STR_INIT("выполняется")},
	        {STR_INIT("done"), STR_INIT("готово")},
	        {STR_INIT("failed"), STR_INIT("не удалось")},
	};
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		if (str_eq(v[i].name, state))
			return v[i].title;
	return state;
}

/* q_job_one and q_job_recent have the same columns. */
#define JOB_OF(r)                                                                                  \
	((struct job){.id = (r)->id,                                                               \
	        .kind = (r)->kind,                                                                 \
	        .state = (r)->state,                                                               \
	        .state_title = state_title((r)->state),                                            \
	        .progress = (int)(r)->progress,                                                    \
	        .message = (r)->message,                                                           \
	        .file_name = or_empty((r)->file_name),                                             \
	        .created_at = (r)->created_at,                                                     \
	        .started_at = (r)->started_at,                                                     \
	        .finished_at = (r)->finished_at})

static bool sees_all(const struct ctx *c)
{
	return actor_may(c->actor, CAP_AUDIT_READ, ACTOR_ALL, ACTOR_ALL);
}

enum ec job_get(const struct ctx *c, int64_t id, struct job *ret, struct err *e)
{
	struct q_job_one r;
	enum ec ec = q_job_one(c->db, c->a, &(struct q_job_one_in){id}, &r, e);
	if (ec == EC_NOTFOUND || (ec == EC_OK && !sees_all(c) && r.user_id != c->actor->user_id))
		return err_set(e, EC_NOTFOUND, "нет такого задания");
	TRY(ec);
	*ret = JOB_OF(&r);
	return EC_OK;
}

enum ec job_list(const struct ctx *c, int64_t n, struct job_list *ret, struct err *e)
{
	struct q_job_recent_rows rows;
	TRY(q_job_recent(c->db, c->a,
	        &(struct q_job_recent_in){sees_all(c) ? DB_NULL_INT : c->actor->user_id, n}, &rows,
	        e));
	struct job *v = arena_new(c->a, struct job, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = JOB_OF(&rows.v[i]);
	*ret = (struct job_list){v, rows.n};
	return EC_OK;
}

enum ec job_tell(const struct ctx *c, const struct job_sign *s, struct err *e)
{
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_job_sign(c->db,
	        &(struct q_job_sign_in){s->id, clock_now(c->clock), s->progress, s->message}, &n,
	        e));
	if (n == 0)
		return err_set(e, EC_CONFLICT, "задание передано другому исполнителю");
	return tx_commit(&tx, e);
}

static enum ec take(const struct ctx *c, struct q_job_take *ret, bool *ret_worked, struct err *e)
{
	int64_t now = clock_now(c->clock);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	enum ec ec = q_job_take(c->db, c->a, &(struct q_job_take_in){now, now - JOB_LEASE}, ret, e);
	*ret_worked = ec == EC_OK;
	if (ec == EC_NOTFOUND)
		return EC_OK;
	TRY(ec);
	return tx_commit(&tx, e);
}

/* A file in work tells of its pages: the job's sign of life. */
struct telling {
	const struct ctx *c;
	int64_t id;
};

static enum ec tell_pages(void *user, uint32_t done, uint32_t all, struct err *e)
{
	const struct telling *t = user;
	struct arena_mark mark = arena_mark(t->c->a);
	const struct job_sign sign = {t->id, all == 0 ? 0 : (int)(100 * (uint64_t)done / all),
	        str_printf(t->c->a, "страница %u из %u", done, all)};
	enum ec code = job_tell(t->c, &sign, e);
	arena_reset(t->c->a, mark);
	return code;
}

static enum ec end(const struct ctx *c, const struct q_job_take *j, bool done, struct str message,
        struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_job_end(c->db,
	        &(struct q_job_end_in){j->id, done ? STR("done") : STR("failed"),
	                utf8_head(message, 1000), clock_now(c->clock), j->tries},
	        e));
	return tx_commit(&tx, e);
}

/* Runs the job as the person who asked for it. */
static enum ec run(const struct ctx *c, const struct job_kinds *kinds, const struct q_job_take *j,
        struct str *ret_message, struct err *e)
{
	const struct job_kind *k = kind_of(kinds, j->kind);
	struct job_input in = {.id = j->id, .params = j->params, .name = STR(""), .bytes = STR("")};
	struct actor who = actor_program;
	if (k == NULL)
		return err_set(e, EC_INPUT, "эта версия программы не знает задания «" STR_FMT "»",
		        STR_ARG(j->kind));
	if (j->tries > JOB_TRIES)
		return err_set(e, EC_IO, "исполнитель прервался %d раза подряд", JOB_TRIES);
	if (j->user_id != DB_NULL_INT) {
		struct q_job_user u;
		TRY(q_job_user(c->db, c->a, &(struct q_job_user_in){j->user_id}, &u, e));
		if (u.active == 0)
			return err_set(e, EC_DENIED, "пользователь отключён");
		TRY(actor_load(c, &(struct actor_person){u.id, u.login, u.full_name}, &who, e));
	}
	if (j->file_id != DB_NULL_INT) {
		struct q_job_bytes f;
		TRY(q_job_bytes(c->db, c->a, &(struct q_job_bytes_in){j->file_id}, &f, e));
		in.name = f.name;
		in.bytes = f.bytes;
	}
	struct ctx as = *c;
	struct telling telling = {c, j->id};
	const struct ctx_progress progress = {tell_pages, &telling};
	as.actor = &who;
	as.progress = &progress;
	return k->run(&as, &in, ret_message, e);
}

enum ec job_work(
        const struct ctx *c, const struct job_kinds *kinds, bool *ret_worked, struct err *e)
{
	struct q_job_take j;
	struct err bad = {0};
	struct str message = STR("");
	TRY(take(c, &j, ret_worked, e));
	if (!*ret_worked)
		return EC_OK;
	enum ec ec = run(c, kinds, &j, &message, &bad);
	if (ec != EC_OK)
		message = str_c(bad.msg);
	log_line(ec == EC_OK ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, "job %lld " STR_FMT ": %s%s%s",
	        (long long)j.id, STR_ARG(j.kind), ec_name(ec), ec == EC_OK ? "" : ", ",
	        ec == EC_OK ? "" : bad.msg);
	return end(c, &j, ec == EC_OK, message, e);
}
