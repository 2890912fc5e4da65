/* Giving up rights. Used by jail/child.c only. */
#ifndef JAIL_LOCK_H
#define JAIL_LOCK_H

#include "base/err.h"

/* asks_files: calls that name files fail instead of ending the process. After this the process can
 * compute, use memory and the descriptor it has, nothing else. EC_IO when the kernel refuses. */
MUST_USE enum ec jail_lock(uint64_t memory, unsigned cpu_seconds, bool asks_files, struct err *e);

/* Sanitizers need address space and system calls of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define JAIL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define JAIL_SANITIZED 1
#endif
#endif
#ifndef JAIL_SANITIZED
#define JAIL_SANITIZED 0
#endif

#endif
