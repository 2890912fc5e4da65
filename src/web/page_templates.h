/* Library of templates: the list, one template with its form, the text before it becomes a draft.
 */
#ifndef WEB_PAGE_TEMPLATES_H
#define WEB_PAGE_TEMPLATES_H

#include "core/template/template.h"
#include "web/list.h"

struct templates_page {
	struct head head;
	struct template_list m;
	struct options audiences;
};

struct template_page {
	struct head head;
	struct template_doc t;
	struct str value[TEMPLATE_FIELDS];
	struct str text;              /* filled; edited by the person */
	struct docx_doc doc;          /* the same as blocks */
	struct template_reading read; /* what the import would understand */
	struct str *executor;         /* choices of executors */
	size_t n_executors;
};

handler_fn templates_get, template_get_page, template_preview_post, template_draft_post;
handler_fn template_docx_post, template_save_post, template_remove_post;

#endif
