/* The JSON API: the models of the pages under /api/v1. The contract is docs/api.yaml. */
#ifndef WEB_API_H
#define WEB_API_H

#include "pack/json.h"
#include "web/call.h"

/* A body begun as {"on": date of the figures, …}; api_end closes it and makes it the answer. */
struct api {
	struct buf b;
	struct json j;
};
void api_begin(struct api *p, const struct call *c, struct date on);
MUST_USE enum ec api_end(struct api *p, struct call *c, struct err *e);
/* "key": {"total", "offset", "rows": [ … opened: close the array, then the object */
void api_rows(struct api *p, int64_t total, int64_t offset);

handler_fn api_documents, api_document, api_assignments, api_assignment, api_results, api_result;

#endif
