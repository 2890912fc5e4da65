/* Seconds of CPU of the item models, on data made here: rows "work ours peer peer_name ratio". The
 * peers were measured once on another run (TAM 4.3 with 100,000 persons, 20 items: its ratio is a
 * guide, not a side-by-side figure). usage: bench-estimation [PERSONS] */
#include "base/num.h"
#include "stat/cml.h"
#include "stat/gpcm.h"
#include "stat/mml.h"
#include "stat/random.h"
#include "stat/rasch_person.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { ITEMS = 20, CATEGORIES_MAX = 3 };

static double cpu(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Scores 0 … top under the partial-credit model with slopes from 1 to 1 + spread. */
static struct scores made(struct arena *a, size_t n, int top, double spread)
{
	struct random_stream r = random_seed(1);
	uint8_t *x = arena_new(a, uint8_t, n * ITEMS);
	for (size_t p = 0; p < n; p++) {
		double theta = random_normal(&r);
		for (size_t i = 0; i < ITEMS; i++) {
			double place = (double)i / (ITEMS - 1), w[CATEGORIES_MAX] = {1}, sum = 1;
			for (int c = 1; c <= top; c++) {
				w[c] = w[c - 1] * exp((1 + spread * place) *
				                          (theta - 4 * place + 2 - 0.5 * (c - 1)));
				sum += w[c];
			}
			double u = random_unit(&r) * sum;
			int v = 0;
			while (v < top && u > w[v])
				u -= w[v++];
			x[p * ITEMS + i] = (uint8_t)v;
		}
	}
	return (struct scores){n, ITEMS, x};
}

static void row(const char *work, double ours, double peer, const char *name)
{
	if (isnan(peer))
		(void)printf("%s\t%.4f\t\t\t\n", work, ours);
	else
		(void)printf("%s\t%.4f\t%.2f\t%s\t%.0f\n", work, ours, peer, name, peer / ours);
}

static void rasch_rows(struct arena *a, size_t n, int top, const char *name, double peer)
{
	struct scores s = made(a, n, top, 0);
	struct quadrature q = quadrature_grid(a, -6, 6, 61, 1);
	struct mml m;
	struct cml c;
	struct rasch_person p;
	double t0 = cpu();
	struct steps st = steps_of(a, &s);
	double t1 = cpu();
	mml_fit(a, &s, &st, &q, true, &m);
	double t2 = cpu();
	rasch_person_fit(a, &s, &st, m.beta, &p);
	double t3 = cpu();
	cml_fit(a, &s, &st, &c);
	double t4 = cpu();
	double scale = (double)n / 100000;
	row(arena_printf(a, "%s counting", name), t1 - t0, (double)NAN, "");
	row(arena_printf(a, "%s marginal", name), t2 - t1, peer * scale, "TAM");
	row(arena_printf(a, "%s marginal, errors, persons, fit", name), t3 - t1, peer * scale,
	        "TAM");
	row(arena_printf(a, "%s conditional", name), t4 - t3, (top > 1 ? 4.8 : 1.55) * scale,
	        "psychotools");
}

int main(int argc, char **argv)
{
	AUTO_ARENA(a, (size_t)16 << 30);
	int64_t n = 100000;
	if (argc > 1 && (!num_parse_int(str_c(argv[1]), &n) || n < 10 || n > 50000000)) {
		(void)fprintf(stderr, "usage: bench-estimation [PERSONS]\n");
		return 2;
	}
	(void)printf("work\tours\tpeer\tpeer_name\tratio\n");
	rasch_rows(&a, (size_t)n, 1, "rasch", 4.3);
	rasch_rows(&a, (size_t)n, 2, "pcm", 5.7);
	struct scores s = made(&a, (size_t)n, 1, 0.8);
	struct steps st = steps_of(&a, &s);
	struct quadrature q = quadrature_grid(&a, -6, 6, 61, 1);
	struct gpcm m;
	double t0 = cpu();
	gpcm_fit(&a, &s, &st, &q, &m);
	row("2pl marginal", cpu() - t0, 6.1 * (double)n / 100000, "mirt");
	return m.converged ? 0 : 1;
}
