/* A confined worker process: untrusted bytes are parsed where they can do no harm.
 *
 * jail_run starts the program again as `soko jail`, hands over the name of a task, options and
 * bytes, and takes the answer. Before it looks at the bytes the child gives up everything: no
 * files, no network, no processes (seccomp allow-list, Landlock, resource limits, no new
 * privileges). A crash, a loop or a flood of output in the child is an error for that file only.
 * The jail knows no document: tasks are given by the caller.
 *
 * Model: OpenBSD's rpki-client (parser process and framed messages). */
#ifndef JAIL_JAIL_H
#define JAIL_JAIL_H

#include "base/str.h"

/* The answer of a task on its way to the parent. */
struct jail_out;
/* Sends bytes; one put arrives in one piece (several puts may arrive together). EC_LIMIT when a
 * piece is larger than LIMIT_JAIL_PIECE. */
MUST_USE enum ec jail_put(struct jail_out *out, struct str piece, struct err *e);
/* Tells the parent how far the work is, at once. */
MUST_USE enum ec jail_tell(struct jail_out *out, uint32_t done, uint32_t all, struct err *e);
/* What the task's prepare gave; NULL when it has none. */
void *jail_prepared(const struct jail_out *out);

/* How an installation starts its children; what core carries around. */
struct jail {
	const char *exe; /* program to start; NULL: this one */
};

/* Something the child can do. */
struct jail_task {
	const char *name;
	enum ec (*run)(struct arena *a, struct str options, struct str input, struct jail_out *out,
	        struct err *e);
	/* Or NULL: called before the rights are given up, for libraries that read files of their
	 * own when they start. Never sees the input. */
	void *(*prepare)(void);
	/* A library of the task looks for files that need not exist: asking for one fails there,
	 * elsewhere it ends the child. */
	bool asks_files;
};

struct jail_job {
	const char *exe;  /* program to start; NULL: this one */
	const char *task; /* name of a task the program knows */
	struct str options, input;
	/* 0 means the value of base/limits.h */
	size_t memory, max_output;
	unsigned cpu_seconds, wall_seconds;
	/* Takes the answer piece by piece while the child still works; NULL: jail_run collects it.
	 * A code other than EC_OK ends the child and is returned. */
	enum ec (*piece)(void *user, struct str piece, struct err *e);
	/* Hears how far the child is; NULL: nobody asks. A code other than EC_OK ends the child. */
	enum ec (*progress)(void *user, uint32_t done, uint32_t all, struct err *e);
	void *user; /* of both */
};

/* Runs a job and waits for it. The child's own refusal comes with its code and message; EC_INPUT:
 * the child crashed or did what is forbidden; EC_LIMIT: time, memory or output; EC_IO: no child
 * could be started. Messages are in Russian. Safe to call from several threads. */
MUST_USE enum ec jail_run(
        const struct jail_job *job, struct arena *a, struct str *ret, struct err *e);

/* The child: to be called first thing in main for `PROGRAM jail …`; returns the exit status. */
int jail_main(int argc, char **argv, const struct jail_task *task, size_t n);

#endif
