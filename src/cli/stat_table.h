/* `soko stat`: a table of numbers read from a text file, what it looks like, and the rows that go
 * out. */
#ifndef CLI_STAT_TABLE_H
#define CLI_STAT_TABLE_H

#include "base/buf.h"
#include "stat/scores.h"

struct stat_table {
	size_t n, k;          /* rows without the header, columns */
	struct str *name;     /* [k] */
	struct str *text;     /* [n × k] */
	double *v;            /* [n × k] NaN: empty, NA or no number */
	const char *analysis; /* NULL: everything that fits */
};

MUST_USE enum ec stat_table_read(
        struct arena *a, const char *path, struct stat_table *ret, struct err *e);
double stat_at(const struct stat_table *t, size_t row, size_t col);
/* Column by its name without case, or SIZE_MAX. */
size_t stat_col(const struct stat_table *t, const char *name);
/* Copies a column. */
double *stat_column(struct arena *a, const struct stat_table *t, size_t col);
/* Every known value of the column is 0 or 1, and both occur. */
bool stat_dummy(const struct stat_table *t, size_t col);

/* Two groups by the labels of a column: the lesser in byte order is 0, the other 1, no label
 * SCORE_NONE. NULL unless there are just two labels. */
const uint8_t *stat_group_of(struct arena *a, const struct stat_table *t, size_t col);

/* Values given with --given: rows of a file in the output form whose stat is given_a, given_b,
 * given_theta. */
struct stat_given {
	double *a, *b, *theta;
	size_t n_a, n_b, n_theta;
};
MUST_USE enum ec stat_given_read(
        struct arena *a, const char *path, struct stat_given *ret, struct err *e);

/* Rows that go out. */
struct stat_out {
	struct arena *a;
	struct buf b;
	const char *analysis; /* of the next rows */
	bool tsv;
};

void stat_out_head(struct stat_out *o);
void stat_row(struct stat_out *o, const char *stat, struct str index, double value);
void stat_row_one(struct stat_out *o, const char *stat, double value); /* empty index */
void stat_row_at(struct stat_out *o, const char *stat, size_t index, double value);
/* Index 1 … n. */
void stat_rows(struct stat_out *o, const char *stat, const double *v, size_t n);

/* One job of the command: the table, what is given, where rows go. */
struct stat_job {
	struct arena *a; /* scratch of this analysis */
	const struct stat_table *t;
	const struct stat_given *given;
	struct scores scores;   /* files of item scores: without group and identifier */
	const struct str *item; /* [scores.k] names of the items */
	const uint8_t *group;   /* [scores.n] 0, 1 or SCORE_NONE; NULL: no group column */
	struct stat_out *o;
};

typedef void stat_fn(const struct stat_job *j);

stat_fn stat_do_classical, stat_do_p_adjust, stat_do_dist, stat_do_poisson_binomial;
stat_fn stat_do_erm_rm, stat_do_erm_pcm;
stat_fn stat_do_tam_rasch, stat_do_tam_pcm, stat_do_ltm_rasch, stat_do_ltm_1pl;

stat_fn stat_do_mirt_2pl, stat_do_mirt_gpcm;
stat_fn stat_do_dif_mh, stat_do_dif_logistic, stat_do_dif_std, stat_do_dif_bd;
stat_fn stat_do_equate, stat_do_lmer_reml, stat_do_lmer_ml, stat_do_growth, stat_do_its;
stat_fn stat_do_did, stat_do_did_cov, stat_do_anchor;
stat_fn stat_do_perfit, stat_do_perfit_poly, stat_do_similarity;

/* Scores from 0 of the items that vary (the others have no place in a model), and their names. */
struct scores stat_varying(struct arena *a, const struct stat_job *j, const struct str **ret_item);

/* What a table looks like by its header (and 0/1 columns). */
bool stat_looks_equating(const struct stat_table *t);
bool stat_looks_anchored(const struct stat_table *t);
bool stat_looks_growth(const struct stat_table *t);
bool stat_looks_series(const struct stat_table *t);
bool stat_looks_did(const struct stat_table *t);
bool stat_looks_multilevel(const struct stat_table *t);

typedef bool stat_fits_fn(const struct stat_job *j);
stat_fits_fn stat_is_binary, stat_is_polytomous, stat_is_graded, stat_has_groups;

#endif
