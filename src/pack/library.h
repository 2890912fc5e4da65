/* Libraries that are loaded when their work arrives, and only then: linked in, they would slow the
 * start of the program and of every jailed child. Used by pack's readers of PDF and scans. */
#ifndef PACK_LIBRARY_H
#define PACK_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct library_need {
	const char *name;
	void *at; /* a pointer to a function goes here */
};

/* False when the library or one of the names is not on this computer. Never unloaded: found once
 * before the jail is locked, it is found again without a file. */
bool library_load(const char *file, const struct library_need *need, size_t n);

#endif
