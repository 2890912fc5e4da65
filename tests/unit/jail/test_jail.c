#include "base/clock.h"
#include "base/limits.h"
#include "jail/frame.h"
#include "jail/jail.h"
#include "jail/lock.h"
#include "test.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program with the tasks lies beside this one. */
static const char *tasks_exe(struct arena *a)
{
	char own[4096];
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own));
	BUG_IF(n <= 0);
	while (n > 0 && own[n - 1] != '/')
		n--;
	return arena_printf(a, "%.*sjail-tasks", (int)n, own);
}

static enum ec run(
        struct arena *a, const char *task, struct str input, struct str *ret, struct err *e)
{
	*e = (struct err){0};
	return jail_run(&(struct jail_job){.exe = tasks_exe(a),
	                        .task = task,
	                        .input = input,
	                        .options = STR(""),
	                        .cpu_seconds = 2,
	                        .wall_seconds = 5,
	                        .memory = 256 * MIB,
	                        .max_output = 64 * MIB},
	        a, ret, e);
}

static enum ec count(void *user, uint32_t done, uint32_t all, struct err *e)
{
	uint32_t *n = user;
	*n = *n + 1 == done ? done : 99;
	return all == 3 ? EC_OK : err_set(e, EC_INPUT, "all");
}

static enum ec stop(void *user, uint32_t done, uint32_t all, struct err *e)
{
	(void)user, (void)all;
	return done < 2 ? EC_OK : err_set(e, EC_CONFLICT, "остановлено");
}

TEST(progress_arrives_in_order_and_the_listener_may_stop_the_work)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e = {0};
	uint32_t heard = 0;
	struct jail_job job = {.exe = tasks_exe(&a),
	        .task = "tell",
	        .input = STR("input"),
	        .options = STR(""),
	        .progress = count,
	        .user = &heard};
	REQUIRE(jail_run(&job, &a, &out, &e) == EC_OK);
	CHECK_INT(heard, 3);
	CHECK_STR(out, STR("prepared input"));
	job.progress = NULL;
	REQUIRE(jail_run(&job, &a, &out, &e) == EC_OK);
	job.progress = stop;
	CHECK_INT(jail_run(&job, &a, &out, &e), EC_CONFLICT);
}

TEST(bytes_go_in_and_come_out)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e = {0};
	char *big = arena_alloc(&a, 10 * MIB);
	memset(big, 'x', 10 * MIB);
	struct str input = {big, 10 * MIB};
	REQUIRE(run(&a, "echo", input, &out, &e) == EC_OK);
	CHECK(str_eq(out, input));
	REQUIRE(run(&a, "echo", STR(""), &out, &e) == EC_OK);
	CHECK_INT(out.n, 0);
}

TEST(a_refusal_keeps_its_code_and_words)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e;
	CHECK_INT(run(&a, "refuse", STR("лист 2"), &out, &e), EC_CONFLICT);
	CHECK_STR(str_c(e.msg), STR("не хочу: лист 2"));
	CHECK_INT(run(&a, "no such task", STR(""), &out, &e), EC_NOTFOUND);
}

TEST(what_is_forbidden_ends_the_child_not_the_parent)
{
	static const char *const tasks[] = {"open", "socket", "fork", "code", "kill", "crash"};
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
		AUTO_ARENA(a, GIB);
		struct str out;
		struct err e;
		if (!CHECK_INT(run(&a, tasks[i], STR(""), &out, &e), EC_INPUT))
			test_check(false, __FILE__, __LINE__, tasks[i]);
		if (!JAIL_SANITIZED && i < 5)
			CHECK(str_has(str_c(e.msg), STR("недопустимого действия")));
	}
	/* every child has been waited for */
	CHECK(waitpid(-1, NULL, WNOHANG) < 0);
}

TEST(a_loop_meets_the_limit_of_time)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e = {0};
	struct jail_job job = {.exe = tasks_exe(&a), .task = "loop", .cpu_seconds = 1};
	CHECK_INT(jail_run(&job, &a, &out, &e), EC_LIMIT);
	CHECK(str_has(str_c(e.msg), STR("времени")));
	job.cpu_seconds = 100;
	job.wall_seconds = 1;
	int64_t t = clock_monotonic_us();
	CHECK_INT(jail_run(&job, &a, &out, &e), EC_LIMIT);
	CHECK(clock_monotonic_us() - t < 3000000);
}

TEST(memory_and_output_have_limits)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e;
	/* sanitizers reserve address space without measure: there is no memory limit under them */
	if (!JAIL_SANITIZED)
		CHECK_INT(run(&a, "greedy", STR(""), &out, &e), EC_LIMIT);
	CHECK_INT(run(&a, "flood", STR(""), &out, &e), EC_LIMIT);
	CHECK(str_has(str_c(e.msg), STR("слишком много данных")));
}

TEST(library_calls_of_parsers_live_inside)
{
	AUTO_ARENA(a, GIB);
	char *p = arena_alloc(&a, 100000);
	memset(p, 'z', 100000);
	memcpy(p + 50000, "cab", 3);
	struct str out;
	struct err e;
	REQUIRE(run(&a, "sort", (struct str){p, 100000}, &out, &e) == EC_OK);
	CHECK_STR(out, STR("abc"));
}

TEST(a_lying_child_is_not_believed)
{
	const struct jail_frame lies[] = {
	        {.kind = JAIL_PIECE, .n = UINT64_MAX},
	        {.kind = JAIL_PIECE, .n = 1000},
	        {.kind = JAIL_DONE, .n = 1},
	        {.kind = JAIL_FAIL, .code = EC_OK, .n = 0},
	        {.kind = JAIL_FAIL, .code = 1000, .n = 0},
	        {.kind = JAIL_FAIL, .code = EC_INPUT, .n = 1 << 20},
	        {.kind = 77},
	        {.kind = JAIL_PROGRESS, .n = 3},
	};
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e;
	for (size_t i = 0; i < ARRAY_LEN(lies); i++)
		CHECK_INT(run(&a, "lie", (struct str){(const char *)&lies[i], sizeof(lies[i])},
		                  &out, &e),
		        EC_INPUT);
	CHECK_INT(run(&a, "lie", STR("short"), &out, &e), EC_INPUT);
}

struct pieces {
	size_t n, bytes;
};

static enum ec on_piece(void *user, struct str piece, struct err *e)
{
	struct pieces *p = user;
	p->n++;
	p->bytes += piece.n;
	return p->bytes > 1000000 ? err_set(e, EC_CONFLICT, "хватит") : EC_OK;
}

TEST(the_answer_can_be_taken_piece_by_piece_and_stopped)
{
	AUTO_ARENA(a, GIB);
	struct pieces p = {0};
	struct str out;
	struct err e = {0};
	const struct jail_job job = {
	        .exe = tasks_exe(&a), .task = "flood", .piece = on_piece, .user = &p};
	CHECK_INT(jail_run(&job, &a, &out, &e), EC_CONFLICT);
	CHECK_STR(str_c(e.msg), STR("хватит"));
	CHECK_INT(p.n, 11);
}

TEST(a_program_that_is_missing_or_no_jail_is_an_io_error)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e = {0};
	CHECK_INT(jail_run(&(struct jail_job){.exe = "/nonexistent", .task = "x"}, &a, &out, &e),
	        EC_IO);
}

static void *in_thread(void *ok)
{
	AUTO_ARENA(a, GIB);
	struct str out;
	struct err e;
	for (int i = 0; i < 20; i++)
		*(bool *)ok &=
		        run(&a, "echo", STR("нить"), &out, &e) == EC_OK && str_eq(out, STR("нить"));
	return NULL;
}

TEST(several_threads_may_run_children)
{
	pthread_t t[3];
	bool ok[3] = {true, true, true};
	for (int i = 0; i < 3; i++)
		CHECK(pthread_create(&t[i], NULL, in_thread, &ok[i]) == 0);
	for (int i = 0; i < 3; i++) {
		pthread_join(t[i], NULL);
		CHECK(ok[i]);
	}
}
