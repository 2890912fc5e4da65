/* Readers of files and phrases, one thread, in process. Seconds are of the cpu, medians.
 *	readers xlsx FILE REPEATS        prints seconds, cells
 *	readers inflate FILE REPEATS     the limit: the largest part of the file only unpacked;
 *bytes readers deadline N REPEATS       N phrases; prints seconds, interpretations */
#include "base/file.h"
#include "base/limits.h"
#include "doc/deadline.h"
#include "pack/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	(void)e;
	*(uint64_t *)user += row->n;
	return EC_OK;
}

static enum ec xlsx(struct str bytes, uint64_t *ret, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	*ret = 0;
	struct sheet_sink sink = {.user = ret, .row = on_row};
	return sheet_read(&a, bytes, STR("bench.xlsx"), &sink, e);
}

static enum ec inflate(const char *file, uint64_t *ret, struct err *e)
{
	static char part[1 << 16];
	*ret = 0;
	zip_t *z = zip_open(file, ZIP_RDONLY, NULL);
	zip_file_t *f = z == NULL ? NULL : zip_fopen(z, "xl/worksheets/sheet1.xml", 0);
	zip_int64_t n = -1;
	while (f != NULL && (n = zip_fread(f, part, sizeof(part))) > 0)
		*ret += (uint64_t)n;
	if (f != NULL)
		(void)zip_fclose(f);
	if (z != NULL)
		zip_discard(z);
	return n == 0 ? EC_OK : err_set(e, EC_INPUT, "%s: not unpacked", file);
}

static uint64_t deadlines(long n)
{
	static const struct str phrase[] = {STR_INIT("до 20 января 2022 года"),
	        STR_INIT("сентябрь – октябрь 2021 г."), STR_INIT("ежемесячно, до 5 числа"),
	        STR_INIT("в течение 10 рабочих дней со дня издания приказа"), STR_INIT("постоянно"),
	        STR_INIT("I квартал 2022 года"), STR_INIT("31.03.2022"),
	        STR_INIT("по отдельному графику"), STR_INIT("до 1 февраля, до 1 июня"),
	        STR_INIT("август 2021 г., далее постоянно")};
	struct deadline_env env = {.doc = {2021, 9, 1}};
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	uint64_t found = 0;
	for (long i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(&a);
		struct deadline *v;
		found += deadline_parse(&a, phrase[(size_t)i % ARRAY_LEN(phrase)], &env, &v);
		arena_reset(&a, mark);
	}
	return found;
}

static int by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static enum ec once(char **argv, struct str bytes, uint64_t *ret, struct err *e)
{
	if (strcmp(argv[1], "xlsx") == 0)
		return xlsx(bytes, ret, e);
	if (strcmp(argv[1], "inflate") == 0)
		return inflate(argv[2], ret, e);
	*ret = deadlines(strtol(argv[2], NULL, 10));
	return EC_OK;
}

int main(int argc, char **argv)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct err e = {0};
	struct str bytes = STR_NONE;
	double s[31];
	uint64_t n = 0;
	long repeats = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
	if (repeats < 1 || repeats > 31)
		return 2;
	enum ec code = EC_OK;
	if (strcmp(argv[1], "xlsx") == 0)
		code = file_read(&a, argv[2], LIMIT_FILE, &bytes, &e);
	for (long i = 0; i < repeats && code == EC_OK; i++) {
		clock_t from = clock();
		code = once(argv, bytes, &n, &e);
		s[i] = (double)(clock() - from) / CLOCKS_PER_SEC;
	}
	if (code != EC_OK) {
		(void)fprintf(stderr, "readers: %s\n", e.msg);
		return 1;
	}
	qsort(s, (size_t)repeats, sizeof(*s), by_value);
	(void)printf("%.4f\t%llu\n", s[repeats / 2], (unsigned long long)n);
	return 0;
}
