/* soko stat: every analysis that fits a file of numbers, as rows "analysis stat index value".
 * docs/methods/psychometrics.md. */
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/stat_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What a file holds, told by its header. */
enum shape {
	SHAPE_ITEMS,   /* columns of item scores */
	SHAPE_PVALUES, /* p */
	SHAPE_EQUATE,  /* scale, xcount, ycount */
	SHAPE_ANCHOR,  /* form, total, anchor */
	SHAPE_GROWTH,  /* prior, current */
	SHAPE_SERIES,  /* t, y, a 0/1 column, perhaps month */
	SHAPE_DID,     /* outcome, two 0/1 columns and their product */
	SHAPE_LEVELS,  /* school, outcome, others */
};

/* One row an analysis. */
static const struct analysis {
	const char *name;  /* first column of the rows */
	const char *model; /* word of --model */
	enum shape shape;
	stat_fits_fn *fits;
	stat_fn *run;
} analyses[] = {
        {"classical", "classical", SHAPE_ITEMS, NULL, stat_do_classical},
        {"eRm_RM", "rasch", SHAPE_ITEMS, stat_is_binary, stat_do_erm_rm},
        {"eRm_PCM", "pcm", SHAPE_ITEMS, stat_is_graded, stat_do_erm_pcm},
        {"TAM_rasch_mml61", "rasch", SHAPE_ITEMS, stat_is_binary, stat_do_tam_rasch},
        {"TAM_pcm_mml61", "pcm", SHAPE_ITEMS, stat_is_graded, stat_do_tam_pcm},
        {"ltm_rasch_a1", "1pl", SHAPE_ITEMS, stat_is_binary, stat_do_ltm_rasch},
        {"ltm_1pl_common_a", "1pl", SHAPE_ITEMS, stat_is_binary, stat_do_ltm_1pl},
        {"mirt_2pl_mml61", "2pl", SHAPE_ITEMS, stat_is_binary, stat_do_mirt_2pl},
        {"mirt_gpcm_mml61", "gpcm", SHAPE_ITEMS, stat_is_graded, stat_do_mirt_gpcm},
        {"difR_MH", "mh", SHAPE_ITEMS, stat_has_groups, stat_do_dif_mh},
        {"difR_logistic", "dif_logistic", SHAPE_ITEMS, stat_has_groups, stat_do_dif_logistic},
        {"difR_std", "dif_std", SHAPE_ITEMS, stat_has_groups, stat_do_dif_std},
        {"difR_BreslowDay", "breslow_day", SHAPE_ITEMS, stat_has_groups, stat_do_dif_bd},
        {"PerFit", "person_fit", SHAPE_ITEMS, stat_is_binary, stat_do_perfit},
        {"PerFit_poly", "person_fit", SHAPE_ITEMS, stat_is_polytomous, stat_do_perfit_poly},
        {"aberrance_similarity", "similarity", SHAPE_ITEMS, stat_is_binary, stat_do_similarity},
        {"equate_random_groups", "equate", SHAPE_EQUATE, NULL, stat_do_equate},
        {"equate_anchor", "equate", SHAPE_ANCHOR, NULL, stat_do_anchor},
        {"quantile_growth", "growth", SHAPE_GROWTH, NULL, stat_do_growth},
        {"its_ols", "its", SHAPE_SERIES, NULL, stat_do_its},
        {"did_ols", "did", SHAPE_DID, NULL, stat_do_did},
        {"did_ols_cov", "did", SHAPE_DID, NULL, stat_do_did_cov},
        {"lmer_REML", "lmer", SHAPE_LEVELS, NULL, stat_do_lmer_reml},
        {"lmer_ML", "lmer", SHAPE_LEVELS, NULL, stat_do_lmer_ml},
        {"p_adjust", "p_adjust", SHAPE_PVALUES, NULL, stat_do_p_adjust},
        {"dist", "dist", SHAPE_PVALUES, NULL, stat_do_dist},
        {"poisson_binomial", "dist", SHAPE_PVALUES, NULL, stat_do_poisson_binomial},
};

static bool name_in(struct str name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_ieq_ascii(name, str_c(*list)))
			return true;
	return false;
}

static const char *const group_names[] = {"group", "gender", "sex", "female", "male", "focal",
        "группа", "пол", "Группа", "Пол", NULL};
static const char *const id_names[] = {"id", "person", "pupil", "code", "код", "Код", NULL};

static enum shape shape_of(const struct stat_table *t)
{
	if (stat_col(t, "p") != SIZE_MAX && t->k == 1)
		return SHAPE_PVALUES;
	if (stat_looks_equating(t))
		return SHAPE_EQUATE;
	if (stat_looks_anchored(t))
		return SHAPE_ANCHOR;
	if (stat_looks_growth(t))
		return SHAPE_GROWTH;
	if (stat_looks_series(t))
		return SHAPE_SERIES;
	if (stat_looks_multilevel(t))
		return SHAPE_LEVELS;
	return stat_looks_did(t) ? SHAPE_DID : SHAPE_ITEMS;
}

/* Fills scores, item names and group of a file of item scores. */
static enum ec items_take(
        struct arena *a, const struct stat_table *t, struct stat_job *j, struct err *e)
{
	size_t *col = arena_new(a, size_t, t->k);
	struct str *name = arena_new(a, struct str, t->k);
	size_t k = 0;
	for (size_t c = 0; c < t->k; c++) {
		if (name_in(t->name[c], group_names))
			j->group = stat_group_of(a, t, c);
		else if (!(c == 0 && name_in(t->name[c], id_names)))
			col[k++] = c;
	}
	uint8_t *x = arena_new(a, uint8_t, t->n * k);
	for (size_t r = 0; r < t->n; r++)
		for (size_t i = 0; i < k; i++) {
			double v = stat_at(t, r, col[i]);
			struct str cell = t->text[r * t->k + col[i]];
			bool absent = cell.n == 0 || str_eq_z(cell, "NA");
			if (!absent && !(v >= 0 && v <= LIMIT_ITEM_MAX && v == floor(v)))
				return err_set(e, EC_INPUT,
				        "столбец «" STR_FMT "», строка %zu: балл должен быть целым "
				        "от 0 до %d",
				        STR_ARG(t->name[col[i]]), r + 2, LIMIT_ITEM_MAX);
			x[r * k + i] = absent ? SCORE_NONE : (uint8_t)v;
		}
	for (size_t i = 0; i < k; i++)
		name[i] = t->name[col[i]];
	j->scores = (struct scores){t->n, k, x};
	j->item = name;
	return EC_OK;
}

static bool wanted(const struct analysis *an, const char *model)
{
	return *model == '\0' || strcmp(model, an->model) == 0 || strcmp(model, an->name) == 0;
}

static enum ec run(struct stat_job *j, enum shape shape, const char *model, struct err *e)
{
	bool known = false;
	size_t ran = 0, head = j->o->b.n;
	for (size_t i = 0; i < ARRAY_LEN(analyses); i++) {
		const struct analysis *an = &analyses[i];
		known |= wanted(an, model);
		if (an->shape != shape || !wanted(an, model) || (an->fits && !an->fits(j)))
			continue;
		AUTO_ARENA(scratch, LIMIT_ARENA_JOB);
		j->a = &scratch;
		j->o->analysis = an->name;
		an->run(j);
		ran++;
	}
	if (!known)
		return err_set(e, EC_INPUT, "нет модели «%s»", model);
	if (ran == 0)
		return err_set(e, EC_INPUT, "к этому файлу модель не подходит");
	if (j->o->b.n == head)
		return err_set(e, EC_INPUT, "данных не хватает ни для одной оценки");
	return EC_OK;
}

enum ec cmd_stat(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *model, *given_path;
	TRY(opt_value(args, "--model", "", &model, e));
	TRY(opt_value(args, "--given", "", &given_path, e));
	bool tsv = opt_flag(args, "--tsv");
	TRY(opt_end(args, 1, 1, e));
	struct stat_table t;
	TRY(stat_table_read(&a, args->v[0], &t, e));
	struct stat_given given = {0};
	if (*given_path != '\0')
		TRY(stat_given_read(&a, given_path, &given, e));
	enum shape shape = shape_of(&t);
	struct stat_out o = {.a = &a, .tsv = tsv};
	buf_init(&o.b, &a, LIMIT_FILE);
	struct stat_job j = {.t = &t, .given = &given, .o = &o};
	if (shape == SHAPE_ITEMS)
		TRY(items_take(&a, &t, &j, e));
	stat_out_head(&o);
	TRY(run(&j, shape, model, e));
	TRY(buf_check(&o.b, "вывод", e));
	if (fwrite(o.b.p, 1, o.b.n, stdout) != o.b.n)
		return err_set(e, EC_IO, "вывод не записан");
	return EC_OK;
}
