#include "base/limits.h"
#include "core/sample/results.h"
#include "core/sample/text.h"
#include "test.h"

TEST(sample_dates_are_relative_to_today)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct str s;
	struct date today = date_make(2026, 11, 22);
	CHECK_OK(sample_text(
	        &a, STR("до {{d+10}}, {{D-1}}, {{my+2}}, на {{y}}-{{y+1}}"), today, &s, &e));
	CHECK_STR(s, STR("до 02.12.2026, 21 ноября 2026 г., январь 2027, на 2026-2027"));
	CHECK_INT(sample_text(&a, STR("{{q+1}}"), today, &s, &e), EC_INPUT);
	CHECK_INT(sample_text(&a, STR("{{d+x}}"), today, &s, &e), EC_INPUT);
}

static size_t lines_with(struct str text, struct str what)
{
	size_t n = 0;
	struct str line;
	while (str_next(&text, '\n', &line))
		n += str_has(line, what);
	return n;
}

TEST(sample_results_are_the_same_every_time_and_distortion_moves_marks)
{
	AUTO_ARENA(a, 64 * MIB);
	static const uint8_t max[] = {1, 1, 2, 1, 1, 2, 2, 1};
	struct sample_test t = {2025, 4, STR_INIT("Математика"), max, ARRAY_LEN(max), 4, 6, 9};
	struct sample_school s = {
	        1, STR_INIT("edu990001"), STR_INIT("г. Образцовск"), 60, 2, 0.0, SAMPLE_HONEST};
	struct buf x;
	struct buf y;
	buf_init(&x, &a, MIB);
	buf_init(&y, &a, MIB);
	sample_results(&x, &s, 1, &t);
	sample_results(&y, &s, 1, &t);
	CHECK_STR(buf_str(&x), buf_str(&y));
	CHECK_INT(lines_with(buf_str(&x), STR("edu990001")), 60);
	s.distortion = SAMPLE_INFLATE;
	buf_reset(&y);
	sample_results(&y, &s, 1, &t);
	CHECK(!str_eq(buf_str(&x), buf_str(&y)));
}
