#include "jail/jail.h"

#include "base/buf.h"
#include "base/cur.h"
#include "base/limits.h"
#include "jail/frame.h"
#include "jail/lock.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { TOGETHER = 64 * 1024 }; /* small pieces travel together */

struct jail_out {
	char held[TOGETHER];
	size_t n;
	void *prepared;
};

static bool send_all(const void *p, size_t n)
{
	const char *at = p;
	while (n > 0) {
		ssize_t k = write(JAIL_FD, at, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		at += k;
		n -= (size_t)k;
	}
	return true;
}

static bool take_all(void *p, size_t n)
{
	char *at = p;
	while (n > 0) {
		ssize_t k = read(JAIL_FD, at, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		at += k;
		n -= (size_t)k;
	}
	return true;
}

static enum ec frame(enum jail_kind kind, enum ec code, struct str s, struct err *e)
{
	const struct jail_frame head = {.kind = kind, .code = code, .n = s.n};
	if (!send_all(&head, sizeof(head)) || !send_all(s.p, s.n))
		return err_set(e, EC_IO, "связь с изолированным обработчиком прервана");
	return EC_OK;
}

static enum ec flush(struct jail_out *out, struct err *e)
{
	struct str held = {out->held, out->n};
	out->n = 0;
	return held.n == 0 ? EC_OK : frame(JAIL_PIECE, EC_OK, held, e);
}

enum ec jail_put(struct jail_out *out, struct str piece, struct err *e)
{
	if (piece.n > LIMIT_JAIL_PIECE)
		return err_set(e, EC_LIMIT, "в файле слишком длинная запись");
	if (out->n + piece.n > TOGETHER)
		TRY(flush(out, e));
	if (piece.n > TOGETHER)
		return frame(JAIL_PIECE, EC_OK, piece, e);
	if (piece.n > 0)
		memcpy(out->held + out->n, piece.p, piece.n);
	out->n += piece.n;
	return EC_OK;
}

enum ec jail_tell(struct jail_out *out, uint32_t done, uint32_t all, struct err *e)
{
	const struct jail_progress p = {done, all};
	(void)out;
	return frame(JAIL_PROGRESS, EC_OK, (struct str){(const char *)&p, sizeof(p)}, e);
}

void *jail_prepared(const struct jail_out *out)
{
	return out->prepared;
}

static struct str take_str(struct arena *a, size_t n, bool *ok)
{
	char *p = arena_alloc(a, n + 1);
	*ok = *ok && take_all(p, n);
	return (struct str){p, n};
}

/* The task of the name that comes first over the socket; NULL: none of ours. */
static const struct jail_task *find_task(
        const struct jail_head *head, const struct jail_task *task, size_t n)
{
	char name[64];
	if (head->task_n > sizeof(name) || !take_all(name, head->task_n))
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (str_eq_z((struct str){name, head->task_n}, task[i].name))
			return &task[i];
	return NULL;
}

static enum ec work(const struct jail_head *head, const struct jail_task *task,
        struct jail_out *out, struct err *e)
{
	if (task == NULL)
		return err_set(e, EC_NOTFOUND, "изолированный обработчик не знает задачи");
	AUTO_ARENA(a, head->memory);
	bool ok = true;
	struct str options = take_str(&a, head->options_n, &ok);
	struct str input = take_str(&a, head->input_n, &ok);
	if (!ok)
		return err_set(e, EC_IO, "связь с изолированным обработчиком прервана");
	TRY(task->run(&a, options, input, out, e));
	return flush(out, e);
}

/* The parent's process number is the argument: if it died before PR_SET_PDEATHSIG, nobody would end
 * us. */
static bool parent_lives(int argc, char **argv)
{
	uint64_t pid = 0;
	struct cur c = CUR(str_c(argc > 2 ? argv[2] : ""));
	return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
	       cur_uint(&c, 10, INT32_MAX, &pid) && (uint64_t)getppid() == pid;
}

int jail_main(int argc, char **argv, const struct jail_task *task, size_t n)
{
	struct jail_head head;
	if (!parent_lives(argc, argv) || !take_all(&head, sizeof(head)) || head.magic != JAIL_MAGIC)
		return 2; /* not started by jail_run */
	struct err e = {0};
	struct jail_out out = {.n = 0};
	const struct jail_task *mine = find_task(&head, task, n);
	if (mine != NULL && mine->prepare != NULL)
		out.prepared = mine->prepare();
	enum ec code =
	        jail_lock(head.memory, head.cpu_seconds, mine != NULL && mine->asks_files, &e);
	if (code == EC_OK)
		code = work(&head, mine, &out, &e);
	struct err ignored;
	if (code == EC_OK)
		code = frame(JAIL_DONE, EC_OK, STR(""), &ignored);
	else
		code = frame(JAIL_FAIL, code, str_c(e.msg), &ignored);
	_exit(code == EC_OK ? 0 : 1); /* nothing of ours needs atexit */
}
