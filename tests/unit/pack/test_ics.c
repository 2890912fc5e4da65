/* Content lines of iCalendar: folded at 75 octets between characters, escaped, no line of its own.
 */
#include "base/limits.h"
#include "pack/ics_write.h"
#include "test.h"

static struct str unfolded(struct arena *a, struct str s)
{
	return str_replace(a, s, STR("\r\n "), STR(""));
}

TEST(lines_are_folded_by_octets_and_no_character_is_cut)
{
	AUTO_ARENA(a, 16 * MIB);
	static const char *const parts[] = {"a", "я", "€", "𝄞", "; , \\", "слово "};
	for (size_t len = 0; len < 120; len++) {
		struct buf text, out;
		buf_init(&text, &a, 64 * KIB);
		buf_init(&out, &a, 64 * KIB);
		for (size_t i = 0; i < len; i++)
			buf_add_z(&text, parts[(i * i + len) % ARRAY_LEN(parts)]);
		ics_raw(&out, "X", buf_str(&text));
		struct str rest = buf_str(&out);
		struct str line;
		while (str_next(&rest, '\n', &line)) {
			if (line.n == 0)
				continue; /* after the last one */
			CHECK(line.p[line.n - 1] == '\r' && line.n - 1 <= 75);
			CHECK(utf8_valid(line));
		}
		struct str want = str_cat(&a, str_cat(&a, STR("X:"), buf_str(&text)), STR("\r\n"));
		CHECK_STR(unfolded(&a, buf_str(&out)), want);
	}
}

TEST(texts_are_escaped_and_add_no_line)
{
	AUTO_ARENA(a, MIB);
	struct buf out;
	buf_init(&out, &a, 64 * KIB);
	ics_text(&out, "SUMMARY", STR("a;b,c\\d\r\nEND:VCALENDAR"));
	CHECK_STR(buf_str(&out), STR("SUMMARY:a\\;b\\,c\\\\d\\nEND:VCALENDAR\r\n"));
	buf_reset(&out);
	ics_raw(&out, "URL", STR("https://x\r\nX:1"));
	CHECK_STR(buf_str(&out), STR("URL:https://x  X:1\r\n"));
}

TEST(days_moments_and_zones_are_written_as_the_standard_says)
{
	AUTO_ARENA(a, MIB);
	struct buf out;
	buf_init(&out, &a, 64 * KIB);
	ics_day(&out, "DUE", date_make(2022, 3, 1));
	ics_utc(&out, "DTSTAMP", 1646107205);
	ics_local(&out, "DUE", &(struct ics_local){STR("UTC+0500"), date_make(2022, 3, 1), 9, 5});
	ics_zone(&out, STR("UTC-0330"), -210);
	CHECK_STR(buf_str(&out),
	        STR("DUE;VALUE=DATE:20220301\r\n"
	            "DTSTAMP:20220301T040005Z\r\n"
	            "DUE;TZID=UTC+0500:20220301T090500\r\n"
	            "BEGIN:VTIMEZONE\r\nTZID:UTC-0330\r\nBEGIN:STANDARD\r\n"
	            "DTSTART:19700101T000000\r\nTZOFFSETFROM:-0330\r\nTZOFFSETTO:-0330\r\n"
	            "TZNAME:UTC-0330\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
}
