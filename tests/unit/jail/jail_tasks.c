/* A program whose only work is to be jailed: tasks that behave, and tasks that do not. */
#include "base/limits.h"
#include "jail/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static enum ec echo(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a;
	TRY(jail_put(out, options, e));
	return jail_put(out, input, e);
}

static enum ec refuse(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)out;
	return err_set(e, EC_CONFLICT, "не хочу: " STR_FMT, STR_ARG(input));
}

static enum ec crash(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out, (void)e;
	__builtin_trap();
	return EC_OK;
}

static enum ec loop(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out, (void)e;
	for (volatile uint64_t i = 1; i != 0; i++)
		;
	return EC_OK;
}

static enum ec greedy(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)options, (void)input, (void)out, (void)e;
	size_t n = 0;
	while (n < SIZE_MAX)
		n += *(unsigned char *)memset(arena_alloc(a, MIB), 1, MIB);
	return EC_OK;
}

static enum ec flood(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)options, (void)input;
	char *p = arena_alloc(a, 100000);
	for (;;)
		TRY(jail_put(out, (struct str){p, 100000}, e));
}

/* Under a sanitizer a forbidden call fails instead of killing: then say so. */
static enum ec after_call(long result, struct err *e)
{
	return result < 0 ? err_set(e, EC_INPUT, "EPERM") : err_set(e, EC_DB, "allowed");
}

static enum ec open_file(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out;
	return after_call(open("/etc/passwd", O_RDONLY | O_CLOEXEC), e);
}

static enum ec open_socket(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out;
	return after_call(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), e);
}

static enum ec fork_off(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out;
	return after_call(syscall(SYS_fork), e);
}

static enum ec make_code(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out;
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return after_call(p == MAP_FAILED ? -1 : 0, e);
}

static enum ec kill_parent(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)input, (void)out;
	return after_call(syscall(SYS_kill, getppid(), 0), e);
}

static int byte_cmp(const void *x, const void *y)
{
	return *(const unsigned char *)x - *(const unsigned char *)y;
}

/* Library calls that parsers make must live inside. */
static enum ec sort(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)options;
	struct str s = str_dup(a, input);
	char *p = str_z(a, s);
	qsort(p, s.n, 1, byte_cmp);
	(void)arena_alloc(a, 32 * MIB);
	return jail_put(out, str_sub((struct str){p, s.n}, 0, 3), e);
}

static enum ec tell(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options;
	for (uint32_t i = 1; i <= 3; i++)
		TRY(jail_tell(out, i, 3, e));
	TRY(jail_put(out, str_c(jail_prepared(out)), e));
	return jail_put(out, input, e);
}

static void *carry(void)
{
	static const char word[] = "prepared ";
	return (void *)(uintptr_t)word;
}

/* Writes to the socket what no honest child writes. */
static enum ec lie(
        struct arena *a, struct str options, struct str input, struct jail_out *out, struct err *e)
{
	(void)a, (void)options, (void)out;
	if (write(0, input.p, input.n) != (ssize_t)input.n)
		return err_set(e, EC_IO, "write");
	_exit(0);
}

static const struct jail_task tasks[] = {
        {.name = "echo", .run = echo},
        {.name = "refuse", .run = refuse},
        {.name = "crash", .run = crash},
        {.name = "loop", .run = loop},
        {.name = "greedy", .run = greedy},
        {.name = "flood", .run = flood},
        {.name = "open", .run = open_file},
        {.name = "socket", .run = open_socket},
        {.name = "fork", .run = fork_off},
        {.name = "code", .run = make_code},
        {.name = "kill", .run = kill_parent},
        {.name = "sort", .run = sort},
        {.name = "lie", .run = lie},
        {.name = "tell", .run = tell, .prepare = carry},
};

int main(int argc, char **argv)
{
	return jail_main(argc, argv, tasks, ARRAY_LEN(tasks));
}
