#include "base/cur.h"
#include "base/limits.h"
#include "base/num.h"
#include "cli/cmd.h"
#include "cli/region_files.h"
#include "stat/objectivity/detect.h"

#include <stdio.h>

enum ec cmd_objectivity_score(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *q;
	struct ob_opt opt = {.no_history = opt_flag(args, "--no-history")};
	struct region_files files;
	struct ob_result result;
	TRY(opt_value(args, "--fdr", "0.10", &q, e));
	TRY(opt_end(args, 1, 1, e));
	if (!num_parse(str_c(q), &opt.fdr) || opt.fdr <= 0 || opt.fdr >= 1)
		return err_set(e, EC_INPUT, "--fdr %s: нужна доля от 0 до 1", q);
	TRY(region_files_read(&a, args->v[0], &files, e));
	opt.year = files.last_year;
	ob_detect(&a, &files.region, &opt, &result);
	(void)puts("school\tscore\tflagged\tkind");
	for (size_t k = 0; k < files.region.n_schools; k++) {
		const struct ob_verdict *v = &result.school[k];
		(void)printf(STR_FMT "\t%.4f\t%d\t%c\n", STR_ARG(files.school[k]), v->log_odds,
		        v->flagged, ob_kind_letter(v->kind));
	}
	return EC_OK;
}
