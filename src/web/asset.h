/* Files embedded into the binary by tools/embed; the list is assets/embed.txt. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/str.h"

struct asset {
	struct str path;  /* on the site: "/assets/htmx.min.js" */
	struct str type;  /* "text/css; charset=utf-8" */
	struct str etag;  /* with quotes, by the content */
	struct str bytes; /* as in the tree */
	struct str gzip;  /* the same packed, or STR_NONE where packing gains nothing */
};

extern const struct asset asset_table[]; /* generated; sorted by path */
extern const size_t asset_table_n;

/* The file of that path on the site, or NULL. */
const struct asset *asset_find(struct str path);

#endif
