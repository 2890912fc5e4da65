#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct test *first;
static bool failed;
static const char *skipped;

void test_register(struct test *t)
{
	struct test **at = &first;
	while (*at != NULL && strcmp((*at)->name, t->name) < 0)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
}

bool test_check(bool ok, const char *file, int line, const char *what)
{
	if (!ok) {
		failed = true;
		printf("# %s:%d: does not hold: %s\n", file, line, what);
	}
	return ok;
}

bool test_int(long long got, long long want, const char *file, int line, const char *what)
{
	if (got != want)
		printf("# got %lld, want %lld\n", got, want);
	return test_check(got == want, file, line, what);
}

bool test_str(struct str got, struct str want, const char *file, int line, const char *what)
{
	bool ok = str_eq(got, want);
	if (!ok)
		printf("# got  «" STR_FMT "»\n# want «" STR_FMT "»\n", STR_ARG(got), STR_ARG(want));
	return test_check(ok, file, line, what);
}

bool test_near(
        double got, double want, double tolerance, const char *file, int line, const char *what)
{
	bool ok = (isnan(got) && isnan(want)) || fabs(got - want) <= tolerance;
	if (!ok)
		printf("# got %.17g, want %.17g ± %g\n", got, want, tolerance);
	return test_check(ok, file, line, what);
}

void test_skip(const char *why)
{
	skipped = why;
}

const char *test_source(const char *name)
{
	static char path[8][4096];
	static unsigned turn;
	const char *root = getenv("SOKO_SOURCE");
	char *p = path[turn++ % 8];
	(void)snprintf(p, sizeof(path[0]), "%s/%s", root == NULL ? "." : root, name);
	return p;
}

const char *test_shared(const char *name)
{
	char rel[2048];
	(void)snprintf(rel, sizeof(rel), "../shared/%s", name);
	const char *p = test_source(rel);
	return access(p, R_OK) == 0 ? p : NULL;
}

int main(int argc, char **argv)
{
	int n = 0;
	int bad = 0;
	const char *only = argc > 1 ? argv[1] : NULL;
	for (struct test *t = first; t != NULL; t = t->next) {
		if (only != NULL && strstr(t->name, only) == NULL)
			continue;
		failed = false;
		skipped = NULL;
		t->run();
		n++;
		bad += failed;
		printf("%s %d - %s%s%s\n", failed ? "not ok" : "ok", n, t->name,
		        skipped != NULL ? " # SKIP " : "", skipped != NULL ? skipped : "");
		(void)fflush(stdout);
	}
	printf("1..%d\n", n);
	return bad > 0;
}
