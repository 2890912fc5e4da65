/* The scanner against expat: the same rows, the same merged cells, the same refusal. The input is a
 * worksheet part, after a zero byte the shared strings part. */
#include "fuzz.h"
#include "pack/xlsx_read.h"
#include "unit/pack/make.h"

void fuzz_one(struct arena *a, struct str bytes)
{
	size_t cut = str_find_byte(bytes, '\0', 0);
	const char *sheet = str_z(a, str_sub(bytes, 0, cut));
	const char *strings = cut == SIZE_MAX ? NULL : str_z(a, str_skip(bytes, cut + 1));
	struct str file = make_xlsx(a, sheet, strings);
	struct made_sum fast = {0}, slow = {0};
	struct sheet_sink fast_sink = made_sum_sink(&fast), slow_sink = made_sum_sink(&slow);
	struct err e[2] = {{0}, {0}};
	enum ec code = xlsx_read(a, file, XLSX_ENGINE_BEST, &fast_sink, &e[0]);
	CHECK_THAT(xlsx_read(a, file, XLSX_ENGINE_EXPAT, &slow_sink, &e[1]) == code);
	CHECK_THAT(fast.rows == slow.rows && fast.sum == slow.sum);
	CHECK_THAT(str_eq(str_c(e[0].msg), str_c(e[1].msg)));
}
