#include "core/sample/results.h"
#include "base/limits.h"
#include "stat/random.h"

#include <math.h>
#include <string.h>

struct pupil {
	uint8_t points[LIMIT_TEST_ITEMS];
	bool tried[LIMIT_TEST_ITEMS];
	int total, journal, class_no;
	bool absent;
	char sex;
};

static int mark_of(const struct sample_test *t, int total)
{
	return 2 + (total >= t->min3) + (total >= t->min4) + (total >= t->min5);
}

/* Difficulty grows through the work and repeats from year to year, so that years can be compared.
 */
static double difficulty(const struct sample_test *t, size_t item)
{
	double place = t->n_items > 1 ? (double)item / (double)(t->n_items - 1) : 0;
	double wave = 0.45 * sin(1.7 * (double)item + t->grade);
	return -2.35 + 2.1 * place + wave + 0.05 * (t->year % 3);
}

static void write_work(
        struct random_stream *r, const struct sample_test *t, double ability, struct pupil *p)
{
	p->total = 0;
	for (size_t i = 0; i < t->n_items; i++) {
		double b = difficulty(t, i);
		double skip = 0.09 / (1 + exp(1.6 * (ability - b + 1.2)));
		p->tried[i] = random_unit(r) >= skip;
		p->points[i] = 0;
		for (int step = 0; p->tried[i] && step < t->item_max[i]; step++) {
			double chance = 1 / (1 + exp(-1.25 * (ability - b - 0.35 * step)));
			if (random_unit(r) >= chance)
				break;
			p->points[i]++;
		}
		p->total += p->points[i];
	}
}

/* Adds points from the end of the work, where the hard items stand, until the total is reached. */
static void lift_to(const struct sample_test *t, struct pupil *p, int total)
{
	for (size_t i = t->n_items; i > 0 && p->total < total; i--) {
		while (p->points[i - 1] < t->item_max[i - 1] && p->total < total) {
			p->points[i - 1]++;
			p->tried[i - 1] = true;
			p->total++;
		}
	}
}

static void distort(struct random_stream *r, const struct sample_school *s,
        const struct sample_test *t, struct pupil *p, const struct pupil *model)
{
	int next = p->total < t->min3 ? t->min3 : p->total < t->min4 ? t->min4 : t->min5;
	switch (s->distortion) {
	case SAMPLE_HONEST:
		break;
	case SAMPLE_BORDER:
		if (next - p->total <= 2 && random_unit(r) < 0.85)
			lift_to(t, p, next);
		break;
	case SAMPLE_INFLATE:
		if (p->total < t->min4 && random_unit(r) < 0.7)
			lift_to(t, p, t->min4 + (int)random_below(r, 3));
		break;
	case SAMPLE_COPY:
		if (p->class_no == 0 && random_unit(r) < 0.8) {
			memcpy(p->points, model->points, sizeof(p->points));
			memcpy(p->tried, model->tried, sizeof(p->tried));
			p->total = model->total;
		}
		break;
	}
}

static void print_head(struct buf *out, const struct sample_test *t)
{
	buf_add_z(out, "логин школы;регион;номер обучающегося;код обучающегося;"
	               "отметка за предыдущую четверть/триместр;пол;класс;вариант;всего баллов");
	for (size_t i = 0; i < t->n_items; i++)
		buf_printf(out, ";балл за %zu", i + 1);
	buf_add_z(out, ";Учебник;Др.уч. автор;Др.уч. название\r\n");
}

static void print_pupil(struct buf *out, const struct sample_school *s, const struct sample_test *t,
        const struct pupil *p, int no)
{
	static const char *const letters[] = {"А", "Б", "В", "Г"};
	buf_printf(out, STR_FMT ";" STR_FMT ";%d;%d%04d;%d;%s;%d%s;", STR_ARG(s->login),
	        STR_ARG(s->municipality), no, t->grade, no, p->journal, p->sex == 'f' ? "ж" : "м",
	        t->grade, letters[p->class_no]);
	if (p->absent) {
		buf_add_z(out, "отсутствовал;");
		for (size_t i = 0; i < t->n_items; i++)
			buf_byte(out, ';');
	} else {
		buf_printf(out, "%d;%d", 1 + no % 2, p->total);
		for (size_t i = 0; i < t->n_items; i++)
			p->tried[i] ? buf_printf(out, ";%d", p->points[i]) : buf_add_z(out, ";X");
	}
	buf_add_z(out, ";;;\r\n");
}

static void one_school(struct buf *out, const struct sample_school *s, const struct sample_test *t)
{
	struct random_stream r = random_seed((uint64_t)s->id * 1000003u + (uint64_t)t->year * 101u +
	                                     (uint64_t)t->grade * 17u + str_hash(t->subject));
	struct pupil model = {0};
	write_work(&r, t, s->level + 0.9, &model);
	for (int no = 1; no <= s->pupils; no++) {
		struct pupil p = {.class_no = (no - 1) * s->classes / s->pupils,
		        .sex = random_below(&r, 2) ? 'f' : 'm'};
		double ability = s->level + random_normal(&r);
		write_work(&r, t, ability, &p);
		int honest_mark = mark_of(t, p.total);
		int slip = random_unit(&r) < 0.16 ? 1 : random_unit(&r) < 0.08 ? -1 : 0;
		p.journal = honest_mark + slip < 3   ? 3
		            : honest_mark + slip > 5 ? 5
		                                     : honest_mark + slip;
		p.absent = random_unit(&r) < (s->distortion == SAMPLE_HONEST ? 0.06 : 0.01);
		distort(&r, s, t, &p, &model);
		print_pupil(out, s, t, &p, no);
	}
}

void sample_results(
        struct buf *out, const struct sample_school *school, size_t n, const struct sample_test *t)
{
	print_head(out, t);
	for (size_t i = 0; i < n; i++)
		one_school(out, &school[i], t);
}
