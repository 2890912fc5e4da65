/* A road map with one activity on control of the schools of the small region (place.h): what tests
 * of execution begin with. */
#ifndef TESTS_JOB_TOWN_H
#define TESTS_JOB_TOWN_H

#include "core/control/assignment_card.h"
#include "place.h"

struct job_town {
	struct place p;
	struct clock later;
	int64_t document;
	int64_t own,
	        other; /* assignments: of the school of as_school, of another one in the north */
	int64_t far;   /* of the school in the south */
	int64_t muni;  /* of the municipality in the north, another point */
};
/* Confirmed on 15.02.2022; the schools are due on 01.03.2022, municipalities on 10.03.2022. */
void found_job_town(struct job_town *t, struct db *db, struct arena *a);
/* All its people live so many days later. */
void job_town_later(struct job_town *t, int days);
/* A step that must do, or must answer the code. */
bool job_step(const struct ctx *c, int64_t id, enum control_step s, const char *note, enum ec want);
struct assignment_card job_card(const struct ctx *c, int64_t id);
/* `soko check` finds nothing wrong. */
void job_town_whole(const struct job_town *t);

#endif
