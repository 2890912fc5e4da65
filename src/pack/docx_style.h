/* Styles and list numbering of a DOCX. Used by the docx_ files only. */
#ifndef PACK_DOCX_STYLE_H
#define PACK_DOCX_STYLE_H

#include "base/buf.h"
#include "pack/zipfile.h"

enum { DOCX_LEVELS = 9 };

enum docx_align { DOCX_ALIGN_UNSET, DOCX_ALIGN_START, DOCX_ALIGN_CENTER, DOCX_ALIGN_RIGHT };
enum docx_bold { DOCX_BOLD_UNSET, DOCX_BOLD_NO, DOCX_BOLD_YES };

/* Paragraph properties, of a style or of a paragraph itself. Negative and unset: not said. */
struct docx_props {
	int num_id, num_level; /* list; num_id 0 takes a paragraph out of the list of its style */
	int outline;           /* 0–8 */
	enum docx_align align;
	enum docx_bold bold;
};

#define DOCX_PROPS_UNSET ((struct docx_props){.num_id = -1, .num_level = -1, .outline = -1})

struct docx_style {
	struct str id, name, based_on;
	struct docx_props props;
};

struct docx_list_level {
	int start;
	struct str format, text; /* numFmt, lvlText */
	bool legal;              /* all numbers of it in Arabic */
};

/* An abstractNum with its running counters. */
struct docx_list {
	int id;
	struct docx_list_level level[DOCX_LEVELS];
	int count[DOCX_LEVELS]; /* present number; valid where started */
	bool started[DOCX_LEVELS];
};

struct docx_num {
	int id, list_id;
	int start[DOCX_LEVELS]; /* startOverride, -1: none */
	bool used;
};

struct docx_styles {
	struct arena *a;
	VEC(struct docx_style) style;
	VEC(struct docx_list) list;
	VEC(struct docx_num) num;
	struct str default_id;
};

/* Reads styles.xml and numbering.xml, either may be absent (STR_NONE). */
MUST_USE enum ec docx_styles_read(struct arena *a, struct zipfile *zip, struct str styles_part,
        struct str numbering_part, struct docx_styles *ret, struct err *e);
/* Adds what the style and those it is based on say to what a paragraph leaves unset; *ret_name is
 * the style's name. */
void docx_style_apply(const struct docx_styles *s, struct str style_id, struct docx_props *props,
        struct str *ret_name);
/* Counts one paragraph of a list and writes its number («1.2.», «а)», «–»); nothing when there is
 * no such list. */
void docx_number_next(struct docx_styles *s, int num_id, int level, struct buf *out);

#endif
