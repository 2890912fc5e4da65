/* soko stat: equating of two forms through an anchor. */
#include "base/limits.h"
#include "cli/stat_table.h"
#include "stat/neat.h"

#include <math.h>

static size_t form_col(const struct stat_table *t)
{
	static const char *const names[] = {"form", "group", "population", "pop"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (stat_col(t, names[i]) != SIZE_MAX)
			return stat_col(t, names[i]);
	return SIZE_MAX;
}

bool stat_looks_anchored(const struct stat_table *t)
{
	return form_col(t) != SIZE_MAX && stat_col(t, "total") != SIZE_MAX &&
	       stat_col(t, "anchor") != SIZE_MAX;
}

static bool is_score(double v)
{
	return v >= 0 && v <= LIMIT_TEST_MAX && v == floor(v);
}

/* Persons of one form; the greatest total and anchor are raised. */
static struct neat_group persons_of(
        const struct stat_job *j, const uint8_t *form, uint8_t which, uint32_t top[2])
{
	const struct stat_table *t = j->t;
	size_t total = stat_col(t, "total"), anchor = stat_col(t, "anchor"), n = 0;
	uint32_t *x = arena_new(j->a, uint32_t, t->n), *v = arena_new(j->a, uint32_t, t->n);
	for (size_t r = 0; r < t->n; r++) {
		if (form[r] != which || !is_score(stat_at(t, r, total)) ||
		        !is_score(stat_at(t, r, anchor)))
			continue;
		x[n] = (uint32_t)stat_at(t, r, total);
		v[n] = (uint32_t)stat_at(t, r, anchor);
		top[0] = x[n] > top[0] ? x[n] : top[0];
		top[1] = v[n] > top[1] ? v[n] : top[1];
		n++;
	}
	return (struct neat_group){n, x, v};
}

void stat_do_anchor(const struct stat_job *j)
{
	static const struct {
		const char *stat;
		enum neat_method method;
	} methods[] = {{"yx_tucker", NEAT_TUCKER}, {"yx_levine", NEAT_LEVINE},
	        {"yx_chained_linear", NEAT_CHAINED}, {"yx_nominal", NEAT_NOMINAL},
	        {"yx_braun_holland", NEAT_BRAUN_HOLLAND},
	        {"yx_frequency_estimation", NEAT_FREQUENCY},
	        {"yx_chained_equipercentile", NEAT_CHAINED_EQUIPERCENTILE}};
	const uint8_t *form = stat_group_of(j->a, j->t, form_col(j->t));
	if (form == NULL)
		return;
	uint32_t x_top[2] = {0, 0}, y_top[2] = {0, 0};
	struct neat_group x = persons_of(j, form, 0, x_top), y = persons_of(j, form, 1, y_top);
	struct neat_opt o = {.top_x = x_top[0],
	        .top_y = y_top[0],
	        .top_v = x_top[1] > y_top[1] ? x_top[1] : y_top[1],
	        .weight_x = 0.5};
	for (size_t i = 0; i < x.n; i++)
		o.external |= x.anchor[i] > x.total[i];
	for (size_t i = 0; i < y.n; i++)
		o.external |= y.anchor[i] > y.total[i];
	double *yx = arena_new(j->a, double, (size_t)o.top_x + 1);
	for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
		neat_equate(j->a, &x, &y, &o, methods[m].method, yx);
		for (size_t s = 0; s <= o.top_x; s++)
			stat_row_at(j->o, methods[m].stat, s, yx[s]);
	}
}
