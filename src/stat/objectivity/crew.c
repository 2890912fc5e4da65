#include "stat/objectivity/crew.h"

#include <pthread.h>
#include <stdatomic.h>

struct shift {
	atomic_size_t next;
	size_t n;
	ob_piece *piece;
	void *work;
};

struct member {
	struct shift *shift;
	struct arena *arena;
};

void ob_crew_init(struct ob_crew *c, const struct arena *a)
{
	for (size_t i = 0; i < OB_CREW; i++)
		arena_init(&c->arena[i], arena_left(a));
}

void ob_crew_clear(struct ob_crew *c)
{
	for (size_t i = 0; i < OB_CREW; i++)
		arena_clear(&c->arena[i]);
}

static void *take_pieces(void *arg)
{
	struct member *m = arg;
	for (;;) {
		size_t i = atomic_fetch_add(&m->shift->next, 1);
		if (i >= m->shift->n)
			return NULL;
		m->shift->piece(m->shift->work, i, m->arena);
	}
}

void ob_crew_run(struct ob_crew *c, size_t n, ob_piece *piece, void *work)
{
	struct shift s = {.n = n, .piece = piece, .work = work};
	struct member m[OB_CREW];
	pthread_t thread[OB_CREW];
	size_t helpers = 0;
	for (size_t i = 0; i < OB_CREW; i++)
		m[i] = (struct member){&s, &c->arena[i]};
	while (helpers + 1 < OB_CREW && helpers + 1 < n &&
	        pthread_create(&thread[helpers], NULL, take_pieces, &m[helpers + 1]) == 0)
		helpers++;
	(void)take_pieces(&m[0]); /* the caller works too, alone if need be */
	for (size_t i = 0; i < helpers; i++)
		(void)pthread_join(thread[i], NULL);
}
