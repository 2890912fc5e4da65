#include "base/date.h"
#include "base/cur.h"

bool date_none(struct date d)
{
	return d.y == 0;
}

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int date_month_days(int y, int m)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool date_valid(int y, int m, int d)
{
	return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= date_month_days(y, m);
}

struct date date_make(int y, int m, int d)
{
	BUG_IF(!date_valid(y, m, d));
	return (struct date){(int16_t)y, (int8_t)m, (int8_t)d};
}

int32_t date_days(struct date d)
{
	int y = d.y - (d.m <= 2);
	int era = y / 400;
	int yoe = y - era * 400;
	int doy = (153 * (d.m + (d.m > 2 ? -3 : 9)) + 2) / 5 + d.d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

struct date date_from_days(int32_t days)
{
	int32_t z = days + 719468;
	int32_t era = (z >= 0 ? z : z - 146096) / 146097;
	int32_t doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int m = mp < 10 ? mp + 3 : mp - 9;
	int y = yoe + era * 400 + (m <= 2);
	return date_make(y, m, doy - (153 * mp + 2) / 5 + 1);
}

struct date date_add_days(struct date d, int n)
{
	return date_from_days(date_days(d) + n);
}

struct date date_add_months(struct date d, int n)
{
	int total = d.y * 12 + (d.m - 1) + n;
	int y = total / 12;
	int m = total % 12 + 1;
	int most = date_month_days(y, m);
	return date_make(y, m, d.d < most ? d.d : most);
}

int date_cmp(struct date a, struct date b)
{
	if (a.y != b.y)
		return a.y - b.y;
	if (a.m != b.m)
		return a.m - b.m;
	return a.d - b.d;
}

int date_weekday(struct date d)
{
	int w = (date_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */
	return (w < 0 ? w + 7 : w) + 1;
}

struct str date_iso(struct arena *a, struct date d)
{
	if (date_none(d))
		return STR_NONE;
	return str_printf(a, "%04d-%02d-%02d", d.y, d.m, d.d);
}

struct str date_ru(struct arena *a, struct date d)
{
	if (date_none(d))
		return STR("");
	return str_printf(a, "%02d.%02d.%04d", d.d, d.m, d.y);
}

bool date_parse_iso(struct str s, struct date *ret)
{
	struct cur c = CUR(s);
	uint64_t y;
	uint64_t m;
	uint64_t d;
	if (s.n != 10 || !cur_uint(&c, 4, 9999, &y) || !cur_byte(&c, '-') ||
	        !cur_uint(&c, 2, 12, &m) || !cur_byte(&c, '-') || !cur_uint(&c, 2, 31, &d) ||
	        c.i != 10)
		return false;
	if (!date_valid((int)y, (int)m, (int)d))
		return false;
	*ret = date_make((int)y, (int)m, (int)d);
	return true;
}

struct date date_of_time(int64_t utc, int offset_min)
{
	int64_t t = utc + (int64_t)offset_min * 60;
	int64_t days = t / 86400 - (t % 86400 < 0);
	return date_from_days((int32_t)days);
}

struct str time_ru(struct arena *a, int64_t utc, int offset_min)
{
	int64_t t = utc + (int64_t)offset_min * 60;
	int64_t sec = ((t % 86400) + 86400) % 86400;
	struct date d = date_of_time(utc, offset_min);
	return str_printf(a, "%02d.%02d.%04d %02d:%02d", d.d, d.m, d.y, (int)(sec / 3600),
	        (int)(sec / 60 % 60));
}
