#include "base/log.h"

#include <stdio.h>
#include <time.h>

void log_line(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = {"info", "warn", "error"};
	char line[2048];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	time_t now = time(NULL);
	struct tm tm;
	char at[32] = "";
	if (gmtime_r(&now, &tm) != NULL)
		(void)strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%SZ", &tm);
	/* One write for the line: threads do not mix. */
	(void)fprintf(stderr, "%s %s %s\n", at, names[level], line);
}
