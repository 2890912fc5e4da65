/* Civil dates of the Gregorian calendar, no time zone. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

/* y = 0 means "no date". */
struct date {
	int16_t y;
	int8_t m, d; /* 1–12, 1–31 */
};

bool date_none(struct date d);
bool date_valid(int y, int m, int d);       /* years 1–9999 */
struct date date_make(int y, int m, int d); /* BUG when not valid */
int date_month_days(int y, int m);
/* Days since 1970-01-01 and back (Hinnant, "chrono-compatible low-level date algorithms"). */
int32_t date_days(struct date d);
struct date date_from_days(int32_t days);
struct date date_add_days(struct date d, int n);
struct date date_add_months(struct date d, int n); /* clamps to the month's end */
int date_cmp(struct date a, struct date b);        /* <0, 0, >0 */
int date_weekday(struct date d);                   /* 1 = Monday … 7 = Sunday */
/* "2022-02-08"; STR_NONE for no date. */
struct str date_iso(struct arena *a, struct date d);
/* "08.02.2022" as on Russian screens. */
struct str date_ru(struct arena *a, struct date d);
/* Whole text is an ISO date that exists. */
bool date_parse_iso(struct str s, struct date *ret);
/* Seconds since 1970-01-01 UTC → local date at an offset of minutes east of UTC. */
struct date date_of_time(int64_t utc, int offset_min);
/* "08.02.2022 14:05" at an offset of minutes east of UTC. */
struct str time_ru(struct arena *a, int64_t utc, int offset_min);

#endif
