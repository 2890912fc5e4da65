/* Styles and lists of an OpenDocument text (ISO/IEC 26300-1, 16 and 19). */
#ifndef PACK_ODT_STYLE_H
#define PACK_ODT_STYLE_H

#include "pack/list_number.h"
#include "pack/xml.h"

enum { ODT_LEVELS = 10 };

enum odt_align { ODT_ALIGN_UNSET, ODT_ALIGN_START, ODT_ALIGN_CENTER, ODT_ALIGN_RIGHT };
enum odt_flag { ODT_UNSET, ODT_NO, ODT_YES };

struct odt_props {
	enum odt_align align;
	enum odt_flag bold, hidden, page_before, page_after;
};

struct odt_style {
	struct str name, shown, parent;
	struct odt_props props;
};

struct odt_list_level {
	bool bullet;
	enum list_number number;
	struct str before, after;
	int start, display; /* how many levels are written («1.2.» is 2) */
};

/* A list style with its running counters. */
struct odt_list {
	struct str name;
	struct odt_list_level level[ODT_LEVELS];
	int count[ODT_LEVELS]; /* present number, valid where started */
	bool started[ODT_LEVELS];
};

struct odt_styles {
	struct arena *a;
	VEC(struct odt_style) style;
	VEC(struct odt_list) list;
};

/* Adds the styles that a part (styles.xml, content.xml) declares. EC_LIMIT past the arena. */
MUST_USE enum ec odt_styles_read(
        struct odt_styles *s, struct str xml, const char *what, struct err *e);
/* What the style and those it is based on say; *ret_shown (may be NULL) is its name for people. */
struct odt_props odt_style_props(
        const struct odt_styles *s, struct str name, struct str *ret_shown);
/* NULL when there is none. */
struct odt_list *odt_list_find(struct odt_styles *s, struct str name);
/* The list begins anew from this level on. */
void odt_list_restart(struct odt_list *list, int level);
/* Counts an item and writes its number; start 0 or more: it says its own number. */
void odt_number_next(struct odt_list *list, int level, int start, struct buf *out);

#endif
