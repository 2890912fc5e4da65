#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "core/intake.h"
#include "pack/xlsx_write.h"
#include "test.h"

#include <unistd.h>

/* The real program beside the tests in the build folder. */
static struct jail real_jail(struct arena *a)
{
	char own[4096];
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own));
	BUG_IF(n <= 0);
	while (n > 0 && own[n - 1] != '/')
		n--;
	return (struct jail){.exe = arena_printf(a, "%.*s../../../src/cli/soko", (int)n, own)};
}

struct seen {
	struct arena *a;
	struct str text;
};

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct seen *s = user;
	if (str_eq(sheet_text_at(row, 0), STR("стоп")))
		return err_set(e, EC_CONFLICT, "строка %u", row->row);
	s->text = str_printf(s->a, STR_FMT "%u=" STR_FMT " ", STR_ARG(s->text), row->row,
	        STR_ARG(sheet_text_at(row, 0)));
	return EC_OK;
}

static enum ec read_first(struct ctx *ctx, struct str bytes, struct str *ret, struct err *e)
{
	struct seen s = {.a = ctx->a};
	const struct sheet_sink sink = {.user = &s, .row = on_row};
	*e = (struct err){0};
	enum ec code = intake_sheet(ctx, bytes, STR("т.csv"), &sink, e);
	*ret = s.text;
	return code;
}

TEST(a_table_read_in_the_jail_is_the_table_read_here)
{
	AUTO_ARENA(a, 4 * GIB);
	struct jail jail = real_jail(&a);
	SKIP_IF(!file_exists(jail.exe), "the program is not built");
	struct ctx inside = {.a = &a}, jailed = {.a = &a, .jail = &jail};
	struct str x, y;
	struct err e;
	CHECK_INT(read_first(&inside, STR("а;1\n\nб;2\n"), &x, &e), EC_OK);
	if (!CHECK_INT(read_first(&jailed, STR("а;1\n\nб;2\n"), &y, &e), EC_OK))
		test_check(false, e.msg, 0, "");
	CHECK_STR(y, STR("1=а 3=б "));
	CHECK_STR(x, y);
	CHECK_INT(read_first(&jailed, STR("а;1\nстоп;2\nв;3"), &y, &e), EC_CONFLICT);
	CHECK_STR(str_c(e.msg), STR("строка 2"));
	CHECK_INT(read_first(&jailed, STR("PK\3\4 и обрыв"), &y, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("архив повреждён")));
}

TEST(a_workbook_goes_through_the_jail)
{
	AUTO_ARENA(a, 4 * GIB);
	struct jail jail = real_jail(&a);
	SKIP_IF(!file_exists(jail.exe), "the program is not built");
	AUTO_XLSX(w);
	struct err e = {0};
	struct str bytes, text;
	const struct xlsx_column col = {.title = STR("Код")};
	REQUIRE(xlsx_write_open(&w, &(struct xlsx_write_opt){.title = STR("т")}, &e) == EC_OK);
	REQUIRE(xlsx_write_sheet(&w, STR("Лист"), &col, 1, &e) == EC_OK);
	REQUIRE(xlsx_write_row(&w, &XLSX_N(40001), 1, &e) == EC_OK);
	REQUIRE(xlsx_write_close(&w, &a, &bytes, &e) == EC_OK);
	struct ctx jailed = {.a = &a, .jail = &jail};
	if (!CHECK_INT(read_first(&jailed, bytes, &text, &e), EC_OK))
		test_check(false, e.msg, 0, "");
	CHECK_STR(text, STR("1=Код 2=40001 "));
}
