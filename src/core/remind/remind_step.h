/* The steps of reminding: how many days before or after the due day who is told. Rows with sources,
 * switchable per territory (docs/methods/reminding.md); nothing here knows a single assignment. */
#ifndef CORE_REMIND_REMIND_STEP_H
#define CORE_REMIND_REMIND_STEP_H

#include "core/calendar/calendar.h"
#include "core/calendar/edit.h"

enum audience {
	AUDIENCE_NONE = 0,
	AUDIENCE_EXECUTOR,
	AUDIENCE_CONTROLLER,
	AUDIENCE_HEAD,
	AUDIENCE_COUNT
};
struct str audience_name(enum audience a);  /* stored: "executor" */
struct str audience_title(enum audience a); /* «исполнитель» */
bool audience_of(struct str name, enum audience *ret);

#define REMIND_STEPS_MAX 40  /* of one territory */
#define REMIND_DAYS_MAX  180 /* days of one step, either way */

struct remind_step {
	struct str code; /* "b7": part of the key of a notice */
	int days;        /* of the due day: -7 before it, 3 after it */
	bool work;       /* counted in working days */
	enum audience audience;
	bool active;
	int64_t territory_id; /* who decided; DB_NULL_INT: the program's own */
	struct str territory_name;
	struct provenance from;
};
struct remind_steps {
	struct remind_step v[REMIND_STEPS_MAX]; /* by day, the earliest first */
	size_t n;
};

/* Steps of a territory (0 or ACTOR_ALL: of the region), switched off ones too. EC_DB. */
MUST_USE enum ec remind_steps_load(
        const struct ctx *c, int64_t territory_id, struct remind_steps *ret, struct err *e);

/* «за 7 дн. до срока», «в день срока», «через 3 раб. дн. после срока» */
struct str remind_step_said(struct arena *a, const struct remind_step *s);

/* The day a step is taken for a due day: counted from it, then off days are left — before the due
 * day and on it to the working day before (there is still time to act), after it to the next. */
struct date remind_day(const struct calendar *cal, const struct remind_step *s, struct date due);
/* The last due day whose step has come by that day; steps are monotone in the due day, so all
 * earlier due days have it behind them too. */
struct date remind_bound(
        const struct calendar *cal, const struct remind_step *s, struct date today);

struct remind_step_form {
	int64_t territory_id; /* 0: the region */
	struct str code;
	int64_t days;
	bool work, active;
	struct str audience;
	bool drop; /* as the level above again */
	struct source_form from;
};
/* Changes, adds (a new code: letters and digits, at most 8) or drops the territory's own row.
 * Needs CAP_CALENDAR_WRITE. One transaction, one event. EC_INPUT names the field; EC_NOTFOUND:
 * nothing to drop. */
MUST_USE enum ec remind_step_put(
        const struct ctx *c, const struct remind_step_form *f, struct err *e);

#endif
