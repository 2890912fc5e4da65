/* Zip archives: each entry is unpacked or refused; what is unpacked has the promised length. */
#include "fuzz.h"
#include "pack/zipfile.h"

void fuzz_one(struct arena *a, struct str bytes)
{
	struct zipfile z;
	struct err e = {0};
	(void)zipfile_is(bytes);
	if (zipfile_open(a, bytes, &z, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	(void)zipfile_find(&z, STR("xl/workbook.xml"));
	for (size_t i = 0; i < z.n; i++) {
		struct str part;
		struct arena_mark mark = arena_mark(a);
		if (zipfile_read(&z, &z.entry[i], a, &part, &e) == EC_OK)
			CHECK_THAT(part.n == z.entry[i].size);
		else
			CHECK_THAT(e.msg[0] != '\0');
		arena_reset(a, mark);
	}
}
