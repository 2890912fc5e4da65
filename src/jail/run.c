#include "jail/jail.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "jail/frame.h"
#include "jail/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The running child as the parent sees it. */
struct child {
	pid_t pid; /* 0: none */
	int fd;
	int64_t deadline; /* clock_monotonic_us */
	struct str to_send[4];
	size_t sending;
	size_t out_left;
};

static void child_end(struct child *c)
{
	if (c->fd >= 0)
		close(c->fd);
	if (c->pid > 0) { /* not yet waited for, so the number is still ours */
		(void)kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
}

#define AUTO_CHILD __attribute__((cleanup(child_end))) struct child

/* This program; in a chroot without /proc by the path it was started with. */
static const char *own_exe(void)
{
	static const char proc[] = "/proc/self/exe";
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): that is what the kernel hands over */
	return access(proc, X_OK) == 0 ? proc : (const char *)getauxval(AT_EXECFN);
}

static int spawn(struct child *c, int theirs, const char *exe)
{
	AUTO_ARENA(a, 64 * KIB);
	char *argv[] = {str_z(&a, STR("soko")), str_z(&a, STR("jail")),
	        arena_printf(&a, "%d", (int)getpid()), NULL};
	/* the environment may hold passwords; only sanitizers need theirs */
	char *none[] = {NULL};
	posix_spawn_file_actions_t act;
	posix_spawnattr_t attr;
	sigset_t set;
	posix_spawn_file_actions_init(&act);
	posix_spawnattr_init(&attr);
	posix_spawn_file_actions_adddup2(&act, theirs, JAIL_FD);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attr, &set);
	sigaddset(&set, SIGPIPE);
	sigaddset(&set, SIGXCPU);
	sigaddset(&set, SIGABRT);
	posix_spawnattr_setsigdefault(&attr, &set);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int error = posix_spawn(&c->pid, exe, &act, &attr, argv, JAIL_SANITIZED ? environ : none);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&act);
	if (error != 0)
		c->pid = 0;
	return error;
}

static enum ec start(struct child *c, const char *exe, struct err *e)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(e, EC_IO, "изолированный обработчик не запускается");
	c->fd = pair[0];
	AUTO_FD theirs = pair[1];
	int error = spawn(c, theirs, exe != NULL ? exe : own_exe());
	if (error != 0)
		return err_set(e, EC_IO, "изолированный обработчик не запускается: %s",
		        strerrorname_np(error));
	return EC_OK;
}

/* Sends what still waits, as much as goes without blocking. False when the child is gone: then the
 * reading side says why. */
static bool send_some(struct child *c)
{
	while (c->sending < ARRAY_LEN(c->to_send)) {
		struct str *s = &c->to_send[c->sending];
		if (s->n == 0) {
			c->sending++;
			continue;
		}
		ssize_t k = send(c->fd, s->p, s->n, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (k < 0)
			return errno == EAGAIN || errno == EINTR;
		*s = str_skip(*s, (size_t)k);
	}
	return true;
}

enum got { GOT_ALL, GOT_END, GOT_LATE };

/* Reads exactly n bytes, feeding the child its input meanwhile. */
static enum got take(struct child *c, void *to, size_t n)
{
	char *at = to;
	while (n > 0) {
		int64_t left = c->deadline - clock_monotonic_us();
		if (left <= 0)
			return GOT_LATE;
		bool more = c->sending < ARRAY_LEN(c->to_send);
		struct pollfd p = {.fd = c->fd, .events = (short)(POLLIN | (more ? POLLOUT : 0))};
		int k = poll(&p, 1, left > 1000000 ? 1000 : (int)(left / 1000) + 1);
		if (k < 0 && errno != EINTR)
			return GOT_END;
		if (k <= 0)
			continue;
		if (p.revents & POLLOUT && !send_some(c))
			c->sending = ARRAY_LEN(c->to_send);
		if (!(p.revents & (POLLIN | POLLHUP | POLLERR)))
			continue;
		ssize_t r = recv(c->fd, at, n, MSG_DONTWAIT);
		if (r < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (r <= 0)
			return GOT_END;
		at += r;
		n -= (size_t)r;
	}
	return GOT_ALL;
}

/* Why a child that said nothing more is gone. */
static enum ec explain(struct child *c, struct err *e)
{
	int status = 0;
	(void)kill(
	        c->pid, SIGKILL); /* it may only have closed its socket; a dead one does not mind */
	pid_t pid;
	while ((pid = waitpid(c->pid, &status, 0)) < 0 && errno == EINTR)
		;
	c->pid = 0;
	if (pid > 0 && WIFSIGNALED(status)) {
		switch (WTERMSIG(status)) {
		case SIGXCPU:
			return err_set(e, EC_LIMIT, "обработка файла заняла слишком много времени");
		case SIGABRT:
			return err_set(e, EC_LIMIT,
			        "файл требует слишком много памяти или устроен неожиданно");
		case SIGSYS:
			return err_set(e, EC_INPUT,
			        "обработка файла остановлена: попытка недопустимого действия");
		default:
			return err_set(e, EC_INPUT,
			        "файл не удалось прочитать: обработчик остановился аварийно "
			        "(сигнал %d)",
			        WTERMSIG(status));
		}
	}
	if (pid > 0 && WEXITSTATUS(status) == 127)
		return err_set(e, EC_IO, "изолированный обработчик не запускается");
	return err_set(e, EC_INPUT, "файл не удалось прочитать: обработчик остановился");
}

static enum ec not_all(struct child *c, enum got got, struct err *e)
{
	if (got == GOT_LATE)
		return err_set(e, EC_LIMIT, "обработка файла заняла слишком много времени");
	return explain(c, e);
}

static enum ec odd(struct err *e)
{
	return err_set(e, EC_INPUT, "файл не удалось прочитать: ответ обработчика неверен");
}

/* The child's own refusal: its code and words, if they are such. */
static enum ec refusal(struct child *c, const struct jail_frame *f, struct err *e)
{
	char msg[sizeof(e->msg)];
	if (f->n >= sizeof(msg) || f->code == EC_OK || f->code > EC_DB)
		return odd(e);
	enum got got = take(c, msg, f->n);
	if (got != GOT_ALL)
		return not_all(c, got, e);
	struct str s = {msg, f->n};
	if (!utf8_valid(s))
		return odd(e);
	return err_set(e, (enum ec)f->code, STR_FMT, STR_ARG(s));
}

/* One piece of the answer into the collector or to the consumer. */
static enum ec piece(struct child *c, const struct jail_job *job, const struct jail_frame *f,
        struct buf *all, struct arena *scratch, struct err *e)
{
	if (f->n > LIMIT_JAIL_PIECE)
		return odd(e);
	if (f->n > c->out_left)
		return err_set(e, EC_LIMIT, "файл даёт слишком много данных");
	c->out_left -= f->n;
	struct arena_mark mark = arena_mark(scratch);
	char *p = arena_alloc(scratch, f->n + 1);
	enum got got = take(c, p, f->n);
	if (got != GOT_ALL)
		return not_all(c, got, e);
	struct str s = {p, f->n};
	enum ec code = EC_OK;
	if (job->piece != NULL)
		code = job->piece(job->user, s, e);
	else
		buf_add(all, s);
	arena_reset(scratch, mark);
	return code;
}

static enum ec progress(
        struct child *c, const struct jail_job *job, const struct jail_frame *f, struct err *e)
{
	struct jail_progress p;
	if (f->n != sizeof(p))
		return odd(e);
	enum got got = take(c, &p, sizeof(p));
	if (got != GOT_ALL)
		return not_all(c, got, e);
	return job->progress == NULL ? EC_OK : job->progress(job->user, p.done, p.all, e);
}

static enum ec converse(struct child *c, const struct jail_job *job, struct buf *all, struct err *e)
{
	AUTO_ARENA(scratch, 2 * LIMIT_JAIL_PIECE);
	for (;;) {
		struct jail_frame f;
		enum got got = take(c, &f, sizeof(f));
		if (got != GOT_ALL)
			return not_all(c, got, e);
		switch (f.kind) {
		case JAIL_PIECE:
			TRY(piece(c, job, &f, all, &scratch, e));
			break;
		case JAIL_PROGRESS:
			TRY(progress(c, job, &f, e));
			break;
		case JAIL_DONE:
			return f.n == 0 ? EC_OK : odd(e);
		case JAIL_FAIL:
			return refusal(c, &f, e);
		default:
			return odd(e);
		}
	}
}

static unsigned or_default(unsigned v, unsigned instead)
{
	return v != 0 ? v : instead;
}

enum ec jail_run(const struct jail_job *job, struct arena *a, struct str *ret, struct err *e)
{
	struct str task = str_c(job->task);
	if (job->input.n > LIMIT_FILE || job->options.n > MIB)
		return err_set(e, EC_LIMIT, "файл больше %lu МБ", LIMIT_FILE / MIB);
	size_t max = job->max_output != 0 ? job->max_output : LIMIT_JAIL_OUTPUT;
	if (job->piece == NULL && max > arena_left(a) / 4)
		max = arena_left(a) / 4; /* the collector doubles */
	const struct jail_head head = {
	        .magic = JAIL_MAGIC,
	        .task_n = (uint32_t)task.n,
	        .options_n = (uint32_t)job->options.n,
	        .input_n = job->input.n,
	        .memory = job->memory != 0 ? job->memory : LIMIT_JAIL_MEMORY,
	        .cpu_seconds = or_default(job->cpu_seconds, LIMIT_JAIL_CPU_SECONDS),
	};
	AUTO_CHILD c = {
	        .fd = -1,
	        .to_send = {{(const char *)&head, sizeof(head)}, task, job->options, job->input},
	        .out_left = max,
	};
	TRY(start(&c, job->exe, e));
	c.deadline = clock_monotonic_us() +
	             (int64_t)or_default(job->wall_seconds, LIMIT_JAIL_WALL_SECONDS) * 1000000;
	struct buf all;
	buf_init(&all, a, max);
	TRY(converse(&c, job, &all, e));
	*ret = all.n > 0 ? buf_str(&all) : STR("");
	return EC_OK;
}
