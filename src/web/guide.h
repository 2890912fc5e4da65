/* The user guide: docs/guide/NAME.md, embedded, printed as HTML. */
#ifndef WEB_GUIDE_H
#define WEB_GUIDE_H

#include "web/layout.h"

struct guide_topic {
	struct str name, title;
};

struct guide_page {
	struct head head;
	struct html text;
	const struct guide_topic *topic; /* all, for the list */
	size_t n;
};

/* The little Markdown of our own guides: # headings, paragraphs, - lists, 1. lists, **bold**,
 * `code`, [text](/address). Anything else is text; nothing of it is markup. */
struct html markdown_html(struct arena *a, struct str md);

handler_fn guide_get, guide_list_get;

#endif
