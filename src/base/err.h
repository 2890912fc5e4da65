/* Errors: a code a caller may branch on, and a message with its context, both on the caller's
 * stack. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE     __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define UNUSED       __attribute__((unused))
#define NORETURN     __attribute__((noreturn))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* All outcomes of a fallible call. Mapped to HTTP statuses in web/ and to exit codes in cli/. */
enum ec {
	EC_OK = 0,
	EC_INPUT,    /* the bytes or values given are wrong; the message says where */
	EC_NOTFOUND, /* no such thing */
	EC_DENIED,   /* the person has no right to it */
	EC_CONFLICT, /* somebody changed it meanwhile, or it exists already */
	EC_LIMIT,    /* larger than base/limits.h allows */
	EC_IO,       /* file, socket or process */
	EC_DB,       /* the database refused */
};

/* Filled only when a call does not return EC_OK. msg is UTF-8 and may be shown to a person. */
struct err {
	enum ec code;
	char msg[512];
};

/* Sets code and message; returns code, so that `return err_set(e, EC_INPUT, "…")` reads well. e may
 * be NULL. */
enum ec err_set(struct err *e, enum ec code, const char *fmt, ...) PRINTF(3, 4);

/* Puts context before the present message ("context: reason"), keeps and returns the code. */
enum ec err_wrap(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* Short English name of a code for logs: "input", "notfound", … */
const char *ec_name(enum ec code);

/* A broken promise inside the program: prints and aborts. Never for bad input. */
void soko_bug(const char *file, int line, const char *what) NORETURN;
#define BUG(what) soko_bug(__FILE__, __LINE__, what)
#define BUG_IF(c)                                                                                  \
	do {                                                                                       \
		if (c)                                                                             \
			BUG(#c);                                                                   \
	} while (0)

/* Returns the code of a failed call. Safe because nothing needs manual release (arenas, AUTO_…). */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		enum ec try_ec_ = (call);                                                          \
		if (try_ec_ != EC_OK)                                                              \
			return try_ec_;                                                            \
	} while (0)

#endif
