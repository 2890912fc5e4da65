/* Writing a small zip archive in memory (libzip). The same entries give the same bytes. */
#ifndef PACK_ZIP_WRITE_H
#define PACK_ZIP_WRITE_H

#include "base/str.h"

struct zip_member {
	struct str name, bytes;
};
/* The archive lives in a. EC_LIMIT when it does not fit, EC_IO when libzip refuses. */
MUST_USE enum ec zip_write(
        struct arena *a, const struct zip_member *v, size_t n, struct str *ret, struct err *e);

#endif
