#include "pack/ics_write.h"

#define FOLD 75

/* The line without its end, folded: continuation lines begin with a blank, which counts. */
static void folded(struct buf *out, struct str line)
{
	size_t room = FOLD;
	for (size_t i = 0; i < line.n;) {
		size_t end = line.n - i > room ? i + room : line.n;
		/* not inside a character; a byte that leads none is taken as it is */
		size_t back = end;
		while (back > i && end < line.n && ((uint8_t)line.p[back] & 0xc0) == 0x80)
			back--;
		if (back > i)
			end = back;
		buf_add(out, str_sub(line, i, end));
		i = end;
		if (i < line.n)
			buf_add_z(out, "\r\n ");
		room = FOLD - 1;
	}
	buf_add_z(out, "\r\n");
}

static void line(struct buf *out, const char *name, struct str value)
{
	folded(out, str_printf(out->a, "%s:" STR_FMT, name, STR_ARG(value)));
}

void ics_raw(struct buf *out, const char *name, struct str value)
{
	struct buf b;
	buf_init(&b, out->a, value.n + 16);
	for (size_t i = 0; i < value.n; i++)
		buf_byte(&b, (uint8_t)value.p[i] < ' ' || value.p[i] == 0x7f ? ' ' : value.p[i]);
	line(out, name, buf_str(&b));
}

void ics_text(struct buf *out, const char *name, struct str value)
{
	struct buf b;
	buf_init(&b, out->a, 2 * value.n + 16);
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		if (c == '\r')
			continue;
		if (c == '\n')
			buf_add_z(&b, "\\n");
		else if ((uint8_t)c < ' ' || c == 0x7f)
			buf_byte(&b, ' ');
		else {
			if (c == '\\' || c == ';' || c == ',')
				buf_byte(&b, '\\');
			buf_byte(&b, c);
		}
	}
	line(out, name, buf_str(&b));
}

void ics_day(struct buf *out, const char *name, struct date d)
{
	buf_printf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.y, d.m, d.d);
}

void ics_utc(struct buf *out, const char *name, int64_t utc)
{
	struct date d = date_of_time(utc, 0);
	int sec = (int)(((utc % 86400) + 86400) % 86400);
	buf_printf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, d.y, d.m, d.d, sec / 3600,
	        sec / 60 % 60, sec % 60);
}

void ics_local(struct buf *out, const char *name, const struct ics_local *t)
{
	folded(out, str_printf(out->a, "%s;TZID=" STR_FMT ":%04d%02d%02dT%02d%02d00", name,
	                    STR_ARG(t->tzid), t->day.y, t->day.m, t->day.d, t->hour, t->minute));
}

void ics_zone(struct buf *out, struct str tzid, int offset_min)
{
	int east = offset_min < 0 ? -offset_min : offset_min;
	char sign = offset_min < 0 ? '-' : '+';
	buf_add_z(out, "BEGIN:VTIMEZONE\r\n");
	ics_raw(out, "TZID", tzid);
	buf_add_z(out, "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n");
	buf_printf(out, "TZOFFSETFROM:%c%02d%02d\r\nTZOFFSETTO:%c%02d%02d\r\n", sign, east / 60,
	        east % 60, sign, east / 60, east % 60);
	ics_raw(out, "TZNAME", tzid);
	buf_add_z(out, "END:STANDARD\r\nEND:VTIMEZONE\r\n");
}
