#include "core/result/protocol.h"
#include "test.h"

#include <string.h>

static const uint8_t items[][3] = {{1, 2, 0}, {0, ITEM_NOT_ATTEMPTED, 3}, {255, 255, 255}};

static struct protocol_row row(const char *code, const char *klass, size_t item, uint16_t total)
{
	return (struct protocol_row){.code = str_c(code),
	        .klass = str_c(klass),
	        .variant = {(uint8_t)(item + 1), 0},
	        .gender = GENDER_FEMALE,
	        .journal = 4,
	        .total = total,
	        .item = items[item]};
}

static struct protocol decoded(struct arena *a, const struct protocol_row *r, size_t n)
{
	struct protocol p = {0};
	struct err e = {0};
	CHECK_OK(protocol_decode(a, protocol_encode(a, r, n, 3, 1), &p, &e));
	return p;
}

TEST(a_protocol_reads_back_in_the_order_of_codes)
{
	AUTO_ARENA(a, 1 << 20);
	struct protocol_row r[] = {row("40010", "Б", 0, 3), row("1003", "нет", 1, 3),
	        row("40002", "Б", 2, TOTAL_NONE)};
	r[2].status = WORK_ABSENT;
	r[2].variant[0] = VARIANT_ABSENT;
	struct protocol p = decoded(&a, r, 3);
	REQUIRE(p.n == 3);
	CHECK_INT(p.n_items, 3);
	CHECK_INT(p.n_classes, 2);
	CHECK_STR(protocol_row_at(&p, 0).code, STR("1003"));
	CHECK_STR(protocol_row_at(&p, 1).code, STR("40002"));
	struct protocol_row last = protocol_row_at(&p, 2);
	CHECK_STR(last.code, STR("40010"));
	CHECK_STR(last.klass, STR("Б"));
	CHECK_INT(last.total, 3);
	CHECK_INT(last.journal, 4);
	CHECK_INT(last.variant[0], 1);
	CHECK(memcmp(last.item, items[0], 3) == 0);
	CHECK_INT(protocol_row_at(&p, 1).status, WORK_ABSENT);
	CHECK_INT(protocol_row_at(&p, 1).total, TOTAL_NONE);
}

TEST(kernels_read_a_protocol_where_it_lies)
{
	AUTO_ARENA(a, 1 << 20);
	struct protocol_row r[] = {row("1", "а", 0, 3), row("2", "а", 1, 3)};
	struct protocol p = decoded(&a, r, 2);
	const uint8_t max[] = {1, 2, 3};
	const struct stat_test t = {3, max, 6, 2, 3, 4};
	struct stat_works w = protocol_works(&p);
	struct stat_sum s;
	stat_sum_init(&s, &a, &t);
	stat_sum_works(&s, &t, &w);
	CHECK_INT(s.n, 2);
	CHECK_INT(s.sum, 6);
	CHECK_INT(s.points[2][2], 3);
}

TEST(the_same_rows_in_another_order_give_the_same_bytes)
{
	AUTO_ARENA(a, 1 << 20);
	struct protocol_row x[] = {row("1", "а", 0, 3), row("2", "а", 1, 3)};
	struct protocol_row y[] = {x[1], x[0]};
	CHECK_STR(protocol_encode(&a, x, 2, 3, 1), protocol_encode(&a, y, 2, 3, 1));
}

TEST(an_empty_protocol_is_a_protocol)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_INT(decoded(&a, NULL, 0).n, 0);
}

TEST(differences_are_counted_by_code)
{
	AUTO_ARENA(a, 1 << 20);
	struct protocol_row was[] = {row("1", "а", 0, 3), row("2", "а", 1, 3), row("3", "а", 0, 3)};
	struct protocol_row now[] = {
	        row("1", "а", 0, 3), row("2", "б", 1, 3), row("4", "а", 0, 3), row("5", "а", 0, 3)};
	struct protocol w = decoded(&a, was, 3), n = decoded(&a, now, 4);
	struct protocol_diff d = protocol_diff(&w, &n);
	CHECK_INT(d.same, 1);
	CHECK_INT(d.changed, 1);
	CHECK_INT(d.added, 2);
	CHECK_INT(d.gone, 1);
}

TEST(damaged_protocols_are_refused)
{
	AUTO_ARENA(a, 1 << 24);
	struct protocol_row r[] = {row("40010", "Б", 0, 3), row("40011", "А", 1, 3)};
	struct str blob = protocol_encode(&a, r, 2, 3, 1);
	struct protocol p;
	struct err e;
	for (size_t n = 0; n < blob.n; n++)
		CHECK_INT(protocol_decode(&a, str_sub(blob, 0, n), &p, &e), EC_DB);
	for (size_t i = 0; i < blob.n; i++) {
		char *bad = str_z(&a, blob);
		bad[i] = (char)0xFF;
		/* must not read outside; some bytes are data and stay valid */
		if (protocol_decode(&a, (struct str){bad, blob.n}, &p, &e) == EC_OK)
			CHECK_INT(protocol_row_at(&p, p.n - 1).total <= TOTAL_NONE, 1);
	}
}
