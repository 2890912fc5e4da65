/* A whole year of reminding, played day by day: next occurrences, people who report early, in time,
 * late or never, notices, letters with their text. It changes the database it is given, so it is
 * given a copy (`soko remind --simulate`). Without network. */
#ifndef CORE_REMIND_SIMULATE_H
#define CORE_REMIND_SIMULATE_H

#include "core/remind/remind.h"

/* Of twenty assignments: nine are reported two days before, six on the day, three four days late,
 * one eleven days late, one never. Chosen by number, so that every run is the same. */
struct simulated {
	struct remind_counts counts;
	int64_t n_days, n_occurrences, n_submitted, n_letters, letter_bytes;
	int64_t busiest_letters; /* of one day */
	int64_t slowest_ms;      /* of one day */
};
/* year: 1900–9998. EC_INPUT, EC_DB. */
MUST_USE enum ec remind_simulate(
        const struct ctx *c, int year, struct simulated *ret, struct err *e);

#endif
