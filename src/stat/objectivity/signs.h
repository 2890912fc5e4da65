/* Sums of the signs of one year: for each protocol, sign and school U = observed − expected and V,
 * its variance. */
#ifndef STAT_OBJECTIVITY_SIGNS_H
#define STAT_OBJECTIVITY_SIGNS_H

#include "stat/objectivity/frame.h"

enum ob_sign {
	OB_BORDER,       /* totals moved over the cuts of marks */
	OB_BOPEN,        /* traces of added points in works at the cuts */
	OB_FLOORB,       /* shape of totals around the pass mark */
	OB_OPEN,         /* open items given the total */
	OB_BLANK,        /* blanks among zeros of open items */
	OB_ITEM,         /* items of a class given the total */
	OB_ITEMV,        /* items of a class and variant given the total */
	OB_MISFIT,       /* unlikely answer patterns given the total */
	OB_GUTTMAN,      /* Guttman errors given the total */
	OB_PAIRS,        /* agreement of pairs in a class and variant */
	OB_SPREAD,       /* too little spread of totals */
	OB_SLOPE,        /* the usually weak write like the usually strong: by other subjects */
	OB_SLOPEJ,       /* the same by journal marks */
	OB_ABSENT,       /* absent pupils are weak by journal */
	OB_ABSENTN,      /* number of absent pupils */
	OB_ABSENTZ,      /* absent pupils are weak in other subjects */
	OB_FLOOR,        /* fewer marks 2 than other subjects and journal predict */
	OB_FLOORJ,       /* the same by journal only */
	OB_JFIT,         /* marks fitted to the journal at the cuts */
	OB_JGAP,         /* mark above the journal mark */
	OB_LEVEL,        /* mean above what all other data predict */
	OB_LEVELABS,     /* mean above what context and journal predict */
	OB_FLOW_LIFT,    /* works lifted over cuts, beyond what honest markers do */
	OB_FLOW_FLOOR,   /* works below the pass mark moved just above it */
	OB_FLOW_JOURNAL, /* works moved to the mark of the journal */
	OB_FOPEN,        /* traces of added points in works just above the pass mark */
	OB_JOPEN,        /* … in works just arrived at the mark of the journal */
	OB_ADDED,        /* traces of added points in all works */
	OB_SIGNS
};

/* Index of (protocol, school) in u[sign] and v[sign]. */
struct ob_sums {
	size_t n_protocols, n_schools;
	double *u[OB_SIGNS], *v[OB_SIGNS];
	double *level; /* shrunk mean of standardised totals */
};

/* Each adds its signs of protocol q of the frame; scratch memory from a. */
void ob_sign_border(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_flow(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_items(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_pairs(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_order(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_absence(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_floor(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);
void ob_sign_level(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s);

/* All signs of the frame's year. *ret in a. */
void ob_signs(struct arena *a, struct ob_crew *c, const struct ob_frame *f, struct ob_sums *ret);

#endif
