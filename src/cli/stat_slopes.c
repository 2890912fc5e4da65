/* soko stat: models with slopes. */
#include "cli/stat_table.h"
#include "stat/gpcm.h"

#include <math.h>

enum { FIRST = 20 };

static void fit_table(const struct stat_job *j, struct scores *s, struct steps *st, struct gpcm *m)
{
	*s = stat_varying(j->a, j, NULL);
	*st = steps_of(j->a, s);
	struct quadrature q = quadrature_grid(j->a, -6, 6, 61, 1);
	gpcm_fit(j->a, s, st, &q, m);
}

void stat_do_mirt_2pl(const struct stat_job *j)
{
	struct scores s;
	struct steps st;
	struct gpcm m;
	struct stat_out *o = j->o;
	fit_table(j, &s, &st, &m);
	stat_rows(o, "a", m.a, s.k);
	for (size_t i = 0; i < s.k; i++)
		stat_row_at(o, "b", i + 1, gpcm_step(&m, &st, i, 1));
	stat_row_one(o, "loglik", m.loglik);
	if (!m.converged)
		return;
	double sum = 0, spread = 0, error = 0, n = (double)s.n;
	for (size_t p = 0; p < s.n; p++)
		sum += m.eap[p];
	for (size_t p = 0; p < s.n; p++) {
		spread += (m.eap[p] - sum / n) * (m.eap[p] - sum / n) / (n - 1);
		error += m.eap_var[p] / n;
		if (p < FIRST)
			stat_row_at(o, "eap_first20", p + 1, m.eap[p]);
	}
	stat_row_one(o, "empirical_rxx_eap", spread / (spread + error));
}

void stat_do_mirt_gpcm(const struct stat_job *j)
{
	struct scores s;
	struct steps st;
	struct gpcm m;
	struct stat_out *o = j->o;
	fit_table(j, &s, &st, &m);
	stat_rows(o, "a", m.a, s.k);
	for (size_t i = 0; i < s.k; i++)
		for (size_t c = 1; c <= st.max[i]; c++)
			stat_row_at(
			        o, arena_printf(j->a, "b%zu", c), i + 1, gpcm_step(&m, &st, i, c));
	stat_row_one(o, "loglik", m.loglik);
}
