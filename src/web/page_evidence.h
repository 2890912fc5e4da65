/* Evidence on the card of an assignment: bringing it, saving a file, taking it away. */
#ifndef WEB_PAGE_EVIDENCE_H
#define WEB_PAGE_EVIDENCE_H

#include "core/control/evidence.h"
#include "web/call.h"

handler_fn evidence_post, evidence_file_get, evidence_remove_post;

/* «97,5» without needless zeros */
struct str num_ru_short(struct arena *a, double v);
/* «1,4 МБ» */
struct str file_size(struct arena *a, int64_t bytes);

#endif
