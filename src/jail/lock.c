#include "jail/lock.h"

#include "base/limits.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static enum ec refused(const char *what, struct err *e)
{
	return err_set(e, EC_IO, "изолированный обработчик: %s: %s", what, strerrorname_np(errno));
}

static enum ec limits(uint64_t memory, unsigned cpu_seconds, struct err *e)
{
	const struct {
		__rlimit_resource_t what;
		rlim_t soft, hard;
	} limit[] = {
	        {RLIMIT_AS, memory, memory},
	        {RLIMIT_CPU, cpu_seconds, cpu_seconds + 1}, /* SIGXCPU, then SIGKILL */
	        {RLIMIT_NOFILE, 0, 0},
	        {RLIMIT_FSIZE, 0, 0},
	        {RLIMIT_NPROC, 0, 0},
	        {RLIMIT_CORE, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(limit); i++) {
		if (JAIL_SANITIZED &&
		        (limit[i].what == RLIMIT_AS || limit[i].what == RLIMIT_NOFILE))
			continue;
		const struct rlimit r = {limit[i].soft, limit[i].hard};
		if (setrlimit(limit[i].what, &r) != 0)
			return refused("setrlimit", e);
	}
	return EC_OK;
}

/* No path can be opened, by any call. Kernels without Landlock are left to seccomp. */
static void landlock(void)
{
	struct landlock_ruleset_attr rules = {
	        .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	                             LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
	                             LANDLOCK_ACCESS_FS_REMOVE_DIR |
	                             LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	                             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	                             LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	                             LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
	long fd = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
	if (fd < 0)
		return;
	(void)syscall(SYS_landlock_restrict_self, (int)fd, 0);
	close((int)fd);
}

/* What computing needs: bytes over the socket, memory, locks inside the process, time, the end. */
static const int allowed[] = {
        SCMP_SYS(read),
        SCMP_SYS(write),
        SCMP_SYS(close),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(brk),
        SCMP_SYS(madvise),
        SCMP_SYS(futex),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(sched_yield),
        SCMP_SYS(sysinfo), /* qsort asks how much memory there is */
        SCMP_SYS(restart_syscall),
};

/* Calls that name files, and what follows them. */
static const int file_calls[] = {
        SCMP_SYS(open),
        SCMP_SYS(openat),
        SCMP_SYS(access),
        SCMP_SYS(faccessat),
        SCMP_SYS(faccessat2),
        SCMP_SYS(stat),
        SCMP_SYS(lstat),
        SCMP_SYS(newfstatat),
        SCMP_SYS(readlink),
        SCMP_SYS(readlinkat),
};

static bool rules(scmp_filter_ctx f, bool asks_files)
{
	/* a sanitizer's filter fails everything already */
	for (size_t i = 0; asks_files && !JAIL_SANITIZED && i < ARRAY_LEN(file_calls); i++)
		if (seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), file_calls[i], 0) != 0)
			return false;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0) != 0)
			return false;
	/* a sanitizer looks at it before each longjmp, and ends the process without the answer */
	if (JAIL_SANITIZED && seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0) != 0)
		return false;
	/* memory may never become code */
	const struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	/* abort() signals its own process */
	const struct scmp_arg_cmp own = {
	        .arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)getpid()};
	return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, own) == 0;
}

static enum ec filter(bool asks_files, struct err *e)
{
	/* a sanitizer's own calls must not kill: there the forbidden ones just fail */
	scmp_filter_ctx f =
	        seccomp_init(JAIL_SANITIZED ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_KILL_PROCESS);
	if (f == NULL)
		return refused("seccomp", e);
	bool done = rules(f, asks_files) && seccomp_load(f) == 0;
	seccomp_release(f);
	return done ? EC_OK : refused("seccomp", e);
}

enum ec jail_lock(uint64_t memory, unsigned cpu_seconds, bool asks_files, struct err *e)
{
	if (close_range(1, ~0u, 0) != 0 && errno != ENOSYS)
		return refused("close_range", e);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return refused("prctl", e);
	landlock();
	TRY(limits(memory, cpu_seconds, e));
	return filter(asks_files, e);
}
