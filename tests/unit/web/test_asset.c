#include "test.h"
#include "web/asset.h"

TEST(every_embedded_file_is_found_by_its_path)
{
	CHECK(asset_table_n > 5);
	for (size_t i = 0; i < asset_table_n; i++) {
		const struct asset *f = &asset_table[i];
		CHECK(asset_find(f->path) == f);
		CHECK(str_starts(f->path, STR("/assets/")));
		CHECK(f->bytes.n > 0 && f->type.n > 0 && f->etag.n == 18);
		CHECK(f->gzip.n == 0 || (f->gzip.n < f->bytes.n && f->gzip.p[0] == '\x1F'));
	}
	CHECK(asset_find(STR("/assets/none.js")) == NULL);
	CHECK(asset_find(STR_NONE) == NULL);
}

TEST(icons_are_symbols_of_one_file)
{
	const struct asset *f = asset_find(STR("/assets/icons.svg"));
	REQUIRE(f != NULL);
	CHECK_STR(f->type, STR("image/svg+xml"));
	CHECK(str_has(f->bytes, STR("<symbol id=\"home\" viewBox=\"0 0 24 24\"")));
	CHECK(f->gzip.n > 0);
}
