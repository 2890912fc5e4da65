/* Runs a test program against a throw-away PostgreSQL server: initdb in a temporary folder, a unix
 * socket only, stopped by its own pid, folder removed. Without PostgreSQL it says so and skips.
 * Usage: pgrun PROGRAM [ARGUMENT…]; SOKO_PG_BIN names the folder of initdb and postgres when it is
 * not under /usr/lib/postgresql. A server named by SOKO_PG is used instead when set. */
#include "base/file.h"
#include "base/limits.h"

#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *find_bin(struct arena *a)
{
	const char *given = getenv("SOKO_PG_BIN");
	if (given != NULL)
		return given;
	glob_t g;
	const char *found = NULL;
	if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &g) == 0 && g.gl_pathc > 0) {
		struct str last = str_c(g.gl_pathv[g.gl_pathc - 1]);
		found = str_z(a, str_sub(last, 0, last.n - strlen("/initdb")));
	}
	globfree(&g);
	return found;
}

/* The server refuses to run as root: then it runs as the user of its package. */
static bool drop_root(void)
{
	if (geteuid() != 0)
		return true;
	const struct passwd *pw = getpwnam("postgres");
	return pw != NULL && setgroups(0, NULL) == 0 && setgid(pw->pw_gid) == 0 &&
	       setuid(pw->pw_uid) == 0;
}

static pid_t start(struct arena *a, const char *const *argv, const char *log)
{
	char *arg[32] = {NULL};
	for (size_t i = 0; argv[i] != NULL && i + 1 < ARRAY_LEN(arg); i++)
		arg[i] = str_z(a, str_c(argv[i]));
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0 || !drop_root())
		_exit(126);
	(void)prctl(PR_SET_PDEATHSIG, SIGINT);
	(void)execv(arg[0], arg);
	_exit(127);
}

static int finish(pid_t pid)
{
	int st = 0;
	if (pid < 0 || waitpid(pid, &st, 0) != pid)
		return 125;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

/* The last line of postmaster.pid says "ready" when connections are taken. */
static bool wait_ready(struct arena *a, const char *data, pid_t server)
{
	const char *path = arena_printf(a, "%s/postmaster.pid", data);
	for (int i = 0; i < 600; i++) {
		struct str text;
		struct err e;
		if (file_read(a, path, KIB, &text, &e) == EC_OK && str_has(text, STR("ready")))
			return true;
		if (waitpid(server, NULL, WNOHANG) == server)
			return false;
		(void)nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
	}
	return false;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	(void)st, (void)flag, (void)at;
	return remove(path);
}

static void say_log(struct arena *a, const char *log)
{
	struct str text;
	struct err e;
	if (file_read(a, log, MIB, &text, &e) == EC_OK)
		(void)fprintf(stderr, STR_FMT "\n", STR_ARG(text));
}

static int with_server(struct arena *a, const char *bin, const char *folder, char **program)
{
	const char *log = arena_printf(a, "%s/log", folder);
	char *data = arena_printf(a, "%s/data", folder);
	const char *initdb[] = {arena_printf(a, "%s/initdb", bin), "-D", data, "-A", "trust", "-U",
	        "soko", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions", NULL};
	if (finish(start(a, initdb, log)) != 0) {
		say_log(a, log);
		return 1;
	}
	const char *postgres[] = {arena_printf(a, "%s/postgres", bin), "-D", data, "-k", folder,
	        "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50", "-c",
	        "shared_buffers=32MB", NULL};
	pid_t server = start(a, postgres, log);
	int rc = 1;
	if (wait_ready(a, data, server)) {
		(void)setenv(
		        "SOKO_PG", arena_printf(a, "host=%s user=soko dbname=postgres", folder), 1);
		pid_t test = fork();
		if (test == 0) {
			(void)execv(program[0], program);
			_exit(127);
		}
		rc = finish(test);
	} else {
		say_log(a, log);
	}
	(void)kill(server, SIGINT); /* "fast": clients are dropped */
	(void)finish(server);
	return rc;
}

int main(int argc, char **argv)
{
	AUTO_ARENA(a, 64 * MIB);
	if (argc < 2) {
		(void)fputs("usage: pgrun PROGRAM [ARGUMENT…]\n", stderr);
		return 2;
	}
	if (getenv("SOKO_PG") != NULL) {
		(void)execv(argv[1], argv + 1);
		return 127;
	}
	const char *bin = find_bin(&a);
	if (bin == NULL || (geteuid() == 0 && getpwnam("postgres") == NULL)) {
		(void)fputs("SKIPPED: PostgreSQL is not installed\n", stderr);
		(void)puts("1..0 # SKIP PostgreSQL is not installed");
		return 0;
	}
	char folder[] = "/tmp/soko-pg-XXXXXX";
	if (mkdtemp(folder) == NULL)
		return 1;
	const struct passwd *pw = geteuid() == 0 ? getpwnam("postgres") : NULL;
	if (pw != NULL && chown(folder, pw->pw_uid, pw->pw_gid) != 0)
		return 1;
	int rc = with_server(&a, bin, folder, argv + 1);
	(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return rc;
}
