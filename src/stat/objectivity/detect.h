/* The detector: signs → calibrated z over scopes → Bayes factors of kinds → flags at a
 * false-discovery rate. Nothing is learnt from labels inside the program; the null is the region's
 * own. docs/methods/objectivity.md. */
#ifndef STAT_OBJECTIVITY_DETECT_H
#define STAT_OBJECTIVITY_DETECT_H

#include "stat/objectivity/region.h"

/* What may have been done; letters as in the simulator. */
enum ob_kind {
	OB_LIFTED,   /* a: works lifted over the cuts of marks */
	OB_LENIENT,  /* b: leniency in open items */
	OB_DICTATED, /* c: items dictated */
	OB_KEPT,     /* d: weak pupils kept away */
	OB_FLOORED,  /* e: works corrected to the pass mark */
	OB_COPIED,   /* f: works copied */
	OB_FITTED,   /* j: marks fitted to the journal */
	OB_KINDS
};

/* Part of the year a sign speaks of. */
struct ob_scope {
	int grade, grade2; /* 0: all; grade2: a second, neighbouring grade */
	int subject;       /* −1: all */
	double weight;
};

struct ob_verdict {
	double log_odds; /* posterior log odds that something was done */
	double posterior;
	bool flagged; /* within the list at the wanted false-discovery rate */
	enum ob_kind kind;
	double log_bf[OB_KINDS]; /* log Bayes factor, mixed over scopes */
	size_t scope;            /* scope in which the kind speaks loudest */
	size_t scope_of[OB_KINDS];
};

struct ob_result {
	struct ob_verdict *school; /* n_schools of the region */
	struct ob_scope *scope;
	size_t n_scopes;
};

struct ob_opt {
	int year;        /* judged year */
	double fdr;      /* at most this share of flags may be false (0.10) */
	bool no_history; /* do not use the year before */
};

/* Judges every school. Memory of the result in a; needs about 200 bytes a work of scratch. */
void ob_detect(
        struct arena *a, const struct ob_region *r, const struct ob_opt *o, struct ob_result *ret);

/* Letter of the kind. */
char ob_kind_letter(enum ob_kind k);

#endif
