/* Reader of a region written by the objectivity simulator: tests, schools, enrol, protocols, oge,
 * control (.tsv). */
#ifndef CLI_REGION_FILES_H
#define CLI_REGION_FILES_H

#include "base/str.h"
#include "stat/objectivity/region.h"

struct region_files {
	struct ob_region region;
	struct str *school; /* names by index */
	struct str *subject;
	size_t n_subjects;
	int last_year;
};

/* Views into file texts live in the arena. EC_NOTFOUND, EC_INPUT with file and line. */
MUST_USE enum ec region_files_read(
        struct arena *a, const char *dir, struct region_files *ret, struct err *e);

#endif
