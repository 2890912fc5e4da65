/* Content lines of iCalendar (RFC 5545): escaped, ended by CRLF, folded at 75 octets without ever
 * cutting a character. What stands in which component is the caller's business. */
#ifndef PACK_ICS_WRITE_H
#define PACK_ICS_WRITE_H

#include "base/buf.h"
#include "base/date.h"

/* NAME:value as it is (identifiers, rules, addresses); control characters become blanks. */
void ics_raw(struct buf *out, const char *name, struct str value);
/* A TEXT value: \ ; , and line breaks escaped. */
void ics_text(struct buf *out, const char *name, struct str value);
/* NAME;VALUE=DATE:20220301 */
void ics_day(struct buf *out, const char *name, struct date day);
/* NAME:20220301T040000Z */
void ics_utc(struct buf *out, const char *name, int64_t utc);
/* NAME;TZID=tzid:20220301T120000 */
struct ics_local {
	struct str tzid;
	struct date day;
	int hour, minute;
};
void ics_local(struct buf *out, const char *name, const struct ics_local *t);
/* The VTIMEZONE of a fixed offset (Russia has no summer time since 2011; soko's clock is an
 * offset), minutes east of UTC. tzid: as used in ics_local, without : ; , and quotes. */
void ics_zone(struct buf *out, struct str tzid, int offset_min);

#endif
