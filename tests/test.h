/* The TAP harness: TEST(name_in_words) { CHECK…; } registers itself; a program prints TAP and exits
 * 1 on a failure. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include "base/str.h"

struct test {
	const char *name;
	void (*run)(void);
	struct test *next;
};

void test_register(struct test *t);
/* Reports a check; prints place and values when it does not hold. Returns ok. */
bool test_check(bool ok, const char *file, int line, const char *what);
bool test_int(long long got, long long want, const char *file, int line, const char *what);
bool test_str(struct str got, struct str want, const char *file, int line, const char *what);
bool test_near(
        double got, double want, double tolerance, const char *file, int line, const char *what);
/* Ends the running test as skipped, with the reason. */
void test_skip(const char *why);
/* Path of ../shared/<name> beside the source tree, or NULL when the machine does not have it (then
 * skip). */
const char *test_shared(const char *name);
/* Path of <name> in the source tree. */
const char *test_source(const char *name);

#define TEST(id)                                                                                   \
	static void id(void);                                                                      \
	__attribute__((constructor)) static void id##_register_(void)                              \
	{                                                                                          \
		static struct test t = {#id, id, NULL};                                            \
		test_register(&t);                                                                 \
	}                                                                                          \
	static void id(void)

#define CHECK(c)            test_check((c), __FILE__, __LINE__, #c)
#define CHECK_OK(call)      test_check((call) == EC_OK, __FILE__, __LINE__, #call)
#define CHECK_INT(g, w)     test_int((long long)(g), (long long)(w), __FILE__, __LINE__, #g)
#define CHECK_STR(g, w)     test_str((g), (w), __FILE__, __LINE__, #g)
#define CHECK_NEAR(g, w, t) test_near((g), (w), (t), __FILE__, __LINE__, #g)
/* Leaves the test when the check does not hold (the rest would crash). */
#define REQUIRE(c)                                                                                 \
	do {                                                                                       \
		if (!test_check((c), __FILE__, __LINE__, #c))                                      \
			return;                                                                    \
	} while (0)
#define SKIP_IF(c, why)                                                                            \
	do {                                                                                       \
		if (c) {                                                                           \
			test_skip(why);                                                            \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#endif
