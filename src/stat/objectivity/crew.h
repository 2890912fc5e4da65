/* Two threads over independent pieces of work. What a piece computes does not depend on who runs it
 * or when, so results are the same with one thread. */
#ifndef STAT_OBJECTIVITY_CREW_H
#define STAT_OBJECTIVITY_CREW_H

#include "base/arena.h"

enum { OB_CREW = 2 };

/* Each thread's memory; lives until the crew is cleared. */
struct ob_crew {
	struct arena arena[OB_CREW];
};

/* Each thread may ask for as much as is left in the arena. */
void ob_crew_init(struct ob_crew *c, const struct arena *a);
void ob_crew_clear(struct ob_crew *c);

#define AUTO_CREW(name, a)                                                                         \
	__attribute__((cleanup(ob_crew_clear))) struct ob_crew name = {0};                         \
	ob_crew_init(&name, (a))

/* Piece i of the work; memory from a, writes only what is its own. */
typedef void ob_piece(void *work, size_t i, struct arena *a);

/* Runs pieces 0 … n − 1 and returns when all are done. */
void ob_crew_run(struct ob_crew *c, size_t n, ob_piece *piece, void *work);

#endif
