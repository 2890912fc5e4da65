/* Differential item functioning of 0/1 items between a reference and a focal group, matched on the
 * total score with the item. docs/methods/psychometrics.md, "Differential item functioning". */
#ifndef STAT_DIF_H
#define STAT_DIF_H

#include "stat/scores.h"

struct dif {
	/* Mantel and Haenszel (JNCI 22 (1959) 719), Holland and Thayer 1988 */
	double alpha; /* common odds ratio, above 1: the reference group does better */
	double chi2, chi2_corrected;
	double delta;         /* −2.35 ln alpha, the ETS scale */
	double var_log_alpha; /* Phillips and Holland, Biometrics 43 (1987) 425 */
	double breslow_day;   /* equal odds ratios: Breslow and Day 1980, 4.4 */
	size_t breslow_day_strata;
	double p_difference; /* Dorans and Kulick, JEM 23 (1986) 355; weights: focal group */
	/* logistic regression on total, group and both: Swaminathan and Rogers, JEM 27 (1990) 361
	 */
	double lr_both, lr_uniform, lr_nonuniform;
	double delta_r2; /* of Nagelkerke, Biometrika 78 (1991) 691: both against none */
};

/* group[p]: 0 reference, 1 focal, other: left out. ret has k places; NaN where a figure has no
 * meaning. Missing answers to the item leave the person out for that item. */
void dif_fit(struct arena *scratch, const struct scores *s, const uint8_t *group, struct dif *ret);

#endif
