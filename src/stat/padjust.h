/* p-values corrected for many tests. Missing (NaN) p-values stay NaN and are not counted. */
#ifndef STAT_PADJUST_H
#define STAT_PADJUST_H

#include "base/arena.h"

enum padjust_method {
	PADJUST_BONFERRONI, /* n p */
	PADJUST_HOLM,       /* Holm, Scandinavian Journal of Statistics 6 (1979) 65 */
	PADJUST_BH,         /* false-discovery rate: Benjamini and Hochberg, JRSS B 57 (1995) 289 */
	PADJUST_BY, /* under any dependence: Benjamini and Yekutieli, Annals of Statistics 29
	               (2001) 1165 */
};

/* ret has n places. */
void padjust(
        struct arena *scratch, enum padjust_method method, const double *p, size_t n, double *ret);

#endif
