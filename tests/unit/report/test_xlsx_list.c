/* Lists as XLSX: all at once, and in pages whose memory is forgotten. */
#include "base/limits.h"
#include "report/xlsx_list.h"
#include "test.h"

static const struct xlsx_column columns[] = {
        {.title = STR_INIT("Название"), .width = 20}, {.title = STR_INIT("Число")}};

struct asked {
	struct arena *a;
	int64_t offset[8];
	size_t n, used[8];
};

/* Three pages: two rows, one row, none. */
static enum ec page(void *user, int64_t offset, struct xlsx_page *ret, struct err *e)
{
	struct asked *k = user;
	(void)e;
	k->used[k->n] = k->a->used;
	k->offset[k->n++] = offset;
	size_t n = offset == 0 ? 2 : offset == 2 ? 1 : 0;
	struct xlsx_value *v = arena_new(k->a, struct xlsx_value, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		v[2 * i] = XLSX_T(str_printf(k->a, "строка %zu", (size_t)offset + i));
		v[2 * i + 1] = XLSX_N((double)i);
	}
	*ret = (struct xlsx_page){v, n};
	return EC_OK;
}

TEST(a_long_list_is_asked_page_by_page_and_keeps_no_page)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct asked k = {.a = &a};
	struct str bytes;
	struct xlsx_list l = {.title = STR("Список"),
	        .on = date_make(2021, 10, 5),
	        .column = columns,
	        .n_columns = 2,
	        .page = page,
	        .user = &k};
	CHECK_OK(xlsx_list_write(&a, &l, &bytes, &e));
	CHECK(str_starts(bytes, STR("PK")));
	REQUIRE(k.n == 3);
	CHECK_INT(k.offset[1], 2);
	CHECK_INT(k.offset[2], 3);
	CHECK_INT(k.used[1], k.used[0]);
	CHECK_INT(k.used[2], k.used[0]);
}

static enum ec broken(void *user, int64_t offset, struct xlsx_page *ret, struct err *e)
{
	(void)user;
	(void)ret;
	return err_set(e, EC_DB, "no rows at %lld", (long long)offset);
}

TEST(a_failed_page_fails_the_file)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct str bytes;
	struct xlsx_list l = {
	        .title = STR("Список"), .column = columns, .n_columns = 2, .page = broken};
	CHECK_INT(xlsx_list_write(&a, &l, &bytes, &e), EC_DB);
}
