/* soko rebuild: derived tables made anew out of facts. */
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/control/evidence_text.h"
#include "core/order/document_index.h"
#include "core/result/segment.h"

#include <stdio.h>

static enum ec rebuild(const struct ctx *c, void *arg, struct err *e)
{
	size_t n, n_documents, n_evidence;
	(void)arg;
	TRY(segment_rebuild_all(c, &n, e));
	TRY(document_index_rebuild(c, &n_documents, e));
	TRY(evidence_index_rebuild(c, &n_evidence, e));
	(void)printf("построено заново: работ %zu, документов в поиске %zu, подтверждений %zu\n", n,
	        n_documents, n_evidence);
	return EC_OK;
}

static enum ec verify(const struct ctx *c, void *arg, struct err *e)
{
	size_t n;
	(void)arg;
	TRY(segment_verify_all(c, &n, e));
	(void)printf("сверено с протоколами: работ %zu\n", n);
	return EC_OK;
}

enum ec cmd_rebuild(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	bool check = opt_flag(args, "--check");
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a,
	        &(struct store_call){.db = db,
	                .read_only = check,
	                .must_exist = true,
	                .fn = check ? verify : rebuild},
	        e);
}
