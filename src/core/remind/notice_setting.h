/* What a person wants to be told, and when: their own choice over the program's. */
#ifndef CORE_REMIND_NOTICE_SETTING_H
#define CORE_REMIND_NOTICE_SETTING_H

#include "core/remind/remind_step.h"

struct notice_setting {
	bool page;                          /* the bell counts; notices are kept in any case */
	bool mail;                          /* a letter once a day */
	int digest_hour;                    /* local hour it is sent after, 0–23 */
	int quiet_from, quiet_to;           /* local hours [from, to) over midnight; equal: none */
	bool days_off;                      /* letters on days off too */
	struct str muted[REMIND_STEPS_MAX]; /* codes of steps not wanted */
	size_t n_muted;
};

/* Of a person, or the program's own: bell and letter on, at 8, quiet from 20 to 7, not on days off.
 * EC_DB. */
MUST_USE enum ec notice_setting_of(
        const struct ctx *c, int64_t user_id, struct notice_setting *ret, struct err *e);
/* Is the local hour (0–23) a quiet one? */
bool notice_quiet(const struct notice_setting *s, int hour);
int local_hour(const struct ctx *c);
bool notice_muted(const struct notice_setting *s, struct str code);

/* The address of one's own account, may be empty. */
MUST_USE enum ec notice_email(const struct ctx *c, struct str *ret, struct err *e);

/* One's own; one transaction, one event. EC_INPUT names the field. */
MUST_USE enum ec notice_setting_put(
        const struct ctx *c, const struct notice_setting *s, struct err *e);

#endif
