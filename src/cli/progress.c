#include "cli/cmd.h"

#include <stdio.h>
#include <unistd.h>

enum ec cmd_progress(void *user, uint32_t done, uint32_t all, struct err *e)
{
	(void)user;
	(void)e;
	if (isatty(STDERR_FILENO) == 1)
		(void)fprintf(stderr, "\rстраница %u из %u%s", done, all, done == all ? "\n" : "");
	return EC_OK;
}
