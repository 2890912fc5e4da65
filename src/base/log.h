/* The log: one line an event to standard error, in English. Only web, cli and core/job.c call it.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };
void log_line(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#endif
