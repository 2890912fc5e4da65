/* Files by name; used by the outer layers only. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/str.h"
#include <stdio.h>

/* Whole file into the arena; EC_NOTFOUND, EC_LIMIT past max bytes, EC_IO. path "-" is standard
 * input. */
MUST_USE enum ec file_read(
        struct arena *a, const char *path, size_t max, struct str *ret, struct err *e);
/* Writes to a temporary neighbour, syncs, renames: the file is the old one or the new one, never
 * half. */
MUST_USE enum ec file_write(const char *path, struct str bytes, struct err *e);
bool file_exists(const char *path);
MUST_USE enum ec dir_make(const char *path, struct err *e); /* with parents; fine if there */
/* Last component of a path. */
struct str path_base(struct str path);
/* Extension in lower-case ASCII without the dot, "" when none. */
struct str path_ext(struct arena *a, struct str path);

void fd_close_ptr(int *fd);
#define AUTO_FD __attribute__((cleanup(fd_close_ptr))) int

#endif
