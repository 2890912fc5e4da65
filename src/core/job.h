/* Long work behind the page: a queue in the database, taken by `soko work`. A job whose worker died
 * is given to another one after JOB_LEASE seconds, three times at most; so a kind must be able to
 * run twice (imports are: the same file again changes nothing). */
#ifndef CORE_JOB_H
#define CORE_JOB_H

#include "core/ctx.h"

#define JOB_LEASE 900 /* seconds without a sign of life */
#define JOB_TRIES 3

/* What a kind gets. The actor of c is the person who asked for it. */
struct job_input {
	int64_t id;
	struct str params;      /* JSON as given */
	struct str name, bytes; /* of the file, empty when the job has none */
};

/* One row a kind. run opens its own transactions. *ret_message: Russian, one line, for the page. */
struct job_kind {
	struct str name, title; /* "results", «загрузка результатов» */
	enum cap cap;           /* right needed to ask for it */
	enum ec (*run)(const struct ctx *c, const struct job_input *in, struct str *ret_message,
	        struct err *e);
};
struct job_kinds {
	const struct job_kind *v;
	size_t n;
};

struct job_form {
	struct str kind, params; /* params: JSON, empty means {} */
	struct str name, bytes;  /* optional file */
};
/* EC_INPUT for an unknown kind, EC_DENIED without its right. One transaction of its own. */
MUST_USE enum ec job_add(const struct ctx *c, const struct job_kinds *kinds,
        const struct job_form *f, int64_t *ret_id, struct err *e);

struct job {
	int64_t id;
	struct str kind, state; /* waiting, running, done, failed */
	struct str state_title; /* «ждёт», «выполняется» … */
	int progress;           /* per cent */
	struct str message, file_name;
	int64_t created_at, started_at, finished_at; /* INT64_MIN: not yet */
};
/* One's own job (the auditor sees all). EC_NOTFOUND. */
MUST_USE enum ec job_get(const struct ctx *c, int64_t id, struct job *ret, struct err *e);
struct job_list {
	struct job *v;
	size_t n;
};
/* The latest, one's own (the auditor sees all), newest first. */
MUST_USE enum ec job_list(const struct ctx *c, int64_t n, struct job_list *ret, struct err *e);

/* Sign of life and progress while a job runs; inside no transaction. EC_CONFLICT: the job was given
 * to another worker, stop. */
struct job_sign {
	int64_t id;
	int progress;
	struct str message;
};
MUST_USE enum ec job_tell(const struct ctx *c, const struct job_sign *s, struct err *e);

/* The worker: takes one job and runs it to its end. *ret_worked false: nothing waited. A job that
 * fails is recorded as failed, not returned; EC_DB when the queue itself cannot be used. */
MUST_USE enum ec job_work(
        const struct ctx *c, const struct job_kinds *kinds, bool *ret_worked, struct err *e);

#endif
